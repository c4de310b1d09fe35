import { requireTrue } from "../../../kit/checks";
import { instanceTypes } from "../../../kit/instance-templates";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const types = [...instanceTypes, "aws:ec2/networkInterface:NetworkInterface"] as const;
const resource = (properties: Record<string, Plain>, type: string = types[0]): ExampleResource[] => [
  { type, name: "router", properties: { subnetId: "subnet-1", ...properties } },
];

export const sourceDestinationCheck = rule({
  id: "aws-ec2-source-destination-check",
  title: "Instances pass on no traffic of others",
  severity: "medium",
  rationale:
    "An instance that forwards packets is a route that no route table shows, past firewalls and endpoints, and can send under any address.",
  remediation:
    "Leave sourceDestCheck out, or set it to true; use a NAT gateway or a firewall endpoint to forward traffic.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  levels: { baseline: "advisory" },
  checks: sharedChecks(types, (properties: Property<{ sourceDestCheck?: boolean }>) => {
    const check = properties.get("sourceDestCheck");
    return check.isAbsent ? [] : requireTrue(check, "lets the instance forward traffic that is not its own");
  }),
  remedies: Object.fromEntries(types.map((type) => [type, () => ({ sourceDestCheck: true })])),
  examples: [
    { title: "checked", verdict: "pass", resources: resource({ sourceDestCheck: true }) },
    { title: "nothing said, which is checked", verdict: "pass", absent: true, resources: resource({}) },
    { title: "a router", verdict: "fail", resources: resource({ sourceDestCheck: false }) },
    {
      title: "a spot instance that routes",
      verdict: "fail",
      resources: resource({ sourceDestCheck: false }, types[1]),
    },
    { title: "an interface of a router", verdict: "fail", resources: resource({ sourceDestCheck: false }, types[2]) },
    { title: "known only later", verdict: "undecided", resources: resource({ sourceDestCheck: UNKNOWN }) },
  ],
});
