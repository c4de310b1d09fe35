import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Referrer, referrersOf } from "../../../kit/referrers";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const eipType = "aws:ec2/eip:Eip";
const eip = (more: Record<string, Plain> = {}): ExampleResource => ({
  type: eipType,
  name: "out",
  properties: { domain: "vpc", ...more },
});
const user = (type: string, properties: Record<string, Plain>, property?: string): ExampleResource => ({
  type,
  name: "user",
  properties,
  ...(property === undefined ? {} : { dependencies: { [property]: ["out"] } }),
});
const nat = "aws:ec2/natGateway:NatGateway";

export const addressesInUse = rule({
  id: "aws-vpc-addresses-in-use",
  title: "Every elastic address is attached to something",
  severity: "low",
  rationale:
    "An address that waits for a use is paid for, and whoever attaches it by mistake puts a machine into the internet.",
  remediation:
    "Set instance or networkInterface, name the address in a NatGateway, load balancer or EipAssociation, or take the Eip away.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.12" },
    { framework: "NIST 800-53r5", control: "CM-8" },
  ],
  levels: { baseline: "advisory", regulated: "advisory", isolated: "advisory" },
  checks: {},
  observes: [eipType, "aws:ec2/eipAssociation:EipAssociation", nat],
  stack: (index) =>
    index.ofType(eipType).flatMap((resource) => {
      const asked = resource.inputs ?? resource.properties;
      const own = [asked.get("instance"), asked.get("networkInterface")].filter(
        (place) => !place.isAbsent && place.raw() !== "",
      );
      const users = referrersOf(index, resource, ["id", "allocationId", "publicIp"]).filter(isUse);
      if (own.length > 0 || users.some(({ certainty }) => certainty === "sure")) return [];
      const text = "nothing in this stack uses the address";
      const found =
        users.length > 0 ? undecided("", `${text}, or what does is known only after deployment`) : fail("", text);
      return [{ ...found, resource }];
    }),
  examples: [
    {
      title: "of a NAT gateway",
      verdict: "pass",
      resources: [eip(), user(nat, { subnetId: "subnet-1", allocationId: UNKNOWN }, "allocationId")],
    },
    { title: "of a network interface", verdict: "pass", resources: [eip({ networkInterface: "eni-1" })] },
    { title: "of nothing", verdict: "fail", absent: true, resources: [eip()] },
    {
      title: "named in DNS, which attaches it to nothing",
      verdict: "fail",
      resources: [eip(), user("aws:route53/record:Record", { name: "out", type: "A", records: [UNKNOWN] }, "records")],
    },
    {
      title: "an association known only later",
      verdict: "undecided",
      resources: [eip(), user("aws:ec2/eipAssociation:EipAssociation", { instanceId: "i-1", allocationId: UNKNOWN })],
    },
  ],
});

/** Types that name an address without using it. */
const mentions = /:(Record|SecurityGroup\w*|ManagedPrefixList\w*|NetworkAcl\w*|EipDomainName|IpSet|IPSet)$/;

function isUse({ resource, property, certainty }: Referrer): boolean {
  if (mentions.test(resource.type)) return false;
  return certainty === "sure" || /allocation|publicIp|address/i.test(property);
}
