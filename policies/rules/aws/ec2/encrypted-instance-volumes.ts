import { requireTrue } from "../../../kit/checks";
import { foreignTemplateFindings, instanceTypes, isLeftToTemplate } from "../../../kit/instance-templates";
import { type PropertiesCheck, sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { fleetExample } from "../../../kit/launches";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface Device {
  encrypted?: boolean;
  noDevice?: boolean;
  snapshotId?: string;
}
type Devices = Property<Record<string, Device[]>>;

const types = [...instanceTypes, "aws:ec2/launchConfiguration:LaunchConfiguration"] as const;
const instance = (properties: Record<string, Plain>, type: string = types[0]): ExampleResource => ({
  type,
  name: "notebook",
  properties: { instanceType: "g6.xlarge", ...properties },
});
const root = { encrypted: true };

export const encryptedInstanceVolumes = rule({
  id: "aws-ec2-encrypted-instance-volumes",
  title: "Instances encrypt their root volume and every other one",
  severity: "high",
  rationale:
    "What a process wrote to a disk in clear text is in each snapshot and on each volume that outlives the instance.",
  remediation:
    "Set encrypted to true in rootBlockDevice (rootBlockDevices of a fleet) and in each entry of ebsBlockDevices.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.3" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-05" },
  ],
  checks: {
    ...sharedChecks(types, volumeFindings("rootBlockDevice")),
    "aws:ec2/spotFleetRequest:SpotFleetRequest": ({ properties }, context) => {
      const specifications = properties.get("launchSpecifications");
      const { items, complete } = specifications.items();
      const check = volumeFindings("rootBlockDevices");
      return complete
        ? items.flatMap((item) => check(item as unknown as Property<unknown>, context))
        : [undecided(specifications)];
    },
  },
  remedies: Object.fromEntries(types.map((type) => [type, encryptedDevices])),
  stack: (index) => foreignTemplateFindings(index, "rootBlockDevice"),
  examples: [
    { title: "the root volume encrypted", verdict: "pass", resources: [instance({ rootBlockDevice: root })] },
    {
      title: "a device that is taken out of the image",
      verdict: "pass",
      resources: [
        instance({ rootBlockDevice: root, ebsBlockDevices: [{ deviceName: "/dev/xvdb", noDevice: true }] }, types[2]),
      ],
    },
    {
      title: "an instance of a template, which is judged itself",
      verdict: "pass",
      resources: [
        { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "gpu", properties: {} },
        { ...instance({ launchTemplate: UNKNOWN }), dependencies: { launchTemplate: ["gpu"] } },
      ],
    },
    { title: "nothing said, so that the image decides", verdict: "fail", absent: true, resources: [instance({})] },
    {
      title: "a second volume in clear text",
      verdict: "fail",
      resources: [instance({ rootBlockDevice: root, ebsBlockDevices: [{ deviceName: "/dev/xvdb" }] })],
    },
    {
      title: "a launch configuration in clear text",
      verdict: "fail",
      resources: [instance({ rootBlockDevice: { encrypted: false } }, types[2])],
    },
    {
      title: "a spot instance in clear text",
      verdict: "fail",
      resources: [instance({ rootBlockDevice: { encrypted: false } }, types[1])],
    },
    { title: "a fleet in clear text", verdict: "fail", resources: fleetExample({ instanceType: "g6.xlarge" }) },
    {
      title: "a volume of a launch configuration that is as its snapshot is",
      verdict: "undecided",
      resources: [
        instance(
          { rootBlockDevice: root, ebsBlockDevices: [{ deviceName: "/dev/xvdb", snapshotId: "snap-1" }] },
          types[2],
        ),
      ],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [instance({ rootBlockDevice: { encrypted: UNKNOWN } })],
    },
  ],
});

function volumeFindings(rootName: string): PropertiesCheck<unknown> {
  return (properties) => {
    const root = (properties as Devices).get(rootName);
    const others = (properties as Devices).get("ebsBlockDevices");
    const roots = root.items();
    const left = isLeftToTemplate(properties, rootName);
    const missing = roots.complete && roots.items.length === 0 && !left;
    return [
      ...(missing ? [fail(root, "is not set, so the image decides whether it is encrypted")] : []),
      ...[root, others].flatMap((list) => {
        const { items, complete } = list.items();
        return complete ? items.flatMap((item) => deviceFindings(item)) : [undecided(list)];
      }),
    ];
  };
}

function deviceFindings(device: Property<Device>): Finding[] {
  if (device.isUnknown) return [undecided(device)];
  if (device.get("noDevice").flag() === true) return [];
  const encrypted = device.get("encrypted");
  if (encrypted.isAbsent && typeof device.get("snapshotId").text() === "string")
    return [undecided(encrypted, "is as it is in the snapshot, which the program does not show")];
  return requireTrue(encrypted);
}

/** The devices as they are, encrypted. Volumes of snapshots are left alone: a launch configuration takes nothing said of them. */
function encryptedDevices({ properties }: { properties: Property<unknown> }) {
  const devices = properties as Devices;
  const root = devices.get("rootBlockDevice");
  const others = devices.get("ebsBlockDevices");
  if (!root.items().complete || !others.items().complete) return undefined;
  return {
    ...(isLeftToTemplate(properties, "rootBlockDevice") ? {} : { rootBlockDevice: encryptedDevice(root) }),
    ...(others.isAbsent ? {} : { ebsBlockDevices: others.items().items.map(encryptedDevice) }),
  };
}

function encryptedDevice(device: Property<unknown>): Plain {
  const raw = device.raw() ?? {};
  if (typeof raw !== "object" || Array.isArray(raw)) return raw;
  const { noDevice, snapshotId } = raw as Readonly<Record<string, Plain>>;
  return noDevice === true || typeof snapshotId === "string" ? raw : { ...raw, encrypted: true };
}
