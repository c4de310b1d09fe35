import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { allows, every, findingOf, mentions, reaches } from "../../../kit/statements";

/** `s3:*`, `kms:**`; bare stars are what the rule against administrators finds. */
const wholeService = /^([a-z0-9-]+):\*+$/i;
const anything = { Effect: "Allow", Resource: "*" };

export const noServiceWildcards = rule({
  id: "aws-iam-no-service-wildcards",
  title: "No policy of yours allows all actions of a service",
  severity: "medium",
  rationale:
    "All actions include those that delete, that share with other accounts, and those that the service gets next year.",
  remediation: "Name the actions, or a pattern of their beginning such as s3:Get*; list a service in allowedServices.",
  mappings: [
    { framework: "AWS FSBP", control: "IAM.21" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-02" },
  ],
  levels: { baseline: "advisory" },
  config: {
    allowedServices: {
      type: "array",
      description: "Services of which all actions may be allowed, by their prefix in actions",
      items: { type: "string" },
      default: [],
    },
  },
  checks: identityPolicyChecks((statement, property, { allowedServices }) => {
    const isWhole = (action: string): boolean => {
      const service = wholeService.exec(action)?.[1]?.toLowerCase();
      return service !== undefined && !(allowedServices as string[]).includes(service);
    };
    const violated = every(
      allows(statement),
      mentions(statement, "actions", isWhole),
      reaches(statement, isNoSingleResource),
    );
    return findingOf(statementPath(property, statement), violated, "allows every action of a service");
  }),
  examples: [
    {
      title: "actions by name and by their beginning",
      verdict: "pass",
      resources: policyExample({ ...anything, Action: ["s3:GetObject", "ec2:Describe*"] }),
    },
    {
      title: "all actions on one named resource",
      verdict: "pass",
      resources: policyExample({
        Effect: "Allow",
        Action: "sqs:*",
        Resource: "arn:aws:sqs:eu-central-1:111122223333:jobs",
      }),
    },
    {
      title: "a service that the configuration allows",
      verdict: "pass",
      config: { allowedServices: ["logs"] },
      resources: policyExample({ ...anything, Action: "logs:*" }),
    },
    {
      title: "no action of its own, so nothing is allowed",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Resource: "*" }),
    },
    { title: "a whole service", verdict: "fail", resources: policyExample({ ...anything, Action: "s3:*" }) },
    {
      title: "a whole service among named actions, in another case",
      verdict: "fail",
      resources: policyExample({ ...anything, Action: ["s3:GetObject", "KMS:*"] }),
    },
    {
      title: "actions known only later",
      verdict: "undecided",
      resources: policyExample({ ...anything, Action: UNKNOWN }),
    },
  ],
});

/** A resource that is named by no text at all, or by the beginning of its ARN alone. */
function isNoSingleResource(resource: string): boolean {
  return /^[*?]+$/.test(resource) || /^arn:([^:]*:){0,4}[*?]+$/.test(resource);
}
