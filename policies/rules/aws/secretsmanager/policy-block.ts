import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:secretsmanager/secretPolicy:SecretPolicy";
const policy = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "registry",
  properties: { secretArn: "registry", policy: UNKNOWN, ...properties },
});

export const secretPolicyBlock = rule({
  id: "aws-secretsmanager-policy-block",
  title: "Policies of secrets are refused by AWS where they would let everyone in",
  severity: "low",
  rationale:
    "AWS analyses a policy for wide access only where it is asked to; without that a slip takes effect at once.",
  remediation: "Set blockPublicPolicy true on the SecretPolicy.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  levels: { baseline: "advisory" },
  checks: { [type]: ({ properties }) => requireTrue(properties.get("blockPublicPolicy")) },
  remedies: { [type]: () => ({ blockPublicPolicy: true }) },
  examples: [
    { title: "asked for", verdict: "pass", resources: [policy({ blockPublicPolicy: true })] },
    { title: "not asked for", verdict: "fail", absent: true, resources: [policy({})] },
    { title: "switched off", verdict: "fail", resources: [policy({ blockPublicPolicy: false })] },
    { title: "known only later", verdict: "undecided", resources: [policy({ blockPublicPolicy: UNKNOWN })] },
  ],
});
