import * as pulumi from "@pulumi/pulumi";
import {
  ATTESTATION_TIERS,
  attestationLabels,
  attestationProblems,
  attestationTaints,
  beforeKubelet,
  bottlerocketJoin,
  bottlerocketUserData,
  defaultAmiType,
  enclaveCommands,
  findInstanceType,
  type ImageFacts,
  type InstanceTypeFacts,
  instanceType,
  mimeUserData,
  nodeConfig,
  type Problem,
  SANDBOX_LABEL,
  type UserDataPart,
} from "gabion-knowledge";
import { choiceProblems } from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import {
  type AttestedNodePoolArgs,
  attestationArgsProblems,
  enclaveProblems,
  type NodeImageArgs,
  ownImageRequired,
} from "./attestation-args";
import { type PoolTaint, poolMissing, poolProblems, TaintEffect } from "./pool-args";
import { base64, makePool, poolLabels, type TemplateExtras } from "./pool-resources";
import {
  acceleratorLabels,
  acceleratorTaints,
  singleTypeParts,
  singleTypeProblems,
  singleTypeRequired,
  unknownTypeProblems,
} from "./single-type-pool";

/**
 * A pool of nodes that can prove what they are, all of one type: by NitroTPM (`measured-boot`, `attestable-image`), for what runs in
 * their enclaves (`enclave`), or by their processor (`sev-snp`). Whether type, image, boot mode and Region can do it is decided in the
 * preview. Nodes carry the tier as label and taint `gabion.dev/attestation`: admission and tenants place by it.
 *
 * All tiers but `sev-snp` are for a key that only they can open. The nodes' role gets no right to it: its policy names who may, and
 * asks for their measurements.
 *
 * Give cluster and endpoints in `dependsOn`: nodes need both to become ready and to leave.
 */
export class AttestedNodePool extends pulumi.ComponentResource {
  /** The name of the node group. */
  public readonly nodeGroupName: pulumi.Output<string>;
  /** The ARN of the nodes' role. */
  public readonly nodeRoleArn: pulumi.Output<string>;
  /** The security group of the EFA traffic; undefined without EFA. */
  public readonly efaSecurityGroupId: pulumi.Output<string | undefined>;
  /** The labels by which pods choose nodes of the tier. */
  public readonly attestationLabels: pulumi.Output<Record<string, string>>;
  /** The taints that pods must tolerate to get there, those of accelerators among them. */
  public readonly taints: pulumi.Output<PoolTaint[]>;
  /** The ARN of the key that the pool is for; undefined for `sev-snp`. */
  public readonly attestedKeyArn: pulumi.Output<string | undefined>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: AttestedNodePoolArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("AttestedNodePool", name, argumentProblems(name, args));
    super("gabion:index:AttestedNodePool", name, args, opts);

    const type = instanceType(args.instanceType);
    const parts = singleTypeParts("AttestedNodePool", name, args, type, this);
    const labels = { ...acceleratorLabels(type, args.efa === true), ...tierLabels(args) };
    const taints: PoolTaint[] = [...tierTaints(args), ...acceleratorTaints(type)];
    const { group, role } = makePool({
      name,
      parent: this,
      dependsOn: opts?.dependsOn,
      args: withAmiType(args, type),
      types: [type],
      subnetIds: parts.subnetIds,
      diskGiB: args.diskGiB ?? (type.accelerator === undefined ? 80 : 200),
      labels,
      taints,
      template: { ...parts.template, ...tierTemplate(name, args, labels, taints) },
      updateConfig: { maxUnavailable: 1 },
      capacityBlock: parts.capacityBlock,
      ownImage: args.image?.family,
      rootDevice: args.image?.rootDevice,
      groupTags: {
        "gabion:attestation-tier": args.tier,
        ...(args.attestedKey === undefined ? {} : { "gabion:attested-key": args.attestedKey.keyArn }),
      },
    });

    this.nodeGroupName = group.nodeGroupName;
    this.nodeRoleArn = role.arn;
    this.efaSecurityGroupId = pulumi.output(parts.efaGroupId);
    this.attestationLabels = pulumi.output(tierLabels(args));
    this.taints = pulumi.output(taints);
    this.attestedKeyArn = pulumi.output(args.attestedKey?.keyArn);
    this.registerOutputs({
      nodeGroupName: this.nodeGroupName,
      nodeRoleArn: this.nodeRoleArn,
      efaSecurityGroupId: this.efaSecurityGroupId,
      attestationLabels: this.attestationLabels,
      taints: this.taints,
      attestedKeyArn: this.attestedKeyArn,
    });
  }
}

function tierLabels({ tier, sandboxRuntime }: AttestedNodePoolArgs): Record<string, string> {
  return { ...attestationLabels(tier), ...(sandboxRuntime === undefined ? {} : { [SANDBOX_LABEL]: sandboxRuntime }) };
}

/** Pods in sandboxes tolerate what their runtime class says, and that knows one taint. */
function tierTaints({ tier, sandboxRuntime }: AttestedNodePoolArgs): PoolTaint[] {
  if (sandboxRuntime === undefined) return [...attestationTaints(tier)];
  return [{ key: SANDBOX_LABEL, value: sandboxRuntime, effect: TaintEffect.NoSchedule }];
}

/** Bottlerocket runs no enclaves, so their pools have Amazon Linux where nothing else is said. */
function withAmiType(args: AttestedNodePoolArgs, type: InstanceTypeFacts): AttestedNodePoolArgs {
  if (args.tier !== "enclave" || args.amiType !== undefined || args.image !== undefined) return args;
  const architecture = type.architecture === "arm64" ? "ARM_64" : "x86_64";
  const driver = type.accelerator === undefined ? "STANDARD" : type.accelerator.kind === "gpu" ? "NVIDIA" : "NEURON";
  return { ...args, amiType: `AL2023_${architecture}_${driver}` };
}

function tierTemplate(
  name: string,
  args: AttestedNodePoolArgs,
  labels: Readonly<Record<string, string>>,
  taints: readonly PoolTaint[],
): TemplateExtras {
  return {
    ...(args.tier === "enclave" ? { enclaveOptions: { enabled: true } } : {}),
    ...(args.tier === "sev-snp" ? { cpuOptions: { amdSevSnp: "enabled" } } : {}),
    ...(args.image === undefined ? {} : { imageId: args.image.id }),
    ...userData(name, args, labels, taints),
  };
}

function userData(
  name: string,
  args: AttestedNodePoolArgs,
  labels: Readonly<Record<string, string>>,
  taints: readonly PoolTaint[],
): { userData?: pulumi.Input<string> } {
  // Software is not loaded into an image that was measured: one of your own has the tools of enclaves.
  const scripts =
    args.enclave === undefined ? [] : [beforeKubelet(enclaveCommands(args.enclave, args.image !== undefined))];
  if (args.image !== undefined) {
    const joining = joiningText(args, args.image, poolLabels({ name, args, labels }), taints, scripts);
    return { userData: joining.apply(base64) };
  }
  return scripts.length === 0 ? {} : { userData: base64(mimeUserData(scripts)) };
}

/** All that EKS tells the nodes of its own images, for one that it does not know. */
function joiningText(
  args: AttestedNodePoolArgs,
  image: NodeImageArgs,
  labels: Readonly<Record<string, string>>,
  taints: readonly PoolTaint[],
  scripts: readonly UserDataPart[],
): pulumi.Output<string> {
  const { clusterName, clusterEndpoint, clusterCertificateAuthority, serviceCidr } = args;
  return pulumi
    .all([clusterName, clusterEndpoint ?? "", clusterCertificateAuthority ?? "", serviceCidr ?? ""])
    .apply(([cluster, endpoint, certificateAuthority, cidr]) => {
      const node = { clusterName: cluster, endpoint, certificateAuthority, serviceCidr: cidr, labels, taints };
      if (image.family === "BOTTLEROCKET") return bottlerocketUserData(bottlerocketJoin(node));
      return mimeUserData([{ type: "application/node.eks.aws", text: nodeConfig(node) }, ...scripts]);
    });
}

function argumentProblems(name: string, args: AttestedNodePoolArgs): Problem[] {
  const missing = poolMissing(args, [...singleTypeRequired(args), "tier", ...ownImageRequired(args)]);
  const type = typeof args.instanceType === "string" ? findInstanceType(args.instanceType) : undefined;
  const types = type === undefined ? [] : [type];
  const checked = type === undefined ? args : withAmiType(args, type);
  return [
    ...poolProblems(name, checked, missing, types, { ownImage: args.image !== undefined }),
    ...(args.instanceType && type === undefined ? unknownTypeProblems(args.instanceType) : []),
    ...(args.tier ? choiceProblems("tier", args.tier, ATTESTATION_TIERS) : []),
    ...singleTypeProblems(args),
    ...attestationArgsProblems(args),
    ...(type === undefined || !ATTESTATION_TIERS.includes(args.tier) ? [] : tierProblems(checked, type)),
  ];
}

/** Whether type, image, boot mode and Region can do what the tier says. */
function tierProblems(args: AttestedNodePoolArgs, type: InstanceTypeFacts): Problem[] {
  const amiType = args.image?.family ?? args.amiType ?? defaultAmiType(type);
  return [
    ...attestationProblems(args.tier, type, factsOf(args.image), "tier", { region: args.region, amiType }),
    ...enclaveProblems(args, type),
  ];
}

function factsOf(image: NodeImageArgs | undefined): ImageFacts | undefined {
  if (image === undefined) return undefined;
  return { bootMode: image.bootMode, ...(image.tpmSupport === "v2.0" ? { tpmSupport: "v2.0" } : {}) };
}
