import { publicAccessFindings } from "../../../kit/public-access";
import { publicPolicyExamples } from "../../../kit/resource-policy-examples";
import { rule } from "../../../kit/rule";

const secretType = "aws:secretsmanager/secret:Secret";
const policyType = "aws:secretsmanager/secretPolicy:SecretPolicy";

export const secretNoPublicPolicy = rule({
  id: "aws-secretsmanager-no-public-policy",
  title: "No secret's policy lets everyone in",
  severity: "critical",
  rationale: "A policy for everyone hands the secret to any account of AWS that knows its name.",
  remediation: "Name the roles in Principal, or hold the statement by aws:PrincipalOrgID with StringEquals.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  checks: {
    [secretType]: ({ properties }) => publicAccessFindings(properties.get("policy")),
    [policyType]: ({ properties }) => publicAccessFindings(properties.get("policy")),
  },
  examples: publicPolicyExamples(
    "secretsmanager:GetSecretValue",
    (policy) => ({ type: secretType, name: "registry", properties: { policy } }),
    { type: secretType, name: "registry", properties: {} },
    (policy) => ({ type: policyType, name: "registry", properties: { secretArn: "registry", policy } }),
  ),
});
