import type { Plain } from "../property";
import type { ExampleResource } from "../rule";
import type { WorkloadType } from "./pod";

export type Fields = Readonly<Record<string, Plain>>;

/** An image as rules want it: of a registry of our own, by its digest. */
export const exampleImage = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/serving@sha256:${"ab12".repeat(16)}`;

/** A container that no rule has anything against. */
export const goodContainer: Fields = {
  name: "server",
  image: exampleImage,
  resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "1", memory: "2Gi" } },
  livenessProbe: { httpGet: { path: "/live", port: 8080 } },
  readinessProbe: { httpGet: { path: "/ready", port: 8080 } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    readOnlyRootFilesystem: true,
  },
};

/** A pod's specification that satisfies the restricted standard, and all other rules about pods. */
export const goodSpec: Fields = {
  automountServiceAccountToken: false,
  serviceAccountName: "server",
  securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
  containers: [goodContainer],
};

/** Fields with some of them changed; `null` takes a field away. */
export function varied(base: Fields, change: Fields): Fields {
  return Object.fromEntries(Object.entries({ ...base, ...change }).filter(([, value]) => value !== null));
}

/** The good pod with some fields of its specification changed; `null` takes a field away. */
export function podExample(spec: Fields = {}, metadata: Fields = {}): ExampleResource[] {
  return [
    {
      type: "kubernetes:core/v1:Pod",
      name: "server",
      properties: { metadata: { name: "server", namespace: "serving", ...metadata }, spec: varied(goodSpec, spec) },
    },
  ];
}

/** The good pod with some fields of its only container changed. */
export function containerExample(container: Fields): ExampleResource[] {
  return podExample({ containers: [varied(goodContainer, container)] });
}

/** The good pod with some fields of its container's security context changed. */
export function securityContextExample(context: Fields): ExampleResource[] {
  const base = goodContainer.securityContext as Fields;
  return containerExample({ securityContext: varied(base, context) });
}

/** The good pod with some fields of its own security context changed. */
export function podSecurityContextExample(context: Fields): ExampleResource[] {
  return podExample({ securityContext: varied(goodSpec.securityContext as Fields, context) });
}

/** A workload of another kind, whose pods are the good one with some fields changed. */
export function workloadExample(
  type: Exclude<WorkloadType, "kubernetes:core/v1:Pod">,
  spec: Fields = {},
  podMetadata: Fields = {},
): ExampleResource[] {
  const labels = { app: "server" };
  const template = { metadata: { labels, ...podMetadata }, spec: varied(goodSpec, spec) };
  const inner: Fields =
    type === "kubernetes:batch/v1:CronJob"
      ? { schedule: "@daily", jobTemplate: { spec: { template } } }
      : { selector: { matchLabels: labels }, template };
  return [{ type, name: "server", properties: { metadata: { name: "server", namespace: "serving" }, spec: inner } }];
}

/** The good pods of a Deployment with a number of them; `null` says no number. */
export function replicatedExample(replicas: Plain): ExampleResource[] {
  return workloadExample("kubernetes:apps/v1:Deployment").map((resource) => ({
    ...resource,
    properties: { ...resource.properties, spec: varied(resource.properties.spec as Fields, { replicas }) },
  }));
}
