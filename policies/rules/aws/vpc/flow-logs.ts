import { requireOneOf } from "../../../kit/checks";
import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const vpc: ExampleResource = { type: "aws:ec2/vpc:Vpc", name: "network", properties: { cidrBlock: "10.20.0.0/16" } };
const flowLog = (trafficType: Plain): ExampleResource => ({
  type: "aws:ec2/flowLog:FlowLog",
  name: "network",
  properties: { vpcId: UNKNOWN, trafficType },
  dependencies: { vpcId: ["network"] },
});

export const flowLogs = rule({
  id: "aws-vpc-flow-logs",
  title: "Every VPC records all its traffic",
  severity: "medium",
  rationale:
    "Flow logs are what shows afterwards where data went; without the accepted traffic an exfiltration leaves no trace.",
  remediation: 'Add a FlowLog for the VPC with trafficType "ALL".',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.6" },
    { framework: "NIST 800-53r5", control: "AU-12" },
  ],
  levels: { baseline: "advisory" },
  deviation: "ec2-flow-logs",
  checks: {
    "aws:ec2/flowLog:FlowLog": ({ properties }) =>
      properties.get("vpcId").isAbsent ? [] : requireOneOf(properties.get("trafficType"), ["ALL"], 'is not "ALL"'),
  },
  stack: (index) =>
    index.ofType("aws:ec2/vpc:Vpc").flatMap((owner) =>
      companionFindings(index, owner, {
        types: ["aws:ec2/flowLog:FlowLog"],
        property: "vpcId",
        identifiers: ["id"],
        missing: "the VPC has no FlowLog",
      }),
    ),
  examples: [
    { title: "all traffic", verdict: "pass", profile: "regulated", resources: [vpc, flowLog("ALL")] },
    { title: "no flow log", verdict: "fail", absent: true, profile: "regulated", resources: [vpc] },
    { title: "rejected traffic only", verdict: "fail", profile: "regulated", resources: [vpc, flowLog("REJECT")] },
    {
      title: "traffic known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: [vpc, flowLog(UNKNOWN)],
    },
  ],
});
