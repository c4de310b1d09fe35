import { type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import { scalingGroup, scalingGroupType } from "../../../kit/scaling-groups";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const attachmentTypes = [
  "aws:autoscaling/attachment:Attachment",
  "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment",
] as const;
const lists = ["loadBalancers", "targetGroupArns", "trafficSources"] as const;
const arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/serving/1";
const attachment: ExampleResource = {
  type: attachmentTypes[0],
  name: "serving",
  properties: { autoscalingGroupName: UNKNOWN, lbTargetGroupArn: arn },
  dependencies: { autoscalingGroupName: ["serving"] },
};

export const loadBalancerHealth = rule({
  id: "aws-autoscaling-load-balancer-health",
  title: "A group behind a load balancer replaces what the load balancer finds unhealthy",
  severity: "low",
  rationale:
    "A machine can run while the service on it is dead; without the load balancer's word it stays and answers nobody.",
  remediation: 'Set healthCheckType of the group to "ELB".',
  mappings: [
    { framework: "AWS FSBP", control: "AutoScaling.1" },
    { framework: "NIST 800-53r5", control: "CP-2(2)" },
    { framework: "NIST 800-53r5", control: "SI-2" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [scalingGroupType]: ({ properties }) => {
      const behind = inlineLinks(properties);
      const finding = behind === "none" ? undefined : healthFinding(properties, behind === "some");
      return finding === undefined ? [] : [finding];
    },
  },
  remedies: { [scalingGroupType]: () => ({ healthCheckType: "ELB" }) },
  stack: (index) => index.ofType(scalingGroupType).flatMap((group) => attachedFindings(index, group)),
  observes: attachmentTypes,
  examples: [
    {
      title: "the load balancer's checks",
      verdict: "pass",
      resources: [scalingGroup({ targetGroupArns: [arn], healthCheckType: "ELB" })],
    },
    {
      title: "checks of both",
      verdict: "pass",
      resources: [scalingGroup({ targetGroupArns: [arn], healthCheckType: "EC2,ELB" })],
    },
    { title: "no load balancer", verdict: "pass", resources: [scalingGroup({ healthCheckType: "EC2" })] },
    { title: "nothing said", verdict: "fail", absent: true, resources: [scalingGroup({ targetGroupArns: [arn] })] },
    {
      title: "checks of the machine alone",
      verdict: "fail",
      resources: [scalingGroup({ trafficSources: [{ identifier: arn, type: "elbv2" }], healthCheckType: "EC2" })],
    },
    { title: "a target group that is attached", verdict: "fail", resources: [scalingGroup({}), attachment] },
    {
      title: "target groups known only later",
      verdict: "undecided",
      resources: [scalingGroup({ targetGroupArns: UNKNOWN })],
    },
    {
      title: "a group that may be the attached one",
      verdict: "undecided",
      resources: [scalingGroup({}), { ...attachment, dependencies: {} }],
    },
  ],
});

type Group = Property<{ healthCheckType?: string; loadBalancers?: string[]; targetGroupArns?: string[] }>;

function inlineLinks(properties: Property<unknown>): "none" | "maybe" | "some" {
  const read = lists.map((name) => (properties as Property<Record<string, unknown[]>>).get(name).items());
  if (read.some(({ items }) => items.length > 0)) return "some";
  return read.every(({ complete }) => complete) ? "none" : "maybe";
}

function healthFinding(properties: Property<unknown>, isBehind: boolean) {
  const type = (properties as Group).get("healthCheckType");
  const value = type.text();
  if (value === UNKNOWN) return undecided(type);
  if (
    value
      ?.toUpperCase()
      .split(/[\s,]+/)
      .some((check) => check === "ELB" || check === "VPC_LATTICE")
  )
    return undefined;
  return isBehind
    ? fail(type, "does not name the load balancer's checks, so only a machine that stops is replaced")
    : undecided(type, "whether the group is behind a load balancer is known only after deployment");
}

/** Groups that other resources put behind a load balancer. */
function attachedFindings(index: StackIndex, group: StackResource<typeof scalingGroupType>): StackFinding[] {
  const properties = group.inputs ?? group.properties;
  if (inlineLinks(properties) !== "none") return [];
  const links = index.linksTo(group, attachmentTypes, "autoscalingGroupName", ["name", "id"]);
  if (links.length === 0) return [];
  const finding = healthFinding(
    properties,
    links.some(({ certainty }) => certainty === "sure"),
  );
  return finding === undefined ? [] : [{ ...finding, resource: group }];
}
