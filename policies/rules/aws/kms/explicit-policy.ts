import { companionFindings } from "../../../kit/companions";
import { ACCOUNT_STATEMENT, keyExample, keyPolicyExample } from "../../../kit/key-examples";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const own: ExampleResource = {
  type: "aws:kms/keyPolicy:KeyPolicy",
  name: "policy",
  properties: { keyId: UNKNOWN, policy: { Statement: [ACCOUNT_STATEMENT] } },
  dependencies: { keyId: ["data"] },
};

export const explicitPolicy = rule({
  id: "aws-kms-explicit-policy",
  title: "Every key has a policy that says who administers and who uses it",
  severity: "medium",
  rationale:
    "Without one KMS hands the key to the account: whoever has kms:Decrypt on every key in a policy of theirs can use it.",
  remediation: "Set policy on the key, or add a KeyPolicy for it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  deviation: "kms-default-policy",
  checks: {},
  observes: [
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/key:Key",
    "aws:kms/keyPolicy:KeyPolicy",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
    "aws:kms/replicaKey:ReplicaKey",
  ],
  stack: (index) =>
    index
      .ofType(
        "aws:kms/externalKey:ExternalKey",
        "aws:kms/key:Key",
        "aws:kms/replicaExternalKey:ReplicaExternalKey",
        "aws:kms/replicaKey:ReplicaKey",
      )
      // Given, even if known only later: what it says is for other rules. Outputs always have a policy, so inputs decide.
      .filter(({ inputs }) => (inputs?.entry("policy").isAbsent ?? false) || inputs?.entry("policy").raw() === "")
      .flatMap((owner) =>
        companionFindings(index, owner, {
          types: ["aws:kms/keyPolicy:KeyPolicy"],
          property: "keyId",
          identifiers: ["arn", "id", "keyId"],
          missing: "the key has no policy of its own",
        }),
      ),
  examples: [
    { title: "a policy on the key", verdict: "pass", resources: keyPolicyExample(ACCOUNT_STATEMENT) },
    { title: "a policy that is known only later", verdict: "pass", resources: keyExample({ policy: UNKNOWN }) },
    { title: "a policy as its own resource", verdict: "pass", resources: [...keyExample({}), own] },
    { title: "no policy", verdict: "fail", absent: true, resources: keyExample({ enableKeyRotation: true }) },
    {
      title: "a copy in another Region without a policy",
      verdict: "fail",
      resources: [{ type: "aws:kms/replicaKey:ReplicaKey", name: "copy", properties: { description: "copy" } }],
    },
    {
      title: "a policy of nobody knows which key",
      verdict: "undecided",
      resources: [...keyExample({}), { ...own, dependencies: {} }],
    },
  ],
});
