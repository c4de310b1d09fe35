import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { scalingGroup, scalingGroupType } from "../../../kit/scaling-groups";

const configurationType = "aws:ec2/launchConfiguration:LaunchConfiguration";

export const scalingLaunchTemplate = rule({
  id: "aws-autoscaling-launch-template",
  title: "Auto Scaling groups launch from templates, not from launch configurations",
  severity: "low",
  rationale:
    "Launch configurations get no new features: no versions, no choice of types, none of the later protections of instances.",
  remediation:
    "Replace the LaunchConfiguration by a LaunchTemplate, and name it in launchTemplate or mixedInstancesPolicy.",
  mappings: [
    { framework: "AWS FSBP", control: "AutoScaling.9" },
    { framework: "NIST 800-53r5", control: "CM-2" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [scalingGroupType]: ({ properties }) => {
      const configuration = properties.get("launchConfiguration");
      if (configuration.isAbsent || configuration.raw() === "") return [];
      return [configuration.isUnknown ? undecided(configuration) : fail(configuration, "names a launch configuration")];
    },
    [configurationType]: () => [fail("", "is a launch configuration")],
  },
  examples: [
    {
      title: "a template",
      verdict: "pass",
      absent: true,
      resources: [scalingGroup({ launchTemplate: { id: UNKNOWN, version: "3" } })],
    },
    {
      title: "a group with a launch configuration from elsewhere",
      verdict: "fail",
      resources: [scalingGroup({ launchConfiguration: "serving" })],
    },
    {
      title: "a launch configuration of the same program",
      verdict: "fail",
      resources: [
        { type: configurationType, name: "serving", properties: { imageId: "ami-1", instanceType: "m7i.large" } },
        { ...scalingGroup({ launchConfiguration: UNKNOWN }), dependencies: { launchConfiguration: ["serving"] } },
      ],
    },
    {
      title: "a name known only later",
      verdict: "undecided",
      resources: [scalingGroup({ launchConfiguration: UNKNOWN })],
    },
  ],
});
