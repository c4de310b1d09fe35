import { type Problem, printable } from "../problem";
import type { NetworkEgressMode } from "./tiers";

/** Which traffic internet gateways may not carry, account-wide (VPC User Guide, "Block public access to VPCs and subnets"). */
export type BlockPublicAccessMode = "off" | "block-ingress" | "block-bidirectional";

/**
 * Whether a network works under the account's VPC Block Public Access. Ingress-only blocking lets NAT gateways work; under bidirectional
 * blocking, subnets of NAT gateways need an egress-only exclusion.
 *
 * @param excluded Whether the network makes that exclusion for the subnets of its NAT gateways.
 */
export function blockPublicAccessProblems(
  mode: BlockPublicAccessMode,
  egress: NetworkEgressMode,
  excluded = false,
): Problem[] {
  if (egress !== "inspected" || mode !== "block-bidirectional" || excluded) return [];
  const path = "vpcBlockPublicAccess";
  const found = printable(mode);
  const reason = "it also stops what the NAT gateways of a network with inspected egress send out";
  const remedy =
    'Set it to "block-ingress", or have the network except the subnets of its NAT gateways for egress alone';
  return [{ path, found, reason, remedy }];
}

/** What GuardDuty may install and manage by itself under Runtime Monitoring, by its own names. */
export const GUARDDUTY_AGENT_MANAGEMENT = [
  "EKS_ADDON_MANAGEMENT",
  "ECS_FARGATE_AGENT_MANAGEMENT",
  "EC2_AGENT_MANAGEMENT",
] as const;
export type GuardDutyAgentManagement = (typeof GUARDDUTY_AGENT_MANAGEMENT)[number];

/** What the baseline of an account says of GuardDuty. */
export interface RuntimeMonitoringState {
  /** Whether Runtime Monitoring is on. */
  readonly runtimeMonitoring: boolean;
  /** Which kinds of agents GuardDuty manages itself. What is left out is not known. */
  readonly agentManagement?: Partial<Readonly<Record<GuardDutyAgentManagement, boolean>>>;
  /** Whether the organisation's delegated administrator decides, and the account cannot. Default false. */
  readonly managedByOrganization?: boolean;
}

/**
 * Whether `guardduty-data` can be ours. GuardDuty's own agent management makes an endpoint and a security group in each VPC, which
 * nothing of ours deletes, so that the VPC cannot be deleted either (GuardDuty User Guide, "Runtime Monitoring").
 *
 * @param endpoint Whether the network has the endpoint `guardduty-data`.
 */
export function runtimeMonitoringProblems(state: RuntimeMonitoringState, endpoint: boolean): Problem[] {
  if (!state.runtimeMonitoring) return [];
  if (!endpoint) {
    const reason = "agents on nodes have no endpoint guardduty-data to send what they see to";
    const remedy =
      "Add runtime-monitoring to the consumers of the network's endpoints, or switch Runtime Monitoring off";
    return [{ path: "guardDuty.runtimeMonitoring", found: "true", reason, remedy }];
  }
  return GUARDDUTY_AGENT_MANAGEMENT.flatMap((name) => {
    const managed = state.agentManagement?.[name];
    if (managed === false) return [];
    const reason =
      managed === undefined
        ? "nobody says that GuardDuty does not make its own endpoint, which would keep the VPC from being deleted"
        : "GuardDuty makes its own endpoint and security group in the VPC, which then cannot be deleted";
    const path = `guardDuty.agentManagement.${name}`;
    return [{ path, found: printable(managed), reason, remedy: whoSwitchesItOff(name, state) }];
  });
}

function whoSwitchesItOff(name: string, { managedByOrganization = false }: RuntimeMonitoringState): string {
  return managedByOrganization
    ? `Have the organisation's delegated administrator of GuardDuty set ${name} to NONE; an account of it cannot`
    : `Set ${name} to DISABLED in the layer account`;
}
