import * as pulumi from "@pulumi/pulumi";
import { EKS_VERSIONS } from "gabion-knowledge";
import { choiceProblems, missingProblems, nameProblems, type ScopeArgs, scopeProblems } from "../arguments/checks";
import { refuseArguments } from "../arguments/input-error";
import { type AddonArgs, addonProblems, installAddon, longestNameWith } from "./addon-resources";

export interface ClusterAddonsArgs extends ScopeArgs {
  /** The name of the EKS cluster. */
  clusterName: pulumi.Input<string>;
  /** The minor version of Kubernetes, for example `1.35`. */
  clusterVersion: string;
  /**
   * The add-ons.
   * @default coredns and aws-ebs-csi-driver, in the versions that Gabion pins
   */
  addons?: AddonArgs[];
}

const DEFAULT_ADDONS: readonly AddonArgs[] = [{ name: "coredns" }, { name: "aws-ebs-csi-driver" }];

/**
 * Add-ons whose pods need nodes. EKS waits until they run, so they come after a pool: give that in `dependsOn`.
 */
export class ClusterAddons extends pulumi.ComponentResource {
  /** The installed versions by the names of the add-ons. */
  public readonly versions: pulumi.Output<Record<string, string>>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: ClusterAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("ClusterAddons", name, argumentProblems(name, args));
    super("gabion:index:ClusterAddons", name, args, opts);

    const installed = (args.addons ?? DEFAULT_ADDONS).map((addon) => {
      const resource = installAddon(addon, {
        name,
        parent: this,
        clusterName: pulumi.output(args.clusterName),
        clusterVersion: args.clusterVersion,
        region: args.region,
        accountId: args.accountId,
      });
      return [addon.name, resource.addonVersion] as const;
    });
    this.versions = pulumi.output(Object.fromEntries(installed));
    this.registerOutputs({ versions: this.versions });
  }
}

function argumentProblems(name: string, args: ClusterAddonsArgs) {
  const missing = missingProblems(args, ["clusterName", "clusterVersion"]);
  const versions = EKS_VERSIONS.map(({ version }) => version);
  const known = versions.includes(args.clusterVersion);
  return [
    ...nameProblems(name, longestNameWith(args.addons ?? DEFAULT_ADDONS)),
    ...scopeProblems(args),
    ...missing,
    ...(args.clusterVersion ? choiceProblems("clusterVersion", args.clusterVersion, versions) : []),
    ...(known ? addonProblems("addons", args.addons ?? DEFAULT_ADDONS, args.clusterVersion, ["after-nodes"]) : []),
  ];
}
