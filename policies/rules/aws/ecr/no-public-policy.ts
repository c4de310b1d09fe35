import type { Property } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { templateExample } from "../../../kit/repository-examples";
import { publicPolicyExamples } from "../../../kit/resource-policy-examples";
import { type Finding, rule } from "../../../kit/rule";

const check = ({ properties }: { properties: Property<{ policy?: unknown }> }): Finding[] =>
  publicAccessFindings(properties.get("policy"));

export const noPublicPolicy = rule({
  id: "aws-ecr-no-public-policy",
  title: "No policy of images lets everyone in",
  severity: "critical",
  rationale: "Strangers could take images with the code and models in them, or push some that the platform then runs.",
  remediation: "Name principals in the policy, or hold the statement by aws:PrincipalOrgID with StringEquals.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.1.2" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    "aws:ecr/registryPolicy:RegistryPolicy": check,
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate": ({ properties }) =>
      publicAccessFindings(properties.get("repositoryPolicy")),
    "aws:ecr/repositoryPolicy:RepositoryPolicy": check,
  },
  examples: publicPolicyExamples(
    "ecr:BatchGetImage",
    (repositoryPolicy) => templateExample({ repositoryPolicy }),
    templateExample(),
    (policy) => ({
      type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
      name: "serving",
      properties: { repository: "serving", policy },
    }),
  ),
});
