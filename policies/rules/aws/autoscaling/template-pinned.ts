import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { scalingGroup, scalingGroupType } from "../../../kit/scaling-groups";

interface Reference {
  version?: string;
}
interface MixedTemplate {
  launchTemplateSpecification?: Reference;
  overrides?: { launchTemplateSpecification?: Reference }[];
}

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const template = (version?: Plain): Plain => (version === undefined ? { id: "lt-1" } : { id: "lt-1", version });

export const scalingTemplatePinned = rule({
  id: "aws-autoscaling-template-pinned",
  title: "Auto Scaling groups name the version of their launch template",
  severity: "medium",
  rationale:
    "With $Latest or $Default, whoever may write a version of the template changes what the next instance runs, past all reviews.",
  remediation:
    "Set version of launchTemplate, and of each launchTemplateSpecification of mixedInstancesPolicy, to a number, such as latestVersion of the LaunchTemplate.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "CM-3" },
    { framework: "ISO 27001:2022", control: "A.8.32" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [scalingGroupType]: ({ properties }) => references(properties).flatMap(versionFindings),
  },
  observes: [templateType],
  stack: (index) =>
    index.ofType(scalingGroupType).flatMap((group) => {
      // The number of a template that is made in the same program is known only later.
      const isOwn = [group.sources.launchTemplate, group.sources.mixedInstancesPolicy]
        .flatMap((urns) => urns ?? [])
        .some((urn) => index.find(urn)?.type === templateType);
      const open = references(group.inputs ?? group.properties).filter(
        (reference) => reference.get("version").isUnknown,
      );
      return isOwn ? [] : open.map((reference) => ({ ...undecided(reference.get("version")), resource: group }));
    }),
  examples: [
    { title: "a version", verdict: "pass", resources: [scalingGroup({ launchTemplate: template("7") })] },
    {
      title: "the latest version of a template in the same program",
      verdict: "pass",
      resources: [
        { type: templateType, name: "image", properties: { instanceType: "m7i.large" } },
        { ...scalingGroup({ launchTemplate: template(UNKNOWN) }), dependencies: { launchTemplate: ["image"] } },
      ],
    },
    {
      title: "a version of a mixed group",
      verdict: "pass",
      resources: [
        scalingGroup({ mixedInstancesPolicy: { launchTemplate: { launchTemplateSpecification: template("7") } } }),
      ],
    },
    {
      title: "nothing said, which is $Default",
      verdict: "fail",
      absent: true,
      resources: [scalingGroup({ launchTemplate: template() })],
    },
    { title: "$Latest", verdict: "fail", resources: [scalingGroup({ launchTemplate: template("$Latest") })] },
    {
      title: "$Latest in an override",
      verdict: "fail",
      resources: [
        scalingGroup({
          mixedInstancesPolicy: {
            launchTemplate: {
              launchTemplateSpecification: template("7"),
              overrides: [{ instanceType: "p5.48xlarge", launchTemplateSpecification: template("$Latest") }],
            },
          },
        }),
      ],
    },
    {
      title: "a template known only later",
      verdict: "undecided",
      resources: [scalingGroup({ launchTemplate: UNKNOWN })],
    },
  ],
});

/** All places where a group names a template. */
function references(properties: Property<unknown>): Property<Reference>[] {
  const group = properties as Property<{
    launchTemplate?: Reference;
    mixedInstancesPolicy?: { launchTemplate?: MixedTemplate };
  }>;
  const mixed = group.get("mixedInstancesPolicy").get("launchTemplate");
  const overrides = mixed.get("overrides");
  const { items, complete } = overrides.items();
  const specified = [mixed, ...items, ...(complete ? [] : [overrides])].map((place) =>
    (place as Property<MixedTemplate>).get("launchTemplateSpecification"),
  );
  return [group.get("launchTemplate"), ...specified].filter((reference) => !reference.isAbsent);
}

function versionFindings(reference: Property<Reference>): Finding[] {
  const version = reference.get("version");
  if (version.isUnknown || version.number() !== undefined) return [];
  return [fail(version, version.isAbsent ? "is not set, which means $Default" : "is not the number of a version")];
}
