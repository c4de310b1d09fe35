import type * as pulumi from "@pulumi/pulumi";
import {
  arns,
  defaultRetention,
  lifetimeProblems,
  POLICY_SIZE_LIMITS,
  type Problem,
  policyJson,
  printable,
} from "gabion-knowledge";
import {
  arnProblems,
  choiceProblems,
  integerProblems,
  isPlain,
  listProblems,
  missingProblems,
  nameProblems,
  roleArnProblems,
  type ScopeArgs,
  scopeProblems,
} from "../arguments/checks";
import { type Deviation, deviationProblems } from "../arguments/deviation";
import { BucketClass } from "./bucket-class";
import { bucketPolicy } from "./bucket-policy";
import { type BucketReplicationArgs, replicationProblems, replicationRoleName } from "./replication";
import { TlsVersion } from "./tls-version";

export interface DataBucketArgs extends ScopeArgs {
  /** What the bucket holds. */
  bucketClass: BucketClass;
  /**
   * The ARN of the KMS key of the objects. Its policy must admit use through `s3`. Needed for every class but `access-log`, whose objects S3
   * encrypts with keys of its own: it delivers access logs to no bucket with another key.
   * @default none
   */
  keyArn?: pulumi.Input<string>;
  /**
   * AWS's name of the bucket, unique in the world.
   * @default the component's name and the account id, joined by a hyphen
   */
  bucketName?: string;
  /**
   * For how many days Object Lock keeps each version of an object from being deleted, 1 to 3650. Until the number is confirmed a role with
   * `s3:BypassGovernanceRetention` can still delete (mode GOVERNANCE).
   * @default 90 for datasets, 365 for models and logs, 30 for features; the other classes have no lock
   */
  retentionDays?: number;
  /**
   * The number of `retentionDays` once more. With it nobody can delete a locked object or shorten its retention, the account's root included
   * (mode COMPLIANCE). It holds for objects that are written from then on, and cannot be taken back for them.
   * @default none
   */
  confirmedRetentionDays?: number;
  /**
   * Why the retention of a bucket is not confirmed yet, where policies ask for it.
   * @default none
   */
  unconfirmedRetention?: Deviation;
  /**
   * For how many days overwritten and deleted objects are kept, 1 to 3650; never for less than the retention.
   * @default 365
   */
  noncurrentDays?: number;
  /**
   * After how many days objects are deleted, 1 to 3650, longer than the retention. Classes that are kept take none.
   * @default 90 for checkpoints, 14 for scratch data, 731 for logs and access logs
   */
  expireAfterDays?: number;
  /**
   * The name of the bucket of class `access-log` in which S3 logs each request to this one. It is in the same account and Region.
   * @default none: requests are not logged
   */
  accessLogBucket?: pulumi.Input<string>;
  /**
   * For the class `access-log`: names of the buckets of this account whose logs it takes. `*` stands for any characters.
   * @default all buckets of the account
   */
  logSources?: string[];
  /**
   * The oldest version of TLS that is let through.
   * @default "1.2"
   */
  minimumTlsVersion?: TlsVersion;
  /**
   * The bucket in another Region that gets a copy of each new object.
   * @default none
   */
  replication?: BucketReplicationArgs;
  /**
   * The organisation (`o-...`) whose identities and endpoints may reach objects. Without it: the account alone.
   * @default none
   */
  organizationId?: string;
  /**
   * ARNs of the roles that reach objects without an endpoint of the account's networks, for example of a pipeline that runs elsewhere.
   * @default none
   */
  outsideRoles?: string[];
  /**
   * Whether Pulumi refuses to delete the bucket. A bucket that holds objects is never deleted, unless `forceDestroy` is given.
   * @default true
   */
  deletionProtection?: boolean;
  /**
   * Whether all objects are deleted with the bucket. Taken by classes without Object Lock alone.
   * @default false
   */
  forceDestroy?: boolean;
}

export function physicalName(name: string, args: DataBucketArgs): string {
  return args.bucketName ?? `${name}-${args.accountId}`;
}

export function policyText(name: string, args: DataBucketArgs): string {
  const { region, accountId, organizationId, replication } = args;
  const outsideRoles = [
    ...(args.outsideRoles ?? []),
    // S3 copies with this role, from no network of ours.
    ...(replication === undefined ? [] : [arns.role(args, replicationRoleName(name))]),
  ];
  return policyJson(
    bucketPolicy({
      region,
      accountId,
      bucketName: physicalName(name, args),
      tlsVersion: args.minimumTlsVersion ?? TlsVersion.Tls12,
      outsideRoles,
      ...(organizationId === undefined ? {} : { organizationId }),
      ...(args.bucketClass === BucketClass.AccessLog ? { logSources: args.logSources ?? ["*"] } : {}),
    }),
  );
}

export function argumentProblems(name: string, args: DataBucketArgs): Problem[] {
  const missing = missingProblems(args, ["bucketClass"]);
  const classes = choiceProblems("bucketClass", args.bucketClass, Object.values(BucketClass));
  const scope = scopeProblems(args);
  const longest = args.bucketName === undefined || args.replication !== undefined ? 50 : 200;
  return [
    // A bucket's name has 63 characters, of which a hyphen and the account id take 13; a role's has 64, of which its purpose takes 12.
    ...nameProblems(name, longest),
    ...scope,
    ...missing,
    ...(missing.length === 0 ? classes : []),
    ...(missing.length + classes.length === 0 ? classProblems(args) : []),
    ...bucketNameProblems(args.bucketName),
    ...integerProblems("noncurrentDays", args.noncurrentDays, { min: 1, max: 3650, unit: "days" }),
    ...deviationProblems("unconfirmedRetention", args.unconfirmedRetention),
    ...choiceProblems("minimumTlsVersion", args.minimumTlsVersion, Object.values(TlsVersion)),
    ...replicationProblems(args.replication),
    ...organizationProblems(args.organizationId),
    ...roleArnProblems("outsideRoles", args.outsideRoles),
    ...(scope.length === 0 ? policySizeProblems(name, args) : []),
  ];
}

/** What depends on the class. */
function classProblems(args: DataBucketArgs): Problem[] {
  const isLog = args.bucketClass === BucketClass.AccessLog;
  return [
    ...(isLog ? refused(args, "keyArn", "S3 delivers access logs to no bucket with a KMS key") : keyProblems(args)),
    ...rangeProblems(args),
    ...(rangeProblems(args).length === 0 ? lifetimeProblems(args.bucketClass, args) : []),
    ...(isLog
      ? [
          ...refused(args, "accessLogBucket", "a log of a log has no end"),
          ...refused(args, "replication", "copies are encrypted with a KMS key, and access logs have none"),
        ]
      : refused(args, "logSources", "only a bucket of class access-log takes logs of others")),
    ...listProblems("logSources", args.logSources, sourceProblems),
    ...(args.accessLogBucket !== undefined && isPlain(args.accessLogBucket)
      ? bucketNameProblems(args.accessLogBucket, "accessLogBucket")
      : []),
    ...(args.forceDestroy === true && defaultRetention(args.bucketClass, args) !== undefined
      ? refused(args, "forceDestroy", `Object Lock holds the objects of a bucket of class ${args.bucketClass}`)
      : []),
  ];
}

function keyProblems({ keyArn }: DataBucketArgs): Problem[] {
  const missing = missingProblems({ keyArn }, ["keyArn"]);
  return keyArn === undefined || missing.length > 0 ? missing : arnProblems("keyArn", keyArn, "key");
}

function refused(args: DataBucketArgs, path: keyof DataBucketArgs & string, reason: string): Problem[] {
  if (args[path] === undefined) return [];
  return [{ path, found: printable(args[path]), reason, remedy: "Leave it out, or take another class" }];
}

function rangeProblems(args: DataBucketArgs): Problem[] {
  // Ten years are the most: a longer lock is more likely a slip, and nobody could take it back.
  const range = { min: 1, max: 3650, unit: "days" };
  const paths = ["retentionDays", "confirmedRetentionDays", "expireAfterDays"] as const;
  return paths.flatMap((path) => integerProblems(path, args[path], range));
}

function policySizeProblems(name: string, args: DataBucketArgs): Problem[] {
  const size = policyText(name, args).length;
  if (size <= POLICY_SIZE_LIMITS.bucketPolicy) return [];
  const reason = `the bucket's policy would have ${size} bytes, and S3 takes ${POLICY_SIZE_LIMITS.bucketPolicy}`;
  const lists = { outsideRoles: args.outsideRoles?.length ?? 0, logSources: args.logSources?.length ?? 0 };
  const path = lists.logSources > lists.outsideRoles ? "logSources" : "outsideRoles";
  const remedy =
    path === "logSources"
      ? "Name several buckets by a part of their names and *"
      : "Let those roles reach the bucket through an endpoint, or share one role";
  return [{ path, found: `a list of ${lists[path]}`, reason, remedy }];
}

function bucketNameProblems(value: string | undefined, path = "bucketName"): Problem[] {
  if (value === undefined || /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value)) return [];
  const reason = "S3 takes no such name, or TLS has no certificate for it";
  const remedy = "Use 3 to 63 lower-case letters, digits and hyphens, a letter or digit first and last";
  return [{ path, found: printable(value), reason, remedy }];
}

function sourceProblems(value: string, path: string): Problem[] {
  if (/^[a-z0-9*][a-z0-9.*-]{0,62}$/.test(value)) return [];
  const remedy = "Give the name of a bucket, with * for any characters";
  return [{ path, found: printable(value), reason: "no bucket has such a name", remedy }];
}

function organizationProblems(value: string | undefined): Problem[] {
  if (value === undefined || /^o-[a-z0-9]{10,32}$/.test(value)) return [];
  const reason = "it is not the id of an organisation";
  return [{ path: "organizationId", found: printable(value), reason, remedy: 'Give one that starts with "o-"' }];
}
