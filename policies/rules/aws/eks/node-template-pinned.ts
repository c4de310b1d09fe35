import { nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { askedOf } from "../../../kit/training-network";

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const pool = (version?: Plain): ExampleResource =>
  nodeGroupExample({ launchTemplate: version === undefined ? { id: "lt-1" } : { id: "lt-1", version } });

export const nodeTemplatePinned = rule({
  id: "aws-eks-node-template-pinned",
  title: "Node groups name the version of their launch template by its number",
  severity: "medium",
  rationale:
    "With $Latest or $Default whoever may edit the template changes what new nodes run, and no change of the node group shows it.",
  remediation: "Set launchTemplate.version to a number, for example to the latestVersion of the template's resource.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "CM-3" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) => {
      const template = properties.get("launchTemplate");
      if (template.isAbsent || template.isUnknown) return [];
      const version = template.get("version");
      if (version.isUnknown || version.number() !== undefined) return [];
      return [fail(version, version.isAbsent ? "is not set" : "is no number")];
    },
  },
  observes: [templateType],
  stack: (index) =>
    index.ofType("aws:eks/nodeGroup:NodeGroup").flatMap((group) => {
      const template = askedOf(group).get("launchTemplate");
      if (!template.isUnknown && !template.get("version").isUnknown) return [];
      // The number of a template that is made in the same program is known only later.
      const own = (group.sources.launchTemplate ?? []).some((urn) => index.find(urn)?.type === templateType);
      return own ? [] : [{ ...undecided(template.get("version")), resource: group }];
    }),
  examples: [
    { title: "a number", verdict: "pass", resources: [pool("3")] },
    {
      title: "the latest version of a template in the same program",
      verdict: "pass",
      resources: [
        { type: templateType, name: "image", properties: { instanceType: "m7i.large" } },
        { ...pool(UNKNOWN), dependencies: { launchTemplate: ["image"] } },
      ],
    },
    { title: "no launch template", verdict: "pass", absent: true, resources: [nodeGroupExample()] },
    { title: "whatever is newest", verdict: "fail", resources: [pool("$Latest")] },
    { title: "whatever is the default", verdict: "fail", resources: [pool("$Default")] },
    { title: "a number known only later, from nobody knows where", verdict: "undecided", resources: [pool(UNKNOWN)] },
  ],
});
