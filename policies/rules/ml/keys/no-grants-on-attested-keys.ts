import { aliasExample, allow, attestedKeyExample, measurement, tpm } from "../../../kit/attested-key-examples";
import { isAttestedInStack, KEY_TYPES, SCOPE_CONFIG } from "../../../kit/attested-key-scope";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackResource } from "../../../kit/stack-index";

const attested = attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: measurement } })]);
const plain = attestedKeyExample([allow("kms:Decrypt")], { purpose: "logs" });
const unlinked: ExampleResource = {
  type: "aws:kms/grant:Grant",
  name: "training",
  properties: {
    keyId: UNKNOWN,
    granteePrincipal: "arn:aws:iam::111122223333:role/training",
    operations: ["Decrypt"],
  },
};
const grant: ExampleResource = { ...unlinked, dependencies: { keyId: ["weights"] } };

export const noGrantsOnAttestedKeys = rule({
  id: "ml-13-no-grants-on-attested-keys",
  title: "Nobody is given a grant on an attested key",
  severity: "critical",
  rationale:
    "A grant allows by itself, whatever the key's policy asks of its callers, and knows no condition on an attestation document.",
  remediation: "Remove the Grant, and name the grantee in a statement of the key's policy that asks for measurements.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  config: SCOPE_CONFIG,
  checks: {},
  observes: ["aws:kms/alias:Alias", "aws:kms/grant:Grant", "aws:kms/keyPolicy:KeyPolicy", ...KEY_TYPES],
  stack: (index, { config }) =>
    index.ofType(...KEY_TYPES).flatMap((key): StackFinding[] => {
      const scope = isAttestedInStack(index, key as unknown as StackResource, config);
      if (scope === false) return [];
      const links = index.linksTo(key as unknown as StackResource, ["aws:kms/grant:Grant"], "keyId", [
        "keyId",
        "id",
        "arn",
      ]);
      return links.map(({ resource, certainty }) => ({
        ...(scope === true && certainty === "sure"
          ? fail("keyId", "is a key that only attested code is to open")
          : undecided("keyId", "whether that is a key for attested code is known only after deployment")),
        resource: resource as unknown as StackResource,
      }));
    }),
  examples: [
    { title: "a grant on another key", verdict: "pass", resources: [...plain, grant] },
    { title: "no grant", verdict: "pass", absent: true, resources: attested },
    { title: "a grant on an attested key", verdict: "fail", resources: [...attested, grant] },
    {
      title: "only the key's alias tells",
      verdict: "fail",
      resources: [...attestedKeyExample([allow("kms:Decrypt")], {}), aliasExample("alias/attested/weights"), grant],
    },
    {
      title: "a grant on a key that is known only later",
      verdict: "undecided",
      resources: [...attested, unlinked],
    },
  ],
});
