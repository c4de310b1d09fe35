import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { ServiceAccountArgs } from "../../../kit/types/kubernetes-cluster";

const types = ["kubernetes:core/v1:ServiceAccount", "kubernetes:core/v1:ServiceAccountPatch"] as const;
const annotation = "eks.amazonaws.com/role-arn";
const role = { [annotation]: "arn:aws:iam::111122223333:role/reader" };
const account = (name: Plain, annotations?: Plain, type: string = types[0]): ExampleResource[] => [
  {
    type,
    name: "account",
    properties: { metadata: { name, namespace: "serving", ...(annotations === undefined ? {} : { annotations }) } },
  },
];

export const noRoleOnDefaultAccount = rule({
  id: "k8s-access-no-role-on-default-account",
  title: "No default service account has an AWS role",
  severity: "high",
  rationale: "Every pod of the namespace that names no service account then has the AWS role, whoever made the pod.",
  remediation: `Make a ServiceAccount for the workload that needs AWS, and put ${annotation} on that one.`,
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.5" },
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: sharedChecks<(typeof types)[number], ServiceAccountArgs>(types, (properties): Finding[] => {
    const metadata = properties.get("metadata");
    const name = metadata.get("name").text();
    const given = metadata.get("annotations").entry(annotation);
    if ((name !== "default" && name !== UNKNOWN) || given.isAbsent) return [];
    // The role's ARN is known only later as a rule; that there is one is enough.
    return [name === UNKNOWN || given.isBelowUnknown ? undecided(given) : fail(given, "gives a role to every pod")];
  }),
  examples: [
    { title: "an account of its own with a role", verdict: "pass", resources: account("server", role) },
    { title: "the default account without a role", verdict: "pass", absent: true, resources: account("default") },
    { title: "the default account with a role", verdict: "fail", resources: account("default", role) },
    {
      title: "a role known only later, added to the default account",
      verdict: "fail",
      resources: account("default", { [annotation]: UNKNOWN }, types[1]),
    },
    { title: "annotations known only later", verdict: "undecided", resources: account("default", UNKNOWN) },
  ],
});
