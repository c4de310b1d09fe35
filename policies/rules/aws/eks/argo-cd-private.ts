import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const capability = (argoCd: Plain, type: Plain = "ARGOCD"): ExampleResource[] => [
  {
    type: "aws:eks/capability:Capability",
    name: "delivery",
    properties: { clusterName: "training", capabilityName: "delivery", type, configuration: { argoCd } },
  },
];

export const argoCdPrivate = rule({
  id: "aws-eks-argo-cd-private",
  title: "The Argo CD of EKS is reached through VPC endpoints alone",
  severity: "high",
  rationale: "Its server deploys to the cluster, and without endpoints AWS puts it on the internet.",
  remediation: "Set configuration.argoCd.networkAccess.vpceIds to endpoints of the service eks-capabilities.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "SC-7(3)" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/capability:Capability": ({ properties }) => {
      const kind = properties.get("type");
      const name = kind.text();
      if (name !== "ARGOCD" && name !== UNKNOWN) return [];
      const endpoints = properties.get("configuration").get("argoCd").get("networkAccess").get("vpceIds");
      const { items, complete } = endpoints.items();
      if (!complete) return [undecided(endpoints)];
      // An endpoint of the same program has no id yet.
      if (items.some((item) => item.text() !== undefined)) return [];
      return [name === UNKNOWN ? undecided(kind) : fail(endpoints, "names no endpoint, so the server is public")];
    },
  },
  examples: [
    {
      title: "through an endpoint, made in the same program",
      verdict: "pass",
      resources: capability({ networkAccess: { vpceIds: [UNKNOWN] } }),
    },
    { title: "another capability", verdict: "pass", resources: capability({}, "KRO") },
    { title: "nothing said", verdict: "fail", absent: true, resources: capability({ namespace: "argocd" }) },
    { title: "no endpoints", verdict: "fail", resources: capability({ networkAccess: { vpceIds: [] } }) },
    { title: "access known only later", verdict: "undecided", resources: capability({ networkAccess: UNKNOWN }) },
  ],
});
