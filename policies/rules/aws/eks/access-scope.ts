import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const association = (accessScope: Plain): ExampleResource[] => [
  {
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    name: "vision",
    properties: {
      clusterName: "training",
      principalArn: "arn:aws:iam::111122223333:role/vision",
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      accessScope,
    },
  },
];

export const accessScope = rule({
  id: "aws-eks-access-scope",
  title: "The scope of an access policy is either the cluster or the namespaces that it names",
  severity: "medium",
  rationale:
    "Namespaces beside a scope of the whole cluster bound nothing, and a wildcard alone is the whole cluster under another name.",
  remediation:
    'Set accessScope.type to "namespace" and name the namespaces, or say "cluster" and leave namespaces out.',
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.1.7" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: {
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ({ properties }) => {
      const scope = properties.get("accessScope");
      const type = scope.get("type");
      const kind = type.text();
      const list = scope.get("namespaces");
      const { items, complete } = list.items();
      if (kind === UNKNOWN) return [undecided(type)];
      if (kind !== "namespace") {
        if (!complete) return [undecided(list)];
        return items.length > 0 ? [fail(list, "bounds nothing where the scope is the cluster")] : [];
      }
      if (!complete) return [undecided(list)];
      if (items.length === 0) return [fail(list, "names no namespace")];
      return items.flatMap((item) => {
        const name = item.text();
        if (name === UNKNOWN) return [undecided(item)];
        return name !== undefined && /^\*+$/.test(name) ? [fail(item, "is all namespaces")] : [];
      });
    },
  },
  examples: [
    {
      title: "namespaces of a tenant",
      verdict: "pass",
      resources: association({ type: "namespace", namespaces: ["vision", "vision-*"] }),
    },
    { title: "the cluster", verdict: "pass", resources: association({ type: "cluster" }) },
    {
      title: "namespaces beside the whole cluster",
      verdict: "fail",
      resources: association({ type: "cluster", namespaces: ["vision"] }),
    },
    { title: "no namespaces", verdict: "fail", absent: true, resources: association({ type: "namespace" }) },
    {
      title: "all namespaces",
      verdict: "fail",
      resources: association({ type: "namespace", namespaces: ["*"] }),
    },
    { title: "type known only later", verdict: "undecided", resources: association({ type: UNKNOWN }) },
  ],
});
