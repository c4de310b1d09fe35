import { printable, refuseProblems } from "../problem";
import { requirePartition } from "./partitions";

export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services. */
  readonly region: string;
  /** Empty where AWS leaves it out (S3 buckets, AWS-owned SSM parameters). */
  readonly account: string;
  /** All that follows, with its own separators: `role/path/name`, `key/1234`, `bucket/prefix/*`. */
  readonly resource: string;
}

export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}

/** Reads an ARN; undefined when the text is none. Wildcards may stand in any part, as policies have them. */
export function parseArn(text: string): Arn | undefined {
  const parts = text.split(":");
  const [prefix, partition, service, region, account, ...rest] = parts;
  if (prefix !== "arn" || !partition || !service || region === undefined || account === undefined) return undefined;
  const resource = rest.join(":");
  return resource === "" ? undefined : { partition, service, region, account, resource };
}

/** Like {@link parseArn}; throws a KnowledgeError when the text is no ARN. */
export function requireArn(text: string, path = "arn"): Arn {
  const arn = parseArn(text);
  const reason = "not an Amazon Resource Name";
  const remedy = "An ARN has six parts: arn:partition:service:region:account:resource";
  if (arn === undefined) refuseProblems("ARN", [{ path, found: printable(text), reason, remedy }]);
  return arn as Arn;
}

/** What ARNs are made from: the account and Region that own the resource. */
export interface ArnScope {
  readonly region: string;
  readonly accountId: string;
}

function partition(scope: ArnScope): string {
  return requirePartition(scope.region).name;
}

export const arns = {
  accountRoot: (scope: ArnScope): string => `arn:${partition(scope)}:iam::${scope.accountId}:root`,
  /** `name` may carry a path: `service/deploy`. */
  role: (scope: ArnScope, name: string): string => `arn:${partition(scope)}:iam::${scope.accountId}:role/${name}`,
  policy: (scope: ArnScope, name: string): string => `arn:${partition(scope)}:iam::${scope.accountId}:policy/${name}`,
  /** A policy that AWS owns; `name` with its path, for example `service-role/AmazonEBSCSIDriverPolicy`. */
  managedPolicy: (scope: ArnScope, name: string): string => `arn:${partition(scope)}:iam::aws:policy/${name}`,
  /** A service-linked role, which exists once per account and service. */
  serviceLinkedRole: (scope: ArnScope, service: string, name: string): string =>
    `arn:${partition(scope)}:iam::${scope.accountId}:role/aws-service-role/${service}/${name}`,
  bucket: (scope: ArnScope, name: string): string => `arn:${partition(scope)}:s3:::${name}`,
  bucketObjects: (scope: ArnScope, name: string, prefix = ""): string =>
    `arn:${partition(scope)}:s3:::${name}/${prefix}*`,
  logGroup: (scope: ArnScope, name: string): string =>
    `arn:${partition(scope)}:logs:${scope.region}:${scope.accountId}:log-group:${name}`,
  cluster: (scope: ArnScope, name: string): string =>
    `arn:${partition(scope)}:eks:${scope.region}:${scope.accountId}:cluster/${name}`,
  repository: (scope: ArnScope, name: string): string =>
    `arn:${partition(scope)}:ecr:${scope.region}:${scope.accountId}:repository/${name}`,
  key: (scope: ArnScope, id: string): string =>
    `arn:${partition(scope)}:kms:${scope.region}:${scope.accountId}:key/${id}`,
  /** `name` without the `alias/` prefix. */
  keyAlias: (scope: ArnScope, name: string): string =>
    `arn:${partition(scope)}:kms:${scope.region}:${scope.accountId}:alias/${name}`,
  secret: (scope: ArnScope, name: string): string =>
    `arn:${partition(scope)}:secretsmanager:${scope.region}:${scope.accountId}:secret:${name}`,
  parameter: (scope: ArnScope, name: string): string =>
    `arn:${partition(scope)}:ssm:${scope.region}:${scope.accountId}:parameter/${name.replace(/^\//, "")}`,
};
