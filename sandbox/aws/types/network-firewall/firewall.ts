import type { WorldResource } from "../../world/model";
import { endpointType } from "../ec2/routing";
import { inVpc, subnetType } from "../ec2/vpc";
import { type Companion, type Context, type Effects, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, list, needs, object } from "../kit";
import { firewallType, inUse, invalid, ownName, policyType, taken, updateToken, withKey } from "./shared";

const firewall: TypeEntry = {
  type: firewallType,
  label: "NetworkFirewall Firewall",
  api: "Network Firewall",
  operations: { update: "AssociateFirewallPolicy" },
  provider: "aws_networkfirewall_firewall",
  cloudFormation: "AWS::NetworkFirewall::Firewall",
  id: "arn:{partition}:network-firewall:{region}:{account}:firewall/{name}",
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { firewallStatuses, transitGatewayOwnerAccountId: () => "", updateToken },
  changing: ["firewallStatuses", "updateToken"],
  references: [
    inVpc,
    needs("firewallPolicyArn", policyType, invalid("Firewall policy {value} does not exist"), {
      by: ["arn"],
      holds: true,
    }),
    needs("subnetMappings[].subnetId", subnetType, invalid("The subnet ID '{value}' does not exist"), { holds: true }),
    withKey,
  ],
  unique: [{ by: ownName, refusal: taken("Firewall") }],
  quotas: [
    {
      limit: 5,
      per: ({ region }) => region,
      refusal: { code: "LimitExceededException", message: "The maximum number of firewalls has been reached." },
    },
  ],
  deletionRefused: inUse,
  seconds: lasts(420, 180, 360),
  facts: [
    known("five firewalls a Region, names once", sources.quotas),
    known("one subnet a zone, all in the firewall's VPC; an endpoint of its own in each", sources.guide),
    known("protections of deletion, policy and subnets are lifted before the change that they keep off", sources.guide),
    likely("a firewall with routes to its endpoints is in use and is not deleted", sources.guide),
  ],
  rules: firewallRules,
  deletable(context, resource) {
    if (resource.outputs.deleteProtection === true) {
      context.refuse({
        code: "InvalidOperationException",
        message: `Unable to fulfill request because the firewall ${resource.id} has delete protection enabled`,
      });
    }
    refuseRouted(context, endpointsOf(context, resource), resource.id);
  },
  onCreate: (context, made) => ({ companions: endpointCompanions(context, made) }),
  onUpdate: changedEndpoints,
  onDelete: (context, resource) => ({
    remains: list(resource.outputs.subnetMappings).map((mapping) => ({
      kind: "network-interface" as const,
      what: `network interface of the deleted firewall ${String(resource.outputs.name)} in ${String(object(mapping).subnetId)}`,
      holds: resource.holds.filter((one) => /^aws:ec2\/(vpc|subnet):/.test(one)),
      until: context.now + 360 + 30,
    })),
  }),
};

function firewallRules(context: Context): undefined {
  const zones = new Map<unknown, string>();
  for (const subnet of context.targets("subnetMappings[].subnetId")) {
    if (subnet.outputs.vpcId !== context.inputs.vpcId) {
      context.refuse(invalid(`Subnet ${subnet.id} is not in the VPC ${String(context.inputs.vpcId)}`));
    }
    const other = zones.get(subnet.outputs.availabilityZone);
    if (other !== undefined) {
      context.refuse(
        invalid(`Subnets ${other} and ${subnet.id} are in the same zone ${String(subnet.outputs.availabilityZone)}`),
      );
    }
    zones.set(subnet.outputs.availabilityZone, subnet.id);
  }
  if (context.old !== undefined) checkProtections(context, context.old);
}

/** A protection that the same update lifts is lifted first. */
function checkProtections(context: Context, old: WorldResource): void {
  const { inputs } = context;
  const isKept = (name: string) => old.outputs[name] === true && inputs[name] === true;
  const refuse = (what: string) =>
    context.refuse({
      code: "InvalidOperationException",
      message: `Unable to fulfill request because the firewall has ${what} change protection enabled`,
    });
  if (isKept("firewallPolicyChangeProtection") && old.outputs.firewallPolicyArn !== inputs.firewallPolicyArn) {
    refuse("policy");
  }
  const gone = subnetsOf(old.outputs).filter((subnet) => !subnetsOf(inputs).includes(subnet));
  if (isKept("subnetChangeProtection") && subnetsOf(old.outputs).join() !== subnetsOf(inputs).join()) refuse("subnet");
  const left = endpointsOf(context, old).filter(({ outputs }) => gone.includes(list(outputs.subnetIds).join()));
  refuseRouted(context, left, old.id);
}

const subnetsOf = (properties: Record<string, unknown>): string[] =>
  list(properties.subnetMappings)
    .map((mapping) => String(object(mapping).subnetId))
    .sort();

const endpointsOf = (context: Context, made: WorldResource): WorldResource[] =>
  context.world.referrers(made.key).filter((one) => one.owner === made.key && one.type === endpointType);

function refuseRouted(context: Context, endpoints: WorldResource[], id: string): void {
  const routes = endpoints.flatMap((one) => context.world.holders(one.key));
  if (routes.length > 0) {
    const users = routes.map((one) => one.urn ?? one.id).join(", ");
    context.refuse({ ...inUse, message: `${inUse.message} (routes lead to its endpoints: ${users})` }, { id });
  }
}

/** The endpoint in a subnet keeps its id as long as the firewall stands there. */
const endpointId = (context: Context, subnetId: string): string => context.ids.ec2("vpce", `firewall ${subnetId}`);

function firewallStatuses(context: Context): unknown[] {
  const syncStates = context.targets("subnetMappings[].subnetId").map((subnet) => ({
    availabilityZone: subnet.outputs.availabilityZone,
    attachments: [{ endpointId: endpointId(context, subnet.id), subnetId: subnet.id }],
  }));
  return [{ syncStates, transitGatewayAttachmentSyncStates: [] }];
}

function endpointCompanions(context: Context, made: WorldResource): Companion[] {
  const vpc = context.target("vpcId");
  return context.targets("subnetMappings[].subnetId").map((subnet) => ({
    type: endpointType,
    id: endpointId(context, subnet.id),
    outputs: {
      serviceName: `com.amazonaws.vpce.${context.region}.vpce-svc-${context.ids.hex(17, made.id)}`,
      vpcEndpointType: "GatewayLoadBalancer",
      requesterManaged: true,
      vpcId: vpc?.id,
      subnetIds: [subnet.id],
    },
    holds: [subnet.key, ...(vpc === undefined ? [] : [vpc.key])],
  }));
}

function changedEndpoints(context: Context, made: WorldResource): Effects {
  const wanted = endpointCompanions(context, made);
  const there = endpointsOf(context, made);
  return {
    companions: wanted.filter((one) => !there.some((other) => other.id === one.id)),
    removed: there.filter((one) => !wanted.some((other) => other.id === one.id)),
  };
}

export const entries: TypeEntry[] = [firewall];
