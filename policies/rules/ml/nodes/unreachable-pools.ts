import { argument } from "../../../kit/bucket-aspects";
import { forbidFlag } from "../../../kit/kubernetes/pod-security";
import {
  groupExample,
  hasAccelerator,
  MACHINE_TYPES,
  type Machine,
  machineFindings,
  namesTier,
  templatedExample,
} from "../../../kit/node-machines";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { publicSubnetExample, publicSubnetFindings, subnetTypes } from "../../../kit/public-subnets";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import { some } from "../../../kit/statements";

const types = { instanceTypes: ["p5.48xlarge"] };
const subnet = (properties: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:ec2/subnet:Subnet",
  name: "subnet",
  properties: { vpcId: "vpc-1", ...properties },
});
const placed = (name: string): ExampleResource => ({
  ...groupExample({ ...types, subnetIds: [UNKNOWN] }),
  dependencies: { subnetIds: [name] },
});

export const unreachablePools = rule({
  id: "ml-04-unreachable-pools",
  title: "Nobody reaches nodes of training from outside of the cluster",
  severity: "high",
  rationale:
    "A node with weights in its memory and a public address, or with an SSH key that somebody keeps, is one guessed or stolen secret away from losing them.",
  remediation:
    "Take remoteAccess out of the NodeGroup, and keyName and public addresses out of its launch template; give it subnets without mapPublicIpOnLaunch and without a route to an internet gateway.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "SC-7(3)" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0049" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  config: {
    tierKeys: {
      type: "array",
      items: { type: "string" },
      description: "Keys of labels and tags that name the tier of nodes.",
      default: ["gabion.dev/tier", "gabion:tier"],
    },
    tiers: {
      type: "array",
      items: { type: "string" },
      description: "Values of them that put nodes in scope, besides those with accelerators.",
      default: ["training", "serving", "inference", "confidential"],
    },
  },
  checks: {},
  observes: [...MACHINE_TYPES, ...subnetTypes],
  stack: (index, { config }) =>
    machineFindings(
      index,
      (machine) =>
        machine.resource.type === "aws:eks/nodeGroup:NodeGroup" &&
        some(hasAccelerator(machine), namesTier(machine.properties, config.tierKeys, config.tiers)),
      (machine) => [
        ...accessFindings(machine),
        ...publicSubnetFindings(index, machine.resource, argument(machine.properties, "subnetIds"), "subnetIds"),
      ],
    ),
  examples: [
    { title: "private subnets, no key", verdict: "pass", resources: [subnet(), placed("subnet")] },
    { title: "nothing said of access", verdict: "pass", absent: true, resources: [groupExample(types)] },
    {
      title: "SSH into nodes for other things: another rule's concern",
      verdict: "pass",
      resources: [groupExample({ instanceTypes: ["m7i.large"], remoteAccess: { ec2SshKey: "admin" } })],
    },
    {
      title: "SSH by the node group",
      verdict: "fail",
      resources: [groupExample({ ...types, remoteAccess: { ec2SshKey: "admin" } })],
    },
    { title: "SSH by the template", verdict: "fail", resources: templatedExample({ keyName: "admin" }, types) },
    {
      title: "public addresses by the template",
      verdict: "fail",
      resources: templatedExample({ networkInterfaces: [{ associatePublicIpAddress: "true" }] }, types),
    },
    {
      title: "public addresses by the subnet",
      verdict: "fail",
      resources: [subnet({ mapPublicIpOnLaunch: true }), placed("subnet")],
    },
    {
      title: "a route to an internet gateway",
      verdict: "fail",
      resources: [...publicSubnetExample, placed("nodes")],
    },
    {
      title: "a training pool without accelerators",
      verdict: "fail",
      resources: [
        groupExample({
          instanceTypes: ["m7i.large"],
          labels: { "gabion.dev/tier": "training" },
          remoteAccess: { ec2SshKey: "admin" },
        }),
      ],
    },
    {
      title: "addresses of the subnet known only later",
      verdict: "undecided",
      resources: [subnet({ mapPublicIpOnLaunch: UNKNOWN }), placed("subnet")],
    },
  ],
});

function accessFindings({ resource, properties, specifications }: Machine): StackFinding[] {
  const remote = argument(properties, "remoteAccess");
  const given = remote.isUnknown || remote.items().items.length > 0;
  const own = given ? [{ ...judgeGiven(remote, "lets somebody in by SSH"), resource }] : [];
  const templates = specifications.flatMap((template) => {
    const key = argument(template.properties, "keyName");
    const interfaces = argument(template.properties, "networkInterfaces");
    const { items, complete } = interfaces.items();
    return [
      ...(key.isUnknown || key.text() !== undefined ? [judgeGiven(key, "lets its holder in by SSH")] : []),
      ...items.flatMap((item) => forbidFlag(argument(item, "associatePublicIpAddress"), "gives a public address")),
      ...(complete ? [] : [undecided(interfaces)]),
    ].map((finding) => ({ ...finding, resource: template.resource }));
  });
  return [...own, ...templates];
}

function judgeGiven(place: Property<unknown>, otherwise: string) {
  return place.isUnknown ? undecided(place) : fail(place, otherwise);
}
