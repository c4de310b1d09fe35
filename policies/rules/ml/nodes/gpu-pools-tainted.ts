import { texts } from "../../../kit/checks";
import { hasAccelerator, isAcceleratedType, MACHINE_TYPES, machinesOf } from "../../../kit/node-machines";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

type NodeGroup = Property<PropertiesOf<"aws:eks/nodeGroup:NodeGroup">>;

const pool = (more: Record<string, Plain>): ExampleResource => ({
  type: "aws:eks/nodeGroup:NodeGroup",
  name: "pool",
  properties: { clusterName: "training", ...more },
});
const taints = [{ key: "nvidia.com/gpu", value: "true", effect: "NO_SCHEDULE" }];
const labels = { "gabion.dev/tier": "training" };
const template: ExampleResource = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "gpu",
  properties: { instanceType: "p5.48xlarge" },
};
const templated = (more: Record<string, Plain>): ExampleResource => ({
  ...pool({ launchTemplate: { id: UNKNOWN, version: "1" }, ...more }),
  dependencies: { launchTemplate: ["gpu"] },
});

export const gpuPoolsTainted = rule({
  id: "ml-01-gpu-pools-tainted",
  title: "Pools of accelerated nodes keep other pods off and carry a label",
  severity: "medium",
  rationale:
    "A pod that lands on a GPU node without asking for a GPU still sees its devices, and blocks hardware that is paid by the second.",
  remediation:
    'Give the NodeGroup a taint with effect "NO_SCHEDULE" (or "NO_EXECUTE") and a label that names the pool\'s tier.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0034" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0105" },
    { framework: "OWASP AISVS 1.0", control: "C5.3.2" },
  ],
  deviation: "ml-gpu-taint",
  config: {
    labelKeys: {
      type: "array",
      description: "Keys of labels that name the tier of a pool, of which it has one. Empty: any label will do.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }, { config }) => {
      const types = properties.get("instanceTypes");
      const { values, open } = texts(types);
      // Without types of its own the pool takes those of its launch template: decided where the stack is seen.
      if (values.length === 0 && !open) return [];
      const accelerated = values.some(isAcceleratedType) || (open ? "unknown" : false);
      return poolFindings(properties, accelerated, config.labelKeys as string[]);
    },
  },
  observes: MACHINE_TYPES,
  stack: (index, { config }) =>
    machinesOf(index).flatMap((machine) => {
      const properties = machine.properties as NodeGroup;
      if (machine.resource.type !== "aws:eks/nodeGroup:NodeGroup") return [];
      const own = texts(properties.get("instanceTypes"));
      if (own.values.length > 0 || own.open) return [];
      return poolFindings(properties, hasAccelerator(machine), config.labelKeys as string[]).map((finding) => ({
        ...finding,
        resource: machine.resource,
      }));
    }),
  examples: [
    {
      title: "GPU pool with taint and label",
      verdict: "pass",
      resources: [pool({ instanceTypes: ["p5.48xlarge"], taints, labels })],
    },
    { title: "pool without accelerators", verdict: "pass", resources: [pool({ instanceTypes: ["m7i.large"] })] },
    {
      title: "type given by the launch template",
      verdict: "pass",
      resources: [template, templated({ taints, labels })],
    },
    {
      title: "GPU pool without a taint",
      verdict: "fail",
      absent: true,
      resources: [pool({ instanceTypes: ["g6.xlarge"], labels })],
    },
    {
      title: "taint that only advises",
      verdict: "fail",
      resources: [
        pool({ instanceTypes: ["g6.xlarge"], labels, taints: [{ key: "gpu", effect: "PREFER_NO_SCHEDULE" }] }),
      ],
    },
    { title: "GPU pool without a label", verdict: "fail", resources: [pool({ instanceTypes: ["g6.xlarge"], taints })] },
    {
      title: "another label than the one that names tiers",
      verdict: "fail",
      config: { labelKeys: ["gabion.dev/tier"] },
      resources: [pool({ instanceTypes: ["g6.xlarge"], taints, labels: { owner: "ml" } })],
    },
    {
      title: "GPU type in the launch template, no taint",
      verdict: "fail",
      resources: [template, templated({ labels })],
    },
    {
      title: "a launch template of another stack, which may have GPUs",
      verdict: "undecided",
      resources: [pool({ launchTemplate: { id: "lt-0123456789abcdef0", version: "1" } })],
    },
    { title: "types known only later", verdict: "undecided", resources: [pool({ instanceTypes: UNKNOWN })] },
  ],
});

function poolFindings(
  properties: NodeGroup,
  accelerated: boolean | "unknown",
  labelKeys: readonly string[],
): Finding[] {
  if (accelerated === false) return [];
  const list = properties.get("taints") as Property<{ effect?: string }[]>;
  const { items, complete } = list.items();
  const effects = items.map((item) => item.get("effect").text());
  const findings: Finding[] = [];
  if (!effects.includes("NO_SCHEDULE") && !effects.includes("NO_EXECUTE")) {
    const open = !complete || effects.includes(UNKNOWN);
    findings.push(open ? undecided(list) : fail(list, "no taint keeps other pods off"));
  }
  const labels = properties.get("labels");
  const raw = labels.raw();
  if (raw === UNKNOWN) findings.push(undecided(labels));
  else if (!Object.keys(raw ?? {}).some((key) => labelKeys.length === 0 || labelKeys.includes(key)))
    findings.push(fail(labels, "holds no label that names the pool's tier"));
  // What would be wrong with a GPU pool is open as long as it is not known whether this is one.
  return accelerated === true ? findings : findings.map((finding) => ({ ...finding, verdict: "undecided" }));
}
