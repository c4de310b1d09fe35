import type * as pulumi from "@pulumi/pulumi";
import {
  arns,
  instanceType,
  isAccountId,
  isRegion,
  offeringProblems,
  type Problem,
  printable,
  sandboxTypeProblems,
  sandboxVersionProblems,
} from "gabion-knowledge";
import {
  choiceProblems,
  listProblems,
  missingProblems,
  nameProblems,
  problemsOf,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { type AttestedKeyArgs, attestedKeyArgumentProblems, RootOfTrust } from "../keys/attested-key";

/** How a pod runs in a Nitro Sandbox: the name of its runtime class. */
export const SandboxRuntime = {
  /** Node and other pods are protected from the pod. Nothing is attested. */
  Isolated: "isolated-sandbox",
  /** The pod is protected from the node as well, and can prove the policy under which it runs. */
  Confidential: "confidential-sandbox",
} as const;
export type SandboxRuntime = (typeof SandboxRuntime)[keyof typeof SandboxRuntime];

export interface ConfidentialRuntimeArgs extends ScopeArgs {
  /** The name of the EKS cluster. */
  clusterName: pulumi.Input<string>;
  /** The minor version of Kubernetes that the cluster runs, `1.36` or later: earlier ones have no sandboxes. */
  clusterVersion: string;
  /** The namespace of the workload. */
  namespace: string;
  /** The service account of the workload's pods. They get their role by Pod Identity: sandboxes have no other way. */
  serviceAccount: string;
  /**
   * How its pods run.
   * @default confidential-sandbox
   */
  runtime?: SandboxRuntime;
  /** Instance types of the node pool that its pods run on: with Nitro Enclaves and without accelerators. */
  instanceTypes: string[];
  /**
   * The measured policies of its pods, `PCR17` with 96 hexadecimal digits as `eks-nitro-sandbox-genpolicy` predicts it: the one in use
   * and the next. A key that opens for them alone is made. Only confidential pods have one.
   * @default - none, and no key
   */
  measurements?: Record<string, string>[];
  /**
   * ARNs of the roles that wrap data keys for the workload. They can never open one.
   * @default none
   */
  publishers?: string[];
  /**
   * ARNs of the roles that administer the key besides the account itself.
   * @default none
   */
  administrators?: string[];
  /**
   * Whether Pulumi refuses to delete the key. What it wrapped is lost with it.
   * @default true
   */
  deletionProtection?: boolean;
}

/** The physical name of the role that pods have. */
export function podRoleName(name: string): string {
  return `${name}-pod`;
}

/** The arguments of the workload's key; undefined where there is nothing to attest. */
export function keyArgs(args: ConfidentialRuntimeArgs, podRoleArn: string): AttestedKeyArgs | undefined {
  if (args.measurements === undefined) return undefined;
  const { region, accountId, namespace, serviceAccount, measurements } = args;
  return {
    region,
    accountId,
    purpose: `Opened by attested pods of ${namespace}/${serviceAccount}`,
    rootOfTrust: RootOfTrust.NitroSandbox,
    measurements,
    openers: [podRoleArn],
    ...(args.publishers === undefined ? {} : { publishers: args.publishers }),
    ...(args.administrators === undefined ? {} : { administrators: args.administrators }),
    ...(args.deletionProtection === undefined ? {} : { deletionProtection: args.deletionProtection }),
  };
}

const REQUIRED = ["clusterName", "clusterVersion", "namespace", "serviceAccount", "instanceTypes"];

/** What is wrong with the arguments; empty: the component can be made. */
export function runtimeProblems(name: string, args: ConfidentialRuntimeArgs): Problem[] {
  const missing = missingProblems(args, REQUIRED);
  const given = (path: string) => !missing.some((problem) => problem.path === path);
  return [
    // The name of the pods' role is the tightest: 64 characters with "-pod".
    ...nameProblems(name, 60),
    ...scopeProblems(args),
    ...missing,
    ...(given("clusterVersion") ? sandboxVersionProblems(args.clusterVersion) : []),
    ...(given("namespace") ? dnsLabelProblems("namespace", args.namespace) : []),
    ...(given("serviceAccount") ? dnsLabelProblems("serviceAccount", args.serviceAccount) : []),
    ...choiceProblems("runtime", args.runtime, Object.values(SandboxRuntime)),
    ...(given("instanceTypes") ? typeProblems(args) : []),
    ...keyProblems(name, args),
  ];
}

function typeProblems({ instanceTypes, region }: ConfidentialRuntimeArgs): Problem[] {
  if (instanceTypes.length === 0) {
    const reason = "sandboxes need nodes with Nitro Enclaves";
    return [{ path: "instanceTypes", found: "empty", reason, remedy: 'Name one, for example "m7i.4xlarge"' }];
  }
  return listProblems("instanceTypes", instanceTypes, (value, path) => {
    const unknown = problemsOf(() => instanceType(value, path));
    if (unknown.length > 0) return unknown;
    const type = instanceType(value);
    return [...sandboxTypeProblems(type, path), ...offeringProblems(type, region, path)];
  });
}

function keyProblems(name: string, args: ConfidentialRuntimeArgs): Problem[] {
  if (args.measurements === undefined) return strayProblems(args);
  if (args.runtime === SandboxRuntime.Isolated) {
    const reason = "only a confidential sandbox has an attestation document, so no isolated pod could open the key";
    const remedy = "Take the runtime confidential-sandbox, or leave measurements out";
    return [{ path: "measurements", found: printable(args.measurements), reason, remedy }];
  }
  if (!isAccountId(args.accountId) || !isRegion(args.region)) return [];
  const key = keyArgs(args, arns.role(args, podRoleName(name))) as AttestedKeyArgs;
  // The component has the same name and scope, and has judged them. The only opener is its own role.
  return attestedKeyArgumentProblems(name, key)
    .filter(({ path }) => path !== "name")
    .map((problem) => (problem.path === "openers[0]" ? { ...problem, path: "administrators" } : problem));
}

/** What is about a key that is not made. */
function strayProblems(args: ConfidentialRuntimeArgs): Problem[] {
  const stray = (["publishers", "administrators"] as const).filter((path) => args[path] !== undefined);
  return stray.map((path) => ({
    path,
    found: printable(args[path]),
    reason: "no key is made without measurements",
    remedy: "Give measurements, or leave it out",
  }));
}

function dnsLabelProblems(path: string, value: string): Problem[] {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value)) return [];
  const remedy = "Use up to 63 lower-case letters, digits and hyphens, a letter or digit first and last";
  return [{ path, found: printable(value), reason: "it is not a name of Kubernetes", remedy }];
}
