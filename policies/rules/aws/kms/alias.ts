import { companionFindings } from "../../../kit/companions";
import { keyExample } from "../../../kit/key-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const alias = (targetKeyId: Plain, more: Partial<ExampleResource> = {}): ExampleResource => ({
  type: "aws:kms/alias:Alias",
  name: "data",
  properties: { name: "alias/data", targetKeyId },
  ...more,
});

export const keyAlias = rule({
  id: "aws-kms-alias",
  title: "Every key has an alias that names it",
  severity: "low",
  rationale:
    "Among keys that have ids alone the wrong one is used, disabled or deleted; and policies cannot hold use to an alias that is not there.",
  remediation: "Add an Alias whose targetKeyId is the key's keyId.",
  mappings: [],
  unmapped: "No catalogue asks for aliases; they are what keeps people from mistaking one key for another.",
  levels: { baseline: "advisory", regulated: "advisory" },
  deviation: "kms-alias",
  checks: {},
  observes: ["aws:kms/alias:Alias", "aws:kms/externalKey:ExternalKey", "aws:kms/key:Key"],
  stack: (index) =>
    index.ofType("aws:kms/externalKey:ExternalKey", "aws:kms/key:Key").flatMap((owner) =>
      companionFindings(index, owner, {
        types: ["aws:kms/alias:Alias"],
        property: "targetKeyId",
        identifiers: ["arn", "id", "keyId"],
        missing: "the key has no Alias",
      }),
    ),
  examples: [
    {
      title: "a key and its name",
      verdict: "pass",
      resources: [...keyExample({}), alias(UNKNOWN, { dependencies: { targetKeyId: ["data"] } })],
    },
    { title: "no name", verdict: "fail", absent: true, resources: keyExample({}) },
    { title: "the name of another key", verdict: "fail", resources: [...keyExample({}), alias("1234")] },
    { title: "a name of nobody knows which key", verdict: "undecided", resources: [...keyExample({}), alias(UNKNOWN)] },
  ],
});
