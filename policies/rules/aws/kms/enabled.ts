import { keyExample } from "../../../kit/key-examples";
import { keyChecks } from "../../../kit/key-policies";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const enabled = rule({
  id: "aws-kms-enabled",
  title: "Keys that a program manages are enabled",
  severity: "medium",
  rationale:
    "Whatever a disabled key encrypted cannot be read: nodes do not start, secrets do not open, backups do not restore.",
  remediation:
    "Leave isEnabled (enabled, for other types of keys) out; take a key that is not needed out of the program.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  deviation: "kms-disabled",
  checks: keyChecks((properties) =>
    [properties.get("isEnabled"), properties.get("enabled")].flatMap((property) => {
      const value = property.flag();
      if (value === UNKNOWN) return [undecided(property)];
      return value === false ? [fail(property, "disables the key")] : [];
    }),
  ),
  examples: [
    { title: "nothing said, so enabled", verdict: "pass", absent: true, resources: keyExample({}) },
    { title: "enabled", verdict: "pass", resources: keyExample({ isEnabled: true }) },
    { title: "disabled", verdict: "fail", resources: keyExample({ isEnabled: false }) },
    {
      title: "a disabled key of imported material",
      verdict: "fail",
      resources: [{ type: "aws:kms/externalKey:ExternalKey", name: "own", properties: { enabled: false } }],
    },
    { title: "known only later", verdict: "undecided", resources: keyExample({ isEnabled: UNKNOWN }) },
  ],
});
