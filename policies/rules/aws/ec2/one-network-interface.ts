import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { launchTypes } from "../../../kit/launches";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface Interface {
  interfaceType?: string;
  networkCardIndex?: number;
  subnetId?: string;
}

const attachmentType = "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment";
const [instanceType, , templateType] = launchTypes;
const launch = (type: string, ...networkInterfaces: Plain[]): ExampleResource[] => [
  { type, name: "gpu", properties: { networkInterfaces } },
];

export const oneNetworkInterface = rule({
  id: "aws-ec2-one-network-interface",
  title: "Instances have one network interface for each network card",
  severity: "low",
  rationale:
    "An instance that stands in two subnets joins them: what security groups and routes keep apart meets on its interfaces.",
  remediation:
    "Remove the other interfaces and NetworkInterfaceAttachments; interfaces of EFA belong on a card each, or are efa-only.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.17" },
    { framework: "NIST 800-53r5", control: "AC-4(21)" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    ...sharedChecks([instanceType, launchTypes[3], templateType], interfaceFindings),
    [attachmentType]: ({ properties }) => {
      const index = properties.get("deviceIndex");
      const card = properties.get("networkCardIndex");
      if (index.number() === 0 || (typeof card.number() === "number" && card.number() !== 0)) return [];
      if (index.isUnknown || card.isUnknown) return [undecided(index.isUnknown ? index : card)];
      return [fail(index, "adds an interface beside the first one")];
    },
  },
  examples: [
    { title: "one interface", verdict: "pass", resources: launch(templateType, { deviceIndex: 0 }) },
    {
      title: "EFA, one interface a card",
      verdict: "pass",
      resources: launch(
        templateType,
        { deviceIndex: 0 },
        { deviceIndex: 1, networkCardIndex: 1, interfaceType: "efa" },
      ),
    },
    {
      title: "EFA alone, without addresses",
      verdict: "pass",
      resources: launch(templateType, { deviceIndex: 0 }, { deviceIndex: 1, interfaceType: "efa-only" }),
    },
    {
      title: "nothing said, which is one interface",
      verdict: "pass",
      absent: true,
      resources: [{ type: instanceType, name: "gpu", properties: { subnetId: "subnet-1" } }],
    },
    {
      title: "two interfaces of one card",
      verdict: "fail",
      resources: launch(instanceType, { deviceIndex: 0, networkInterfaceId: "eni-1" }, { deviceIndex: 1 }),
    },
    {
      title: "an interface that is attached later",
      verdict: "fail",
      resources: [
        {
          type: attachmentType,
          name: "second",
          properties: { deviceIndex: 1, instanceId: UNKNOWN, networkInterfaceId: "eni-2" },
        },
      ],
    },
    {
      title: "kind known only later",
      verdict: "undecided",
      resources: launch(templateType, { deviceIndex: 0 }, { deviceIndex: 1, interfaceType: UNKNOWN }),
    },
    {
      title: "interfaces known only later",
      verdict: "undecided",
      resources: [{ type: templateType, name: "gpu", properties: { networkInterfaces: UNKNOWN } }],
    },
  ],
});

function interfaceFindings(properties: Property<{ networkInterfaces?: Interface[] }>): Finding[] {
  const list = properties.get("networkInterfaces");
  const { items, complete } = list.items();
  const addressed = items.filter((item) => item.get("interfaceType").text() !== "efa-only");
  const sure = addressed.filter((item) => !item.isUnknown && !item.get("interfaceType").isUnknown);
  const cards = sure.flatMap((item) => cardOf(item));
  if (new Set(cards).size < cards.length) return [fail(list, "has several interfaces on one network card")];
  const open = !complete || sure.length < addressed.length || cards.length < sure.length;
  return open && (!complete || addressed.length > 1)
    ? [undecided(list, "is known only in part before deployment")]
    : [];
}

/** The card of an interface; the first where nothing is said. */
function cardOf(item: Property<Interface>): number[] {
  const card = item.get("networkCardIndex").number();
  return card === UNKNOWN ? [] : [card ?? 0];
}
