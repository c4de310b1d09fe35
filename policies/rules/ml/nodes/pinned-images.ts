import { argument } from "../../../kit/bucket-aspects";
import {
  groupExample,
  listOf,
  MACHINE_TYPES,
  type Machine,
  machinesOf,
  templatedExample,
} from "../../../kit/node-machines";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";

const approved = "ami-0123456789abcdef0";

export const pinnedImages = rule({
  id: "ml-07-pinned-node-images",
  title: "Nodes run an image that somebody chose",
  severity: "medium",
  rationale:
    "Nodes of one pool that start on different days otherwise run different software, which no measurement fits and nobody tried out.",
  remediation:
    "Set releaseVersion of the NodeGroup, or imageId of its launch template to an AMI's id (of the rule's list, where it has one), and version of launchTemplate to a number.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "SI-7" },
    { framework: "ISO 27001:2022", control: "A.8.19" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0010.001" },
    { framework: "OWASP ML Top 10", control: "ML06" },
    { framework: "OWASP AISVS 1.0", control: "C4.2.1" },
  ],
  // Node groups that take the release of the day they were made are what most programs have.
  levels: { baseline: "advisory" },
  config: {
    images: {
      type: "array",
      items: { type: "string" },
      description: "Ids of approved AMIs. None: every AMI that is named by its id will do.",
      default: [],
    },
  },
  checks: {},
  observes: MACHINE_TYPES,
  stack: (index, { config }) =>
    machinesOf(index)
      .filter(({ resource }) => resource.type === "aws:eks/nodeGroup:NodeGroup")
      .flatMap((machine) => [...versionFindings(machine), ...imageFindings(machine, listOf(config.images))]),
  examples: [
    {
      title: "EKS's image of a named release",
      verdict: "pass",
      resources: [groupExample({ releaseVersion: "1.36.0-20261101" })],
    },
    { title: "an image by its id", verdict: "pass", resources: templatedExample({ imageId: approved }) },
    {
      title: "an approved image",
      verdict: "pass",
      config: { images: [approved] },
      resources: templatedExample({ imageId: approved }),
    },
    { title: "the release of the day", verdict: "fail", absent: true, resources: [groupExample()] },
    {
      title: "an image by a parameter that AWS changes",
      verdict: "fail",
      resources: templatedExample({ imageId: "resolve:ssm:/aws/service/bottlerocket/latest/image_id" }),
    },
    {
      title: "an image that the list does not have",
      verdict: "fail",
      config: { images: [approved] },
      resources: templatedExample({ imageId: "ami-0fedcba9876543210" }),
    },
    {
      title: "whatever version of the template is the latest",
      verdict: "fail",
      resources: [
        groupExample({
          launchTemplate: { id: "lt-0123456789abcdef0", version: "$Latest" },
          releaseVersion: "1.36.0-1",
        }),
      ],
    },
    { title: "image known only later", verdict: "undecided", resources: templatedExample({ imageId: UNKNOWN }) },
  ],
});

function versionFindings({ resource, properties, specifications }: Machine): StackFinding[] {
  const template = argument(properties, "launchTemplate");
  if (template.isUnknown) return [{ ...undecided(template), resource }];
  return template.items().items.flatMap((reference) => {
    const version = argument(reference, "version");
    const text = version.text();
    // The number of a version that the same program makes comes with the template.
    if (text === UNKNOWN) return specifications.length > 0 ? [] : [{ ...undecided(version), resource }];
    return text?.startsWith("$") === true
      ? [{ ...fail(version, "is no number, so it moves by itself"), resource }]
      : [];
  });
}

function imageFindings(machine: Machine, images: readonly string[]): StackFinding[] {
  const { resource, properties, specifications, hasForeignTemplate } = machine;
  const given = specifications.filter(({ properties: own }) => !argument(own, "imageId").isAbsent);
  if (given.length > 0) {
    return given.flatMap((template) => {
      const image = argument(template.properties, "imageId");
      const isMadeHere = (template.resource.sources.imageId ?? []).length > 0;
      return judgeImage(image, images, isMadeHere).map((finding) => ({ ...finding, resource: template.resource }));
    });
  }
  const release = argument(properties, "releaseVersion");
  if (release.isUnknown || release.text() !== undefined) return [];
  const text = "names neither a release nor an image, so it takes the latest";
  return [{ ...(hasForeignTemplate ? undecided(release, `${text}, for sure`) : fail(release, text)), resource }];
}

function judgeImage(image: Property<unknown>, images: readonly string[], isMadeHere: boolean): Finding[] {
  const text = image.text();
  if (text === UNKNOWN) return isMadeHere && images.length === 0 ? [] : [undecided(image)];
  if (text === undefined || !/^ami-[0-9a-f]+$/.test(text)) return [fail(image, "is not the id of an image")];
  return images.length === 0 || images.includes(text) ? [] : [fail(image, "is not an approved image")];
}
