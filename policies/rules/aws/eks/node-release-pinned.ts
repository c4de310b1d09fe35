import { nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { askedOf } from "../../../kit/training-network";

type NodeGroup = Property<PropertiesOf<"aws:eks/nodeGroup:NodeGroup">>;

const templateType = "aws:ec2/launchTemplate:LaunchTemplate";
const pool = (properties: Record<string, Plain>) => [nodeGroupExample(properties)];
const templated = (template: Record<string, Plain>, more: Record<string, Plain> = {}): ExampleResource[] => [
  { type: templateType, name: "image", properties: template },
  {
    ...nodeGroupExample({ launchTemplate: { id: UNKNOWN, version: "1" }, ...more }),
    dependencies: { launchTemplate: ["image"] },
  },
];

export const nodeReleasePinned = rule({
  id: "aws-eks-node-release-pinned",
  title: "Node groups run a release of their image that was chosen",
  severity: "medium",
  rationale:
    "Without a release the day on which a node group is made decides what its nodes run, and what was tested and measured is something else.",
  remediation: "Set releaseVersion, and raise it in a reviewed change; an image of your own is pinned by its id.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "CM-3" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) => (mayHaveOwnImage(properties) ? [] : releaseFindings(properties)),
  },
  observes: [templateType],
  stack: (index) =>
    index.ofType("aws:eks/nodeGroup:NodeGroup").flatMap((group) => {
      const properties = askedOf(group);
      if (!mayHaveOwnImage(properties)) return [];
      const images = templatesOf(index, group).map((template) => askedOf(template).get("imageId"));
      if (images.some((image) => !image.isAbsent)) return [];
      const findings = releaseFindings(properties);
      const seen = images.length > 0 ? findings : findings.map(({ path }) => undecided(path, unseen));
      return seen.map((finding) => ({ ...finding, resource: group }));
    }),
  examples: [
    {
      title: "a release",
      verdict: "pass",
      resources: pool({ amiType: "BOTTLEROCKET_x86_64", releaseVersion: "1.58.0-c5c37032" }),
    },
    { title: "an image of one's own", verdict: "pass", resources: pool({ amiType: "CUSTOM" }) },
    { title: "an image that the launch template names", verdict: "pass", resources: templated({ imageId: "ami-1" }) },
    { title: "no release", verdict: "fail", absent: true, resources: pool({ amiType: "BOTTLEROCKET_x86_64" }) },
    {
      title: "a launch template without an image",
      verdict: "fail",
      resources: templated({ instanceType: "m7i.large" }),
    },
    { title: "kind of image known only later", verdict: "undecided", resources: pool({ amiType: UNKNOWN }) },
    {
      title: "a launch template of another stack, which may name an image",
      verdict: "undecided",
      resources: pool({ launchTemplate: { id: "lt-1", version: "3" } }),
    },
  ],
});

const unseen = "is not set, and whether the launch template names an image is not seen here";

/** EKS takes an image from the launch template where the group names no kind of image. */
function mayHaveOwnImage(group: NodeGroup): boolean {
  return group.get("amiType").isAbsent && !group.get("launchTemplate").isAbsent;
}

function releaseFindings(group: NodeGroup): Finding[] {
  const kind = group.get("amiType").text();
  const release = group.get("releaseVersion");
  const version = release.text();
  if (kind === "CUSTOM" || typeof version === "string") return [];
  if (version === UNKNOWN || kind === UNKNOWN) return [undecided(release)];
  return [fail(release, "is not set, so the day of creation decides the image")];
}

function templatesOf(index: StackIndex, group: StackResource) {
  const sources = group.sources.launchTemplate ?? [];
  return index.ofType(templateType).filter(({ urn }) => sources.includes(urn));
}
