import { PrivateNetwork, type PrivateNetworkArgs } from "../../../components";
import { keyArn, type Made, make, scope } from "../support";

export const zones = ["eu-central-1a", "eu-central-1b"];
export const args: PrivateNetworkArgs = { ...scope, cidr: "10.20.0.0/16", zones, logKeyArn: keyArn };
export const made = (more: Partial<PrivateNetworkArgs> = {}, preview = true) =>
  make("PrivateNetwork", () => new PrivateNetwork("test", { ...args, ...more }), { preview });

/** name → inputs that place a subnet. */
export function subnets(network: Made): Record<string, unknown[]> {
  return Object.fromEntries(
    network.customs
      .filter(({ type }) => type === "aws:ec2/subnet:Subnet")
      .map(({ name, inputs }) => [name, [inputs.availabilityZone ?? inputs.availabilityZoneId, inputs.cidrBlock]]),
  );
}
