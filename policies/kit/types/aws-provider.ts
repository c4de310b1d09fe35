import type { ProviderArgs } from "@pulumi/aws/provider";

/** AWS's provider itself. */
export interface AwsProviderArguments {
  "pulumi:providers:aws": ProviderArgs;
}
