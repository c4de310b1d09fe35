import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { askedOf } from "../../../kit/training-network";

const entryType = "aws:eks/accessEntry:AccessEntry";
const entry = (principalArn: Plain, from: string[] = []): ExampleResource => ({
  type: entryType,
  name: "research",
  properties: { clusterName: "training", principalArn },
  dependencies: { principalArn: from },
});
const isUser = "is a user of IAM";

export const accessByRoles = rule({
  id: "aws-eks-access-by-roles",
  title: "Access to a cluster is given to roles, not to users of IAM",
  severity: "medium",
  rationale:
    "A user's keys do not expire; found in a notebook or a repository, they open the cluster until somebody notices.",
  remediation: "Give the AccessEntry the ARN of a role that people and pipelines assume for a time.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-2" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  checks: {
    "aws:eks/accessEntry:AccessEntry": ({ properties }) => {
      const principal = properties.get("principalArn");
      const arn = principal.text();
      return typeof arn === "string" && /^arn:[^:]*:iam::[^:]*:user\//.test(arn) ? [fail(principal, isUser)] : [];
    },
  },
  observes: ["aws:iam/role:Role", "aws:iam/user:User"],
  stack: (index) =>
    index.ofType(entryType).flatMap((resource) => {
      const principal = askedOf(resource).get("principalArn");
      if (principal.text() !== UNKNOWN) return [];
      const types = (resource.sources.principalArn ?? []).map((urn) => index.find(urn)?.type);
      if (types.includes("aws:iam/user:User")) return [{ ...fail(principal, isUser), resource }];
      return types.includes("aws:iam/role:Role") ? [] : [{ ...undecided(principal), resource }];
    }),
  examples: [
    { title: "a role", verdict: "pass", resources: [entry("arn:aws:iam::111122223333:role/research")] },
    {
      title: "a role of the same program",
      verdict: "pass",
      resources: [{ type: "aws:iam/role:Role", name: "pipeline", properties: {} }, entry(UNKNOWN, ["pipeline"])],
    },
    {
      title: "no principal, which EKS refuses",
      verdict: "pass",
      absent: true,
      resources: [{ type: entryType, name: "research", properties: { clusterName: "training" } }],
    },
    { title: "a user", verdict: "fail", resources: [entry("arn:aws-cn:iam::111122223333:user/people/ada")] },
    {
      title: "a user of the same program",
      verdict: "fail",
      resources: [{ type: "aws:iam/user:User", name: "ada", properties: {} }, entry(UNKNOWN, ["ada"])],
    },
    { title: "principal known only later", verdict: "undecided", resources: [entry(UNKNOWN)] },
  ],
});
