import { vpcType } from "../types/ec2/vpc";
import { text } from "../types/templates";
import type { AskedWorld } from "./world";

/**
 * Why VPC Block Public Access keeps traffic of a VPC from leaving through its internet gateway; undefined when it does not. `natSubnetId`: where the NAT
 * gateway stands through which it leaves. Traffic that a NAT gateway lets out is no ingress. Source: Amazon VPC user guide, block public access.
 */
export function publicAccess(world: AskedWorld, vpcId: string, natSubnetId: string | undefined): string | undefined {
  const region = world.find([vpcType], vpcId)?.region;
  const options = world
    .all("aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions")
    .find((one) => one.region === region);
  const mode = text(options?.outputs.internetGatewayBlockMode) ?? "off";
  if (mode === "off" || (mode === "block-ingress" && natSubnetId !== undefined)) return undefined;
  const exclusions = world
    .all("aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion")
    .filter(
      ({ outputs }) => outputs.vpcId === vpcId || (natSubnetId !== undefined && outputs.subnetId === natSubnetId),
    );
  const isLet = exclusions.some(
    ({ outputs }) => outputs.internetGatewayExclusionMode === "allow-bidirectional" || natSubnetId !== undefined,
  );
  return isLet ? undefined : `block public access (${mode}) keeps ${vpcId} from its internet gateway: no exclusion`;
}
