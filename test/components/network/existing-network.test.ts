import { describe, expect, it } from "vitest";
import {
  type ExistingNetwork,
  type InputError,
  NetworkEgress,
  PrivateNetwork,
  type PrivateNetworkArgs,
} from "../../../components";
import { make } from "../support";
import { args, made, zones } from "./private-network";

const existing: ExistingNetwork = {
  vpcId: "vpc-old",
  workloadSubnetIds: ["subnet-w0", "subnet-w1"],
  endpointSubnetIds: ["subnet-e0", "subnet-e1"],
  controlPlaneSubnetIds: ["subnet-c0", "subnet-c1"],
  routeTableIds: ["rtb-0", "rtb-1"],
};
/** What AWS says of the VPC above, with what is told otherwise of a part by the name that it is read under. */
const reads =
  (otherwise: Record<string, Record<string, unknown>> = {}) =>
  (type: string, name: string) => {
    const place = zones.findIndex((zone) => name.endsWith(zone));
    const tier = ["workload", "endpoint", "controlPlane"].findIndex((one) => name.includes(one));
    const facts: Record<string, Record<string, unknown>> = {
      "aws:ec2/vpc:Vpc": {
        cidrBlock: "10.20.0.0/16",
        enableDnsSupport: true,
        enableDnsHostnames: true,
        defaultSecurityGroupId: "sg-default",
      },
      "aws:ec2/securityGroup:SecurityGroup": { ingress: [], egress: [] },
      "aws:ec2/subnet:Subnet": {
        vpcId: "vpc-old",
        cidrBlock: `10.20.${16 * tier + place}.0/24`,
        availabilityZone: zones[place],
        availabilityZoneId: `euc1-az${place}`,
        mapPublicIpOnLaunch: false,
      },
      "aws:ec2/routeTable:RouteTable": { vpcId: "vpc-old", routes: [] },
    };
    return { ...facts[type], ...otherwise[name] };
  };
const adopted = (
  otherwise: Record<string, Record<string, unknown>> = {},
  more: Partial<PrivateNetworkArgs> = {},
  preview = false,
) =>
  make("PrivateNetwork", () => new PrivateNetwork("test", { ...args, existing, ...more }), {
    preview,
    reads: reads(otherwise),
  });

describe("an existing network", () => {
  it("adopts a VPC: reads its parts, makes none of them, and watches it like its own", async () => {
    const [network, own] = await Promise.all([adopted(), made({}, false)]);
    const parts = /vpc:Vpc|subnet:Subnet|routeTable|networkAcl|NetworkAcl|SecurityGroup|ternetGateway/;
    expect(network.children).toEqual(own.children.filter((child) => !parts.test(child)));
    expect(network.child("FlowLog").inputs.vpcId).toBe("vpc-old");
    expect(network.outputs).toEqual({
      ...existing,
      cidr: "10.20.0.0/16",
      podSubnetIds: [],
      inspectionSubnetIds: [],
      publicRouteTableIds: [],
    });
  });

  it("does not adopt a VPC that it would not have made, and says all that is wrong with it at once", async () => {
    const wrong = {
      test: { cidrBlock: "10.30.0.0/16", enableDnsHostnames: false },
      "test-default": { egress: [{}] },
      "test-workload-eu-central-1a": { vpcId: "vpc-x" },
      "test-workload-eu-central-1b": { availabilityZone: zones[0] },
      "test-endpoint-eu-central-1a": { mapPublicIpOnLaunch: true, cidrBlock: "10.20.0.0/24" },
      "test-endpoint-eu-central-1b": { cidrBlock: "10.99.0.0/24" },
      "test-eu-central-1a": { vpcId: "vpc-x", routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
      "test-eu-central-1b": {
        routes: [
          { cidrBlock: "8.0.0.0/8", natGatewayId: "nat-1" },
          { cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" },
        ],
      },
    };
    for (const preview of [true, false]) {
      const error = await adopted(wrong, {}, preview).catch((thrown: unknown) => thrown as InputError);
      expect((error as InputError).problems.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
        "cidr: the VPC's own block is 10.30.0.0/16",
        "existing.vpcId: endpoints have private names only where the VPC has DNS support and DNS host names",
        "existing.vpcId: its default security group lets traffic through",
        "existing.workloadSubnetIds[0]: it is in vpc-x",
        "existing.workloadSubnetIds[1]: it is in eu-central-1a, and its place is eu-central-1b's",
        "existing.endpointSubnetIds[0]: it gives public addresses to what starts in it",
        "existing.endpointSubnetIds[0]: it is existing.workloadSubnetIds[0] as well",
        "existing.endpointSubnetIds[1]: its block 10.99.0.0/24 is outside of 10.20.0.0/16, which rules are made for",
        "existing.routeTableIds[0]: it is another VPC's",
        "existing.routeTableIds[0]: nothing inspects what takes it",
        "existing.routeTableIds[1]: nothing inspects what takes it",
        'existing.routeTableIds[1]: it leads out of the network, whose egress is "none"',
      ]);
    }
  });

  it("adopts a VPC whose egress somebody else inspects, where it is said to be", async () => {
    const routes = [{ cidrBlock: "0.0.0.0/0", transitGatewayId: "tgw-1" }];
    await adopted({ "test-eu-central-1a": { routes } }, { egress: NetworkEgress.Inspected });
  });
});
