import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, text } from "../kit";
import { inVpc } from "./vpc";

const controlType = "aws:ec2/vpcEncryptionControl:VpcEncryptionControl";

/** What carries traffic out of a VPC unencrypted, and the exclusion that lets it stand. */
const exclusions: Record<string, string> = {
  internetGateway: "aws:ec2/internetGateway:InternetGateway",
  egressOnlyInternetGateway: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
  natGateway: "aws:ec2/natGateway:NatGateway",
};

const exclusionNames = [
  "egressOnlyInternetGateway",
  "elasticFileSystem",
  "internetGateway",
  "lambda",
  "natGateway",
  "virtualPrivateGateway",
  "vpcLattice",
  "vpcPeering",
].map((name) => `${name}Exclusion`);

const isExcluded = (properties: Record<string, unknown>, kind: string): boolean =>
  properties[`${kind}Exclusion`] === "enable";

/** Refuses in a VPC under enforcement what would carry traffic unencrypted and is not excluded. */
export function refuseUnencrypted(context: Context, vpcId: string | undefined, kind: string): void {
  if (context.old !== undefined || vpcId === undefined) return;
  const control = context.world
    .resources(controlType, context.region)
    .find((one) => one.outputs.vpcId === vpcId && one.outputs.mode === "enforce");
  if (control !== undefined && !isExcluded(control.outputs, kind)) {
    context.refuse({
      code: "VpcEncryptionControlViolation",
      message: `VPC ${vpcId} enforces encryption in transit (${control.id}), and no exclusion lets it have this: ${kind}`,
    });
  }
}

/** The resources of a VPC that keep it from enforcing. */
function blockers(context: Context): WorldResource[] {
  const vpc = context.target("vpcId");
  return Object.entries(exclusions)
    .filter(([kind]) => !isExcluded(context.inputs, kind))
    .flatMap(([, type]) => context.world.resources(type, context.region))
    .filter((one) => vpc !== undefined && one.outputs.vpcId === vpc.id);
}

const control: TypeEntry = {
  type: controlType,
  label: "EC2 VPC Encryption Control",
  api: "EC2",
  operations: { update: "ModifyVpcEncryptionControl" },
  provider: "aws_vpc_encryption_control",
  cloudFormation: "AWS::EC2::VPCEncryptionControl",
  id: (context) => context.ids.ec2("vpcec"),
  computed: { state: () => "available", stateMessage: () => "succeeded", resourceExclusions: () => ({}) },
  references: [{ ...inVpc, holds: false }],
  enums: {
    mode: ["monitor", "enforce"],
    ...Object.fromEntries(exclusionNames.map((name) => [name, ["enable", "disable"]])),
  },
  unique: [
    {
      by: (inputs) => String(inputs.vpcId),
      refusal: { code: "VpcEncryptionControlAlreadyExists", message: "VPC {value} already has an encryption control" },
    },
  ],
  seconds: lasts(15, 15, 15),
  facts: [
    known("one a VPC", sources.api),
    known("gateways to the internet and others keep a VPC from enforcing unless they are excluded", sources.guide),
    known("exclusions count in the mode enforce alone", sources.code),
    likely("wording and code of the refusal of what is made under enforcement", sources.guide),
  ],
  rules(context) {
    const found = context.inputs.mode === "enforce" ? blockers(context) : [];
    if (found.length > 0) {
      const lines = found.map(
        (one) => `* Type: "${text(one.type.split(":")[2])}", Id: "${one.id}" (${one.urn ?? "made by AWS"})`,
      );
      context.refuse({
        code: "VpcEncryptionControlStateTransitionFailed",
        message: `The following resources prevented enforcement:\n\n${lines.join("\n")}`,
      });
    }
  },
};

export const entries: TypeEntry[] = [control];
