import { requireTrue } from "../../../kit/checks";
import { foreignTemplateFindings, instanceTypes, isLeftToTemplate } from "../../../kit/instance-templates";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const configurationType = "aws:ec2/launchConfiguration:LaunchConfiguration";
const resource = (properties: Record<string, Plain>, type: string = instanceTypes[0]): ExampleResource[] => [
  { type, name: "registry", properties: { instanceType: "m7i.large", ...properties } },
];

export const detailedMonitoring = rule({
  id: "aws-ec2-detailed-monitoring",
  title: "Instances are measured every minute",
  severity: "low",
  rationale:
    "With a value every five minutes an alarm comes after the miner, the exfiltration or the failure has had its time.",
  remediation: "Set monitoring to true on an instance, and leave enableMonitoring of a launch configuration out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
  ],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: {
    ...sharedChecks(instanceTypes, (properties: Property<{ monitoring?: boolean }>) =>
      isLeftToTemplate(properties, "monitoring") ? [] : requireTrue(properties.get("monitoring")),
    ),
    [configurationType]: ({ properties }) => {
      const monitoring = properties.get("enableMonitoring");
      return monitoring.isAbsent ? [] : requireTrue(monitoring, "leaves instances with a value every five minutes");
    },
  },
  remedies: {
    ...Object.fromEntries(instanceTypes.map((type) => [type, () => ({ monitoring: true })])),
    [configurationType]: () => ({ enableMonitoring: true }),
  },
  stack: (index) => foreignTemplateFindings(index, "monitoring"),
  examples: [
    { title: "every minute", verdict: "pass", resources: resource({ monitoring: true }) },
    {
      title: "a launch configuration that says nothing, which is every minute",
      verdict: "pass",
      resources: resource({}, configurationType),
    },
    { title: "an instance that says nothing", verdict: "fail", absent: true, resources: resource({}) },
    { title: "a spot instance that says nothing", verdict: "fail", resources: resource({}, instanceTypes[1]) },
    {
      title: "a launch configuration that switches it off",
      verdict: "fail",
      resources: resource({ enableMonitoring: false }, configurationType),
    },
    {
      title: "a template from elsewhere",
      verdict: "undecided",
      resources: resource({ launchTemplate: { id: "lt-1" } }),
    },
    { title: "known only later", verdict: "undecided", resources: resource({ monitoring: UNKNOWN }) },
  ],
});
