import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import {
  ADDONS,
  type AddonFact,
  type AddonName,
  type ArnScope,
  addon,
  addonVersionProblems,
  arns,
  cniEnvironment,
  defaultAddonVersion,
  type Problem,
  printable,
  type WarmTargets,
} from "gabion-knowledge";
import { podIdentityTrust } from "./trust";

/** An EKS add-on at a version. */
export interface AddonArgs {
  /** As EKS names it, for example `vpc-cni`. */
  name: string;
  /**
   * As EKS lists it, for example `v1.21.1-eksbuild.1`.
   * @default the version that Gabion pins for the cluster's version
   */
  version?: string;
  /**
   * Settings of the add-on, JSON of the schema that EKS gives for it.
   * @default network policies of vpc-cni on; otherwise those of the add-on
   */
  configuration?: string;
}

/** Settings that Gabion itself gives, unless others are given. */
const CONFIGURATION: Partial<Record<AddonName, object>> = {
  // Network policies are what tenants are held apart by; the add-on leaves them off.
  "vpc-cni": { enableNetworkPolicy: "true" },
};

export interface AddonPlace extends ArnScope {
  /** Of the component; children are called after it. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly clusterName: pulumi.Output<string>;
  readonly clusterVersion: string;
  /** What the CNI keeps ready on every node. */
  readonly warmTargets?: WarmTargets;
}

/** An add-on with a role of its own, by Pod Identity, when it calls AWS. */
export function installAddon(args: AddonArgs, place: AddonPlace): eks.Addon {
  const childName = `${place.name}-${args.name}`;
  const fact = addon(args.name) as AddonFact;
  const role = addonRole(fact, place);
  const configuration = args.configuration ?? printed(ownConfiguration(fact.name, place.warmTargets));
  const version = args.version ?? defaultAddonVersion(fact.name, place.clusterVersion);
  return new eks.Addon(
    childName,
    {
      clusterName: place.clusterName,
      addonName: fact.name,
      ...(version === undefined ? {} : { addonVersion: version }),
      ...(configuration === undefined ? {} : { configurationValues: configuration }),
      ...(role === undefined || fact.serviceAccount === undefined
        ? {}
        : { podIdentityAssociations: [{ roleArn: role.role.arn, serviceAccount: fact.serviceAccount.name }] }),
      // What somebody changed inside the cluster gives way to what was reviewed.
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
    },
    { parent: place.parent, dependsOn: role === undefined ? [] : [role.attachment] },
  );
}

function ownConfiguration(name: AddonName, targets: WarmTargets | undefined): object | undefined {
  const own = CONFIGURATION[name];
  return name === "vpc-cni" && targets !== undefined ? { ...own, env: cniEnvironment(targets) } : own;
}

function addonRole(fact: AddonFact, place: AddonPlace) {
  const { serviceAccount, managedPolicy } = fact;
  if (serviceAccount === undefined || managedPolicy === undefined) return undefined;
  const childName = `${place.name}-${fact.name}`;
  const role = new iam.Role(
    childName,
    {
      description: `${serviceAccount.namespace}/${serviceAccount.name}: ${fact.why}`,
      assumeRolePolicy: place.clusterName.apply((cluster) => podIdentityTrust(place, cluster, serviceAccount)),
    },
    { parent: place.parent },
  );
  const attachment = new iam.RolePolicyAttachment(
    childName,
    { role: role.name, policyArn: arns.managedPolicy(place, managedPolicy) },
    { parent: place.parent },
  );
  return { role, attachment };
}

/** The longest name that a component with these add-ons can have: names of their roles follow from it, 64 characters with a random end. */
export function longestNameWith(addons: readonly AddonArgs[]): number {
  const withRoles = addons.filter(({ name }) => addon(name)?.managedPolicy !== undefined);
  return 64 - "-0123456".length - Math.max(0, ...withRoles.map(({ name }) => name.length + 1));
}

/** What is wrong with add-ons that are to be installed by a component of the given phases. */
export function addonProblems(
  path: string,
  addons: readonly AddonArgs[] | undefined,
  clusterVersion: string,
  phases: readonly AddonFact["phase"][],
): Problem[] {
  const usable = ADDONS.filter(({ phase }) => phases.includes(phase)).map(({ name }) => name);
  return (addons ?? []).flatMap((args, index) => {
    const at = `${path}[${index}]`;
    const found = printable(args.name);
    const fact = addon(args.name);
    if (fact === undefined || !phases.includes(fact.phase)) {
      const reason = fact === undefined ? "it is not an add-on that Gabion knows" : phaseReason(fact);
      return [{ path: `${at}.name`, found, reason, remedy: `Take one of ${usable.join(", ")}` }];
    }
    if (addons?.findIndex(({ name }) => name === args.name) !== index) {
      return [{ path: `${at}.name`, found, reason: "it is named twice", remedy: "Name it once" }];
    }
    return [
      ...versionProblems(fact, args.version, clusterVersion, `${at}.version`),
      ...configurationProblems(args.configuration, `${at}.configuration`),
    ];
  });
}

function phaseReason({ phase }: AddonFact): string {
  return phase === "after-nodes"
    ? "its pods need nodes, so the cluster cannot wait for it"
    : "nodes need it, so it belongs to the cluster itself";
}

function versionProblems(fact: AddonFact, version: string | undefined, cluster: string, path: string): Problem[] {
  if (version !== undefined) return addonVersionProblems(fact.name, version, cluster, path);
  if (defaultAddonVersion(fact.name, cluster) !== undefined) return [];
  const reason = `Gabion pins no version of ${fact.name} for Kubernetes ${cluster}`;
  return [{ path, found: "absent", reason, remedy: 'Give one that EKS lists, for example "v1.21.1-eksbuild.1"' }];
}

function configurationProblems(text: string | undefined, path: string): Problem[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return [];
  } catch {
    // Reported below.
  }
  return [{ path, found: "a text", reason: "it is not a JSON object", remedy: "Write the settings as JSON" }];
}

function printed(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
