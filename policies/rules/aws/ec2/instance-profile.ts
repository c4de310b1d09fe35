import { requireGiven } from "../../../kit/checks";
import { instancesOf, instanceTypes, isLeftToTemplate, templateOf } from "../../../kit/instance-templates";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";

const argument = "iamInstanceProfile";
const missing = "is not set, so programs on the instance need keys of a user to call AWS";
const instance = (properties: Record<string, Plain>): ExampleResource => ({
  type: instanceTypes[0],
  name: "notebook",
  properties: { instanceType: "g6.xlarge", ...properties },
});
const template = (properties: Record<string, Plain>): ExampleResource => ({
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "gpu",
  properties,
});
const fromTemplate: ExampleResource = {
  ...instance({ launchTemplate: UNKNOWN }),
  dependencies: { launchTemplate: ["gpu"] },
};

export const instanceProfile = rule({
  id: "aws-ec2-instance-profile",
  title: "Instances have a role of their own",
  severity: "medium",
  rationale:
    "Without a role somebody copies a user's access key to the disk, where it stays in images and snapshots for years.",
  remediation: "Set iamInstanceProfile, on the instance or in its launch template.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.16" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  levels: { baseline: "advisory" },
  checks: sharedChecks(instanceTypes, (properties: Property<{ iamInstanceProfile?: string }>) =>
    isLeftToTemplate(properties, argument) ? [] : requireGiven(properties.get(argument), missing),
  ),
  stack: templateFindings,
  observes: ["aws:ec2/launchTemplate:LaunchTemplate"],
  examples: [
    { title: "a profile", verdict: "pass", resources: [instance({ iamInstanceProfile: "notebook" })] },
    {
      title: "a profile of the template",
      verdict: "pass",
      resources: [template({ iamInstanceProfile: { arn: UNKNOWN } }), fromTemplate],
    },
    { title: "no profile", verdict: "fail", absent: true, resources: [instance({})] },
    { title: "a template without a profile", verdict: "fail", resources: [template({}), fromTemplate] },
    {
      title: "a template from elsewhere",
      verdict: "undecided",
      resources: [instance({ launchTemplate: { id: "lt-1" } })],
    },
  ],
});

function templateFindings(index: StackIndex): StackFinding[] {
  return instancesOf(index).flatMap(({ resource, properties }) => {
    if (!isLeftToTemplate(properties, argument)) return [];
    const template = templateOf(index, resource);
    if (template === undefined)
      return [{ ...undecided(argument, "is left to a launch template that is not in this stack"), resource }];
    const profile = (template.inputs ?? template.properties).get(argument) as Property<unknown>;
    if (profile.isUnknown) return [{ ...undecided(argument), resource }];
    const named = ["arn", "name"].some((name) => !(profile as Property<Record<string, string>>).get(name).isAbsent);
    return named ? [] : [{ ...fail(argument, missing), resource }];
  });
}
