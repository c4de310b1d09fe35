import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { scalingGroup, scalingGroupType } from "../../../kit/scaling-groups";

const mixed = (...overrides: Plain[]) => ({
  vpcZoneIdentifiers: ["subnet-1", "subnet-2"],
  mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: { id: "lt-1", version: "7" }, overrides } },
});

export const scalingSeveralTypes = rule({
  id: "aws-autoscaling-several-types",
  title: "An Auto Scaling group may choose among several instance types",
  severity: "low",
  rationale:
    "When a zone is out of the one type, nothing is launched, and a service that should grow or heal does not.",
  remediation: "Give mixedInstancesPolicy.launchTemplate at least two overrides, or one with instanceRequirements.",
  mappings: [
    { framework: "AWS FSBP", control: "AutoScaling.6" },
    { framework: "NIST 800-53r5", control: "CP-10" },
  ],
  // Groups for one kind of accelerator, for a tunnel or for a build have one type on purpose.
  levels: { baseline: "disabled", regulated: "disabled", isolated: "disabled" },
  checks: {
    [scalingGroupType]: ({ properties }) => {
      const overrides = properties.get("mixedInstancesPolicy").get("launchTemplate").get("overrides");
      const { items, complete } = overrides.items();
      const requirements = items.map((item) => item.get("instanceRequirements"));
      if (requirements.some((place) => !place.isAbsent && !place.isUnknown)) return [];
      const types = items.map((item) => item.get("instanceType").text());
      if (new Set(types.filter((type) => typeof type === "string")).size > 1) return [];
      const open = !complete || requirements.some((place) => place.isUnknown) || types.includes(UNKNOWN);
      return [open ? undecided(overrides) : fail(overrides, "names fewer than two types")];
    },
  },
  examples: [
    {
      title: "two types",
      verdict: "pass",
      resources: [scalingGroup(mixed({ instanceType: "m7i.large" }, { instanceType: "m7a.large" }))],
    },
    {
      title: "all types that fit",
      verdict: "pass",
      resources: [scalingGroup(mixed({ instanceRequirements: { vcpuCount: { min: 2 }, memoryMib: { min: 4096 } } }))],
    },
    { title: "one type", verdict: "fail", resources: [scalingGroup(mixed({ instanceType: "m7i.large" }))] },
    {
      title: "a template alone",
      verdict: "fail",
      absent: true,
      resources: [scalingGroup({ launchTemplate: { id: "lt-1", version: "7" } })],
    },
    { title: "types known only later", verdict: "undecided", resources: [scalingGroup(mixed(UNKNOWN))] },
  ],
});
