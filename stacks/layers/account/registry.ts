import { RegistryPolicy, RegistryScanningConfiguration } from "@pulumi/aws/ecr";
import { Enabler } from "@pulumi/aws/inspector2";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { arns, policyJson } from "gabion-knowledge";
import type { AccountSettings } from "../../settings";

/** Inspector, and what is set once for the account's ECR registry: how all images are scanned, and whose images may be replicated in. */
export function scanImages(settings: AccountSettings, options: CustomResourceOptions): void {
  const { accountId, registryScanning, registryReplicationSources } = settings;
  const inspector = settings.inspector
    ? new Enabler("inspector", { accountIds: [accountId], resourceTypes: ["EC2", "ECR"] }, options)
    : undefined;
  new RegistryScanningConfiguration(
    "registry-scanning",
    {
      scanType: registryScanning,
      rules: [
        {
          scanFrequency: registryScanning === "ENHANCED" ? "CONTINUOUS_SCAN" : "SCAN_ON_PUSH",
          repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
        },
      ],
    },
    // Inspector switches the registry to enhanced scanning by itself when it starts on ECR, with rules of its own: so it goes first.
    { ...options, dependsOn: inspector === undefined ? [] : [inspector] },
  );
  // Without a policy no other account's registry may write into this one.
  if (registryReplicationSources.length === 0) return;
  new RegistryPolicy("registry-replication", { policy: replicationPolicy(settings) }, options);
}

function replicationPolicy(settings: AccountSettings): string {
  const { region, registryReplicationSources } = settings;
  return policyJson([
    {
      sid: "ReplicateFromNamedAccounts",
      principals: { AWS: registryReplicationSources.map((accountId) => arns.accountRoot({ region, accountId })) },
      actions: ["ecr:CreateRepository", "ecr:ReplicateImage"],
      resources: [arns.repository(settings, "*")],
    },
  ]);
}
