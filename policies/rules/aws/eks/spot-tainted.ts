import { nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const pool = (capacityType: Plain, more: Record<string, Plain> = {}) => [nodeGroupExample({ capacityType, ...more })];
const taint = (effect: string) => ({ taints: [{ key: "capacity", value: "spot", effect }] });

export const spotTainted = rule({
  id: "aws-eks-spot-tainted",
  title: "Only workloads that stand interruption land on Spot nodes",
  severity: "low",
  rationale:
    "EC2 takes Spot nodes back with two minutes' notice; what lands there unasked loses its work, or the cluster its admission webhooks.",
  remediation:
    'Give the NodeGroup a taint with effect "NO_SCHEDULE" or "NO_EXECUTE", or take capacityType "ON_DEMAND".',
  mappings: [],
  unmapped: "no catalogue speaks of capacity that its owner may take back",
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) => {
      const capacity = properties.get("capacityType");
      const kind = capacity.text();
      if (kind !== "SPOT" && kind !== UNKNOWN) return [];
      const taints = properties.get("taints") as Property<{ effect?: string }[]>;
      const { items, complete } = taints.items();
      const effects = items.map((item) => item.get("effect").text());
      if (effects.includes("NO_SCHEDULE") || effects.includes("NO_EXECUTE")) return [];
      if (!complete || effects.includes(UNKNOWN)) return [undecided(taints)];
      return [kind === UNKNOWN ? undecided(capacity) : fail(taints, "no taint keeps other pods off")];
    },
  },
  examples: [
    { title: "on demand", verdict: "pass", resources: pool("ON_DEMAND") },
    {
      title: "no kind of capacity, which is on demand",
      verdict: "pass",
      absent: true,
      resources: [nodeGroupExample()],
    },
    { title: "Spot with a taint", verdict: "pass", resources: pool("SPOT", taint("NO_SCHEDULE")) },
    { title: "Spot for all pods", verdict: "fail", resources: pool("SPOT") },
    { title: "a taint that only advises", verdict: "fail", resources: pool("SPOT", taint("PREFER_NO_SCHEDULE")) },
    { title: "kind of capacity known only later", verdict: "undecided", resources: pool(UNKNOWN) },
  ],
});
