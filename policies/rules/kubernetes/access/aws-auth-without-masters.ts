import { entriesOf } from "../../../kit/kubernetes/pod";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { ConfigMapArgs } from "../../../kit/types/kubernetes-cluster";

const types = ["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"] as const;
const map = (data: Plain, name: Plain = "aws-auth"): ExampleResource[] => [
  { type: types[0], name: "access", properties: { metadata: { name, namespace: "kube-system" }, data } },
];
const mapRoles = (group: string) => `- rolearn: arn:aws:iam::111122223333:role/team\n  groups: [${group}]\n`;

export const awsAuthWithoutMasters = rule({
  id: "k8s-access-aws-auth-without-masters",
  title: "The ConfigMap aws-auth makes nobody a member of system:masters",
  severity: "critical",
  rationale:
    "Such an AWS role is administrator before any role of the cluster is asked, and no access entry shows that it is.",
  remediation: "Give the AWS role an access entry with a group or an access policy of the rights that it needs.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.1" },
    { framework: "CIS EKS 1.8.0", control: "4.1.7" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: sharedChecks<(typeof types)[number], ConfigMapArgs>(types, (config): Finding[] => {
    const name = config.get("metadata").get("name").text();
    if (name !== "aws-auth" && name !== UNKNOWN) return [];
    const data = config.get("data");
    const { entries, complete } = entriesOf(data);
    const parts = entries.map(([, value]) => namesMasters(value));
    if (parts.includes(true)) return [name === UNKNOWN ? undecided(data) : fail(data, "names system:masters")];
    return !complete || parts.includes(UNKNOWN) ? [undecided(data)] : [];
  }),
  examples: [
    { title: "a group of one's own", verdict: "pass", resources: map({ mapRoles: mapRoles("trainers") }) },
    { title: "another map", verdict: "pass", resources: map({ note: mapRoles("system:masters") }, "notes") },
    {
      title: "a map without data",
      verdict: "pass",
      absent: true,
      resources: [{ type: types[0], name: "access", properties: { metadata: { name: "aws-auth" } } }],
    },
    { title: "administrators by role", verdict: "fail", resources: map({ mapRoles: mapRoles("system:masters") }) },
    { title: "data known only later", verdict: "undecided", resources: map(UNKNOWN) },
  ],
});

function namesMasters(value: Property<string>): boolean | typeof UNKNOWN {
  const text = value.text();
  return text === UNKNOWN ? UNKNOWN : text?.includes("system:masters") === true;
}
