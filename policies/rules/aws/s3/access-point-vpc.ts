import { requireGiven } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:s3/accessPoint:AccessPoint";
const point = (more: Record<string, Plain> = {}): ExampleResource => ({
  type,
  name: "training",
  properties: { bucket: "models", ...more },
});

export const accessPointVpc = rule({
  id: "aws-s3-access-point-vpc",
  title: "Access points answer requests of one VPC only",
  severity: "medium",
  rationale:
    "An access point of the internet can be used from anywhere with stolen keys; its origin can never be changed.",
  remediation: "Set vpcConfiguration.vpcId on the AccessPoint.",
  mappings: [{ framework: "NIST 800-53r5", control: "SC-7" }],
  levels: { baseline: "advisory" },
  checks: { [type]: ({ properties }) => requireGiven(properties.get("vpcConfiguration").get("vpcId")) },
  examples: [
    { title: "one VPC", verdict: "pass", resources: [point({ vpcConfiguration: { vpcId: UNKNOWN } })] },
    { title: "nothing said, which means the internet", verdict: "fail", absent: true, resources: [point()] },
    { title: "known only later", verdict: "undecided", resources: [point({ vpcConfiguration: UNKNOWN })] },
  ],
});
