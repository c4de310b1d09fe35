import { UNKNOWN } from "../../../kit/property";
import { referenceParts } from "../../../kit/references";
import { rule } from "../../../kit/rule";
import { trailExample, trailType } from "../../../kit/trails";

const group = { type: "aws:cloudwatch/logGroup:LogGroup", name: "events", properties: { name: "/audit/events" } };
const role = { type: "aws:iam/role:Role", name: "deliver", properties: {} };
const cloudWatchLogsGroupArn = "arn:aws:logs:eu-central-1:111122223333:log-group:/audit/events:*";
const cloudWatchLogsRoleArn = "arn:aws:iam::111122223333:role/deliver";

export const trailLogGroup = rule({
  id: "aws-cloudtrail-log-group",
  title: "Trails send their events to CloudWatch Logs as well",
  severity: "low",
  rationale: "Files in a bucket arrive after minutes and wake nobody; alarms need the events in a log group.",
  remediation:
    "Set cloudWatchLogsGroupArn to a LogGroup's ARN followed by :*, and cloudWatchLogsRoleArn to a role that writes there.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.5" },
    { framework: "NIST 800-53r5", control: "AU-6" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
  ],
  // Where findings come from GuardDuty or a system of the organisation, a second copy only costs.
  levels: { baseline: "advisory" },
  ...referenceParts(trailType, [
    {
      property: "cloudWatchLogsGroupArn",
      from: ["aws:cloudwatch/logGroup:LogGroup"],
      absent: "is not set, so no alarm can see the events",
    },
    { property: "cloudWatchLogsRoleArn", from: ["aws:iam/role:Role"], absent: "is not set, so nothing is delivered" },
  ]),
  examples: [
    {
      title: "a log group and a role of the stack",
      verdict: "pass",
      resources: [
        group,
        role,
        {
          ...trailExample({ cloudWatchLogsGroupArn: UNKNOWN, cloudWatchLogsRoleArn: UNKNOWN }),
          dependencies: { cloudWatchLogsGroupArn: ["events"], cloudWatchLogsRoleArn: ["deliver"] },
        },
      ],
    },
    {
      title: "a log group that is there",
      verdict: "pass",
      resources: [trailExample({ cloudWatchLogsGroupArn, cloudWatchLogsRoleArn })],
    },
    { title: "no log group", verdict: "fail", absent: true, resources: [trailExample()] },
    { title: "no role", verdict: "fail", resources: [trailExample({ cloudWatchLogsGroupArn })] },
    {
      title: "a log group known only later",
      verdict: "undecided",
      resources: [trailExample({ cloudWatchLogsGroupArn: UNKNOWN, cloudWatchLogsRoleArn })],
    },
  ],
});
