import type { Made, Values } from "../client";
import { clusterInputs, configPolicy, type Ground, types } from "../ground";

export type Inputs = (ground: Ground, made: Record<string, Made>) => Values;

export interface Life {
  type: string;
  /** What else has to be there, in order. */
  before?: { name: string; type: string; inputs: Inputs }[];
  /** The least that the type takes. */
  inputs: Inputs;
  /** A change that AWS makes in place. Absent: every change replaces, or there is nothing to change. */
  change?: Values;
}

export const step = (name: string, type: string, inputs: Inputs) => ({ name, type, inputs });
export const id = (one: Made | undefined): string => String(one?.id);
export const arn = (one: Made | undefined): string => String(one?.outputs.arn);
export const nothing: Inputs = () => ({});
export const tagged = { tags: { changed: "yes" } };

export const cluster = step("cluster", types.cluster, (g) => clusterInputs(g));
export const versioned = step("versioned", types.versioning, (g) => ({
  bucket: g.bucket.id,
  versioningConfiguration: { status: "Enabled" },
}));
export const endpoint = step("endpoint", types.endpoint, (g) => ({
  vpcId: g.vpc.id,
  serviceName: "com.amazonaws.eu-central-1.dynamodb",
}));
export const logGroup = step("logs", types.logGroup, nothing);
export const secret = step("secret", types.secret, () => ({ recoveryWindowInDays: 0 }));
export const repository = step("repository", types.repository, nothing);
export const detector = step("detector", types.detector, nothing);
export const topic = step("topic", types.topic, nothing);
export const queue = step("queue", types.queue, nothing);
export const recorder = step("recorder", types.recorder, (g) => ({ name: "default", roleArn: arn(g.podRole) }));
export const delivery = step("policy", types.bucketPolicy, (g) => ({
  bucket: g.bucket.id,
  policy: configPolicy(g.bucket),
}));
export const channel = step("channel", types.channel, (g) => ({ name: "default", s3BucketName: g.bucket.id }));
export const ownBucket = step("own", types.bucket, nothing);
