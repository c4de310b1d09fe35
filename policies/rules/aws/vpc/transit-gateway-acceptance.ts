import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const gatewayType = "aws:ec2transitgateway/transitGateway:TransitGateway";
const gateway = (more: Record<string, Plain> = {}): ExampleResource[] => [
  { type: gatewayType, name: "hub", properties: { description: "Hub of all networks", ...more } },
];

export const transitGatewayAcceptance = rule({
  id: "aws-vpc-transit-gateway-acceptance",
  title: "A transit gateway accepts no attachment by itself",
  severity: "high",
  rationale:
    "Where attachments are accepted by themselves, every account that the gateway is shared with puts a network next to all others.",
  remediation:
    'Leave autoAcceptSharedAttachments out or set it to "disable", and accept attachments one by one with VpcAttachmentAccepter.',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.23" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  checks: {
    [gatewayType]: ({ properties }) => {
      const accepts = properties.get("autoAcceptSharedAttachments");
      const text = accepts.text();
      if (text === UNKNOWN) return [undecided(accepts)];
      return text?.toLowerCase() === "enable" ? [fail(accepts, "accepts every attachment")] : [];
    },
  },
  remedies: { [gatewayType]: () => ({ autoAcceptSharedAttachments: "disable" }) },
  examples: [
    { title: "told not to", verdict: "pass", resources: gateway({ autoAcceptSharedAttachments: "disable" }) },
    { title: "nothing is said, so not", verdict: "pass", absent: true, resources: gateway() },
    { title: "all are accepted", verdict: "fail", resources: gateway({ autoAcceptSharedAttachments: "enable" }) },
    { title: "known only later", verdict: "undecided", resources: gateway({ autoAcceptSharedAttachments: UNKNOWN }) },
  ],
});
