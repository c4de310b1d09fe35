import type { Unwrap } from "@pulumi/pulumi";
import type { AwsAuditArguments } from "./types/aws-audit";
import type { AwsClusterArguments } from "./types/aws-cluster";
import type { AwsComputeArguments } from "./types/aws-compute";
import type { AwsIdentityArguments } from "./types/aws-identity";
import type { AwsMessagingArguments } from "./types/aws-messaging";
import type { AwsNetworkArguments } from "./types/aws-network";
import type { AwsProviderArguments } from "./types/aws-provider";
import type { AwsStorageArguments } from "./types/aws-storage";
import type { AwsStoreArguments } from "./types/aws-stores";
import type { KubernetesArguments } from "./types/kubernetes";
import type { VaultArguments } from "./types/vault";

/** The arguments of each resource type that a rule reads. Types only: the pack never loads a provider's package. */
export interface ResourceArguments
  extends AwsAuditArguments,
    AwsClusterArguments,
    AwsComputeArguments,
    AwsIdentityArguments,
    AwsMessagingArguments,
    AwsNetworkArguments,
    AwsProviderArguments,
    AwsStorageArguments,
    AwsStoreArguments,
    KubernetesArguments,
    VaultArguments {}

export type ResourceType = keyof ResourceArguments;

/** The arguments of a type as a rule sees them: without outputs. */
export type PropertiesOf<T extends ResourceType> = Unwrap<ResourceArguments[T]>;
