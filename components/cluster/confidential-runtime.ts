import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { arns, runtimeClassManifest, SANDBOX_GAPS, SANDBOX_LABEL, SANDBOX_POLICY_ANNOTATION } from "gabion-knowledge";
import { refuseArguments } from "../arguments/input-error";
import { AttestedKey } from "../keys/attested-key";
import {
  type ConfidentialRuntimeArgs,
  keyArgs,
  podRoleName,
  runtimeProblems,
  SandboxRuntime,
} from "./confidential-args";
import { type PoolTaint, TaintEffect } from "./pool-args";
import { podIdentityTrust } from "./trust";

/** What a node pool must be like for sandboxes to run on it. */
export interface SandboxPool {
  /** Whether the launch template enables Nitro Enclaves. Without it nodes offer no room for sandboxes. */
  enclavesEnabled: boolean;
  /** The kind of node image: `CUSTOM`, as EKS's own images have no runtime for sandboxes outside of Auto Mode. */
  amiType: string;
  /** Labels of the nodes, by which the runtime class finds them. */
  labels: Record<string, string>;
  /** Taints that keep other pods off the nodes. */
  taints: PoolTaint[];
}

/**
 * What one workload needs to run in EKS Nitro Sandboxes: a role by Pod Identity, the runtime class, what its node pool must be like,
 * and, in confidential mode, a key that opens for the measured policy of its pods alone. The role itself has no permission on the key:
 * the key's policy is the only place where one is.
 */
export class ConfidentialRuntime extends pulumi.ComponentResource {
  /** The ARN of the role that the workload's pods have. */
  public readonly podRoleArn: pulumi.Output<string>;
  /** The name of that role, for policies of the data that the workload reads. */
  public readonly podRoleName: pulumi.Output<string>;
  /** The ARN of the key that only the workload's pods open; empty without measurements. */
  public readonly attestedKeyArn: pulumi.Output<string>;
  /** What pods name in `runtimeClassName`. */
  public readonly runtimeClassName: pulumi.Output<string>;
  /** The runtime class as a manifest in JSON, for the layer that talks to Kubernetes. */
  public readonly runtimeClassManifest: pulumi.Output<string>;
  /** The annotation in which a confidential pod carries its policy. */
  public readonly policyAnnotation: pulumi.Output<string>;
  /** What the node pool must be like. */
  public readonly pool: pulumi.Output<SandboxPool>;
  /** What AWS does not state plainly, and what to check before relying on it. */
  public readonly unverified: pulumi.Output<string[]>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: ConfidentialRuntimeArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("ConfidentialRuntime", name, runtimeProblems(name, args));
    super("gabion:index:ConfidentialRuntime", name, args, opts);

    const runtime = args.runtime ?? SandboxRuntime.Confidential;
    const role = podRole(name, args, this);
    associate(name, args, role, this, opts?.dependsOn);
    const key = attestedKey(name, args, role, this);

    this.podRoleArn = role.arn;
    this.podRoleName = role.name;
    this.attestedKeyArn = key?.keyArn ?? pulumi.output("");
    this.runtimeClassName = pulumi.output(runtime);
    this.runtimeClassManifest = pulumi.output(JSON.stringify(runtimeClassManifest(runtime)));
    this.policyAnnotation = pulumi.output(SANDBOX_POLICY_ANNOTATION);
    this.pool = pulumi.output(sandboxPool(runtime));
    this.unverified = pulumi.output(SANDBOX_GAPS.map((gap) => `${gap.name}: ${gap.note}`));
    this.registerOutputs({
      podRoleArn: this.podRoleArn,
      podRoleName: this.podRoleName,
      attestedKeyArn: this.attestedKeyArn,
      runtimeClassName: this.runtimeClassName,
      runtimeClassManifest: this.runtimeClassManifest,
      policyAnnotation: this.policyAnnotation,
      pool: this.pool,
      unverified: this.unverified,
    });
  }
}

function podRole(name: string, args: ConfidentialRuntimeArgs, parent: pulumi.Resource): iam.Role {
  const account = { namespace: args.namespace, name: args.serviceAccount };
  return new iam.Role(
    name,
    {
      // Named, and not by Pulumi: the key's policy holds its ARN and must be known in a preview.
      name: podRoleName(name),
      description: `${args.namespace}/${args.serviceAccount} in Nitro Sandboxes`,
      assumeRolePolicy: pulumi.output(args.clusterName).apply((cluster) => podIdentityTrust(args, cluster, account)),
    },
    { parent },
  );
}

function associate(
  name: string,
  args: ConfidentialRuntimeArgs,
  role: iam.Role,
  parent: pulumi.Resource,
  dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
) {
  new eks.PodIdentityAssociation(
    name,
    {
      clusterName: args.clusterName,
      namespace: args.namespace,
      serviceAccount: args.serviceAccount,
      roleArn: role.arn,
      tags: { Name: name },
    },
    { parent, ...(dependsOn === undefined ? {} : { dependsOn }) },
  );
}

function attestedKey(
  name: string,
  args: ConfidentialRuntimeArgs,
  role: iam.Role,
  parent: pulumi.Resource,
): AttestedKey | undefined {
  const key = keyArgs(args, arns.role(args, podRoleName(name)));
  return key === undefined ? undefined : new AttestedKey(name, key, { parent, dependsOn: [role] });
}

function sandboxPool(runtime: SandboxRuntime): SandboxPool {
  return {
    enclavesEnabled: true,
    amiType: "CUSTOM",
    labels: { [SANDBOX_LABEL]: runtime },
    taints: [{ key: SANDBOX_LABEL, value: runtime, effect: TaintEffect.NoSchedule }],
  };
}
