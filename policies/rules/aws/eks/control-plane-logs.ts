import { texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const needed = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const cluster = (enabledClusterLogTypes?: Plain): ExampleResource[] => [
  {
    type: "aws:eks/cluster:Cluster",
    name: "training",
    properties: enabledClusterLogTypes === undefined ? {} : { enabledClusterLogTypes },
  },
];

export const controlPlaneLogs = rule({
  id: "aws-eks-control-plane-logs",
  title: "EKS writes all logs of its control plane",
  severity: "medium",
  rationale: "Without audit and authenticator logs nobody can tell afterwards who did what with the cluster.",
  remediation: `Set enabledClusterLogTypes to ${needed.map((name) => `"${name}"`).join(", ")}.`,
  mappings: [
    { framework: "AWS FSBP", control: "EKS.8" },
    { framework: "CIS EKS 1.8.0", control: "2.1.1" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
  ],
  deviation: "eks-control-plane-logs",
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => {
      const types = properties.get("enabledClusterLogTypes");
      const { values, open } = texts(types);
      const missing = needed.filter((name) => !values.includes(name));
      if (missing.length === 0) return [];
      return [open ? undecided(types) : fail(types, `lacks ${missing.join(", ")}`)];
    },
  },
  examples: [
    { title: "all five", verdict: "pass", resources: cluster(needed) },
    { title: "nothing said", verdict: "fail", absent: true, resources: cluster() },
    { title: "audit alone", verdict: "fail", resources: cluster(["audit"]) },
    { title: "list known only later", verdict: "undecided", resources: cluster(UNKNOWN) },
  ],
});
