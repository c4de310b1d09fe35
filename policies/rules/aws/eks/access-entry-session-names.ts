import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const role = "arn:aws:iam::111122223333:role/research";
const entry = (userName?: Plain, principalArn: Plain = role): ExampleResource[] => [
  {
    type: "aws:eks/accessEntry:AccessEntry",
    name: "research",
    properties: { clusterName: "training", principalArn, ...(userName === undefined ? {} : { userName }) },
  },
];

export const accessEntrySessionNames = rule({
  id: "aws-eks-access-entry-session-names",
  title: "The audit log of a cluster tells the people apart who share a role",
  severity: "medium",
  rationale: "With one fixed user name for a role nobody can tell afterwards which of its people read a secret.",
  remediation: "Leave userName out, or let it hold {{SessionName}} for access entries of roles.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-3" },
    { framework: "NIST 800-53r5", control: "AU-10" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/accessEntry:AccessEntry": ({ properties }) => {
      const name = properties.get("userName");
      const text = name.text();
      if (text === undefined) return [];
      if (text === UNKNOWN) return [undecided(name)];
      if (/\{\{SessionName(Raw)?\}\}/.test(text)) return [];
      const principal = properties.get("principalArn");
      const arn = principal.text();
      if (arn === UNKNOWN) return [undecided(principal)];
      return arn !== undefined && /:role\//.test(arn) ? [fail(name, "is the same for all sessions of the role")] : [];
    },
  },
  examples: [
    { title: "role and session", verdict: "pass", resources: entry("research:{{SessionName}}") },
    { title: "nothing said, so that EKS names the session", verdict: "pass", absent: true, resources: entry() },
    {
      title: "a user, who is one person",
      verdict: "pass",
      resources: entry("ada", "arn:aws:iam::111122223333:user/ada"),
    },
    { title: "one name for all", verdict: "fail", resources: entry("research") },
    { title: "name known only later", verdict: "undecided", resources: entry(UNKNOWN) },
    { title: "principal known only later", verdict: "undecided", resources: entry("research", UNKNOWN) },
  ],
});
