import { requireTrue } from "../../../kit/checks";
import { foreignTemplateFindings, isLeftToTemplate } from "../../../kit/instance-templates";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule, undecided } from "../../../kit/rule";

const type = "aws:ec2/instance:Instance";
const argument = "disableApiTermination";
const instance = (properties: Record<string, Plain>): ExampleResource[] => [
  { type, name: "registry", properties: { instanceType: "m7i.large", ...properties } },
];

export const terminationProtection = rule({
  id: "aws-ec2-termination-protection",
  title: "Instances that are made one by one cannot be terminated by a single call",
  severity: "low",
  rationale:
    "One call with the wrong id, or of somebody who wants to do harm, ends an instance and what is on its disks.",
  remediation:
    "Set disableApiTermination to true; leave it out for instances of Auto Scaling groups and of the spot market.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-3" },
    { framework: "NIST 800-53r5", control: "SC-5(2)" },
    { framework: "ISO 27001:2022", control: "A.8.32" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  liftedByRelease: true,
  checks: {
    [type]: ({ properties }) => {
      if (isLeftToTemplate(properties, argument)) return [];
      const market = properties.get("instanceMarketOptions").get("marketType");
      const findings = requireTrue(properties.get(argument));
      // Amazon takes no protection for what it may itself end at any time.
      if (findings.length === 0 || market.text() === "spot") return [];
      return market.isUnknown ? [undecided(market)] : findings;
    },
  },
  remedies: { [type]: () => ({ [argument]: true }) },
  stack: (index) => foreignTemplateFindings(index, argument).filter(({ resource }) => resource.type === type),
  examples: [
    { title: "protected", verdict: "pass", resources: instance({ [argument]: true }) },
    {
      title: "a spot instance, which cannot be protected",
      verdict: "pass",
      resources: instance({ instanceMarketOptions: { marketType: "spot" } }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: instance({}) },
    { title: "not protected", verdict: "fail", resources: instance({ [argument]: false }) },
    {
      title: "a template from elsewhere",
      verdict: "undecided",
      resources: instance({ launchTemplate: { id: "lt-1" } }),
    },
    { title: "known only later", verdict: "undecided", resources: instance({ [argument]: UNKNOWN }) },
  ],
});
