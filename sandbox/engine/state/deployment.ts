import { createHash } from "node:crypto";
import { isObject } from "../values/inspect";
import type { PendingOperation, ResourceState } from "./types";

/** Version 3 of Pulumi's deployment, as `pulumi stack export` prints it. Secrets are sealed here. Source: Pulumi's `apitype.DeploymentV3`. */
export interface Deployment {
  manifest: Manifest;
  secrets_providers?: { type: string; state?: { salt?: string } };
  resources: ResourceState[];
  pending_operations: PendingOperation[];
  metadata: Record<string, unknown>;
  /** The state holds strings that are no valid UTF-8, which Pulumi marks as a feature even where encryption hides them. */
  byteStrings?: boolean;
}

export interface Manifest {
  /** RFC 3339. */
  time: string;
  /** SHA-256 of the version. */
  magic: string;
  version: string;
  plugins?: unknown[];
}

/** What wrote the state. Pulumi only demands that the magic fits. */
const writer = "gabion-0.1.0";

export const magicOf = (version: string): string =>
  version === "" ? "" : createHash("sha256").update(version).digest("hex");

export const newManifest = (time: Date): Manifest => ({
  time: time.toISOString(),
  magic: magicOf(writer),
  version: writer,
});

/** The order in which Pulumi writes a resource's fields. */
export const resourceFields: readonly (keyof ResourceState)[] = [
  "urn",
  "custom",
  "delete",
  "id",
  "type",
  "inputs",
  "outputs",
  "parent",
  "protect",
  "taint",
  "external",
  "dependencies",
  "initErrors",
  "provider",
  "propertyDependencies",
  "pendingReplacement",
  "additionalSecretOutputs",
  "aliases",
  "customTimeouts",
  "importID",
  "retainOnDelete",
  "deletedWith",
  "created",
  "modified",
  "sourcePosition",
  "stackTrace",
  "ignoreChanges",
  "hideDiff",
  "replaceOnChanges",
  "refreshBeforeUpdate",
  "viewOf",
  "resourceHooks",
];

/** Features that a deployment of version 4 may name. Source: Pulumi's `pkg/resource/stack`. */
export const features: Record<string, (resource: ResourceState) => boolean> = {
  hooks: (resource) => Object.keys(resource.resourceHooks ?? {}).length > 0,
  refreshBeforeUpdate: (resource) => resource.refreshBeforeUpdate === true,
  taint: (resource) => resource.taint === true,
  views: (resource) => resource.viewOf !== undefined && resource.viewOf !== "",
  byteString: () => false,
};

export const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === false ||
  value === "" ||
  (Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0);

/** The resource with its fields in Pulumi's order, empty ones left out. `inputs` and `outputs` are taken as they are. */
export function orderedResource(resource: ResourceState): ResourceState {
  const ordered: Record<string, unknown> = {};
  for (const field of resourceFields) {
    const value = resource[field];
    if (field === "custom") ordered.custom = resource.custom;
    else if (isEmpty(value)) continue;
    else
      ordered[field] =
        field === "inputs" || field === "outputs" || typeof value !== "object" ? value : structuredClone(value);
  }
  return ordered as unknown as ResourceState;
}

/** The document as `pulumi stack export` prints it. Version 3, or 4 when a resource uses what Pulumi introduced with it. */
export function printDeployment(deployment: Deployment): string {
  const all = [...deployment.resources, ...deployment.pending_operations.map((operation) => operation.resource)];
  const used = Object.keys(features).filter(
    (name) => all.some((resource) => features[name]?.(resource)) || (name === "byteString" && deployment.byteStrings),
  );
  const { manifest, secrets_providers, resources, pending_operations, metadata } = deployment;
  const document = {
    version: used.length === 0 ? 3 : 4,
    ...(used.length === 0 ? {} : { features: used.sort() }),
    deployment: {
      manifest,
      ...(secrets_providers === undefined ? {} : { secrets_providers }),
      ...(resources.length === 0 ? {} : { resources }),
      ...(pending_operations.length === 0 ? {} : { pending_operations }),
      metadata,
    },
  };
  return `${JSON.stringify(document, null, 4)}\n`;
}
