import { matchesPattern, type StatementModel } from "gabion-knowledge";
import { type Reading, UNKNOWN } from "./property";
import { every, not, some, type Ternary } from "./statements";

/**
 * Whether the resources of an Allow hold objects of a bucket. `name` is undefined for a bucket whose name the provider makes: then a
 * name that is written out is another bucket's.
 */
export function reachesObjects(statement: StatementModel, name: Reading<string>): Ternary {
  const open = ["statement", "resource", "notresource"].some((element) => statement.unknown.has(element));
  if (statement.notResources.length > 0) {
    const left = statement.notResources.map((pattern) => not(holdsBucket(pattern, name)));
    return every(...left, open ? "unknown" : true);
  }
  return some(...statement.resources.map((pattern) => namesBucket(pattern, name)), open ? "unknown" : false);
}

/** Whether a pattern is for all objects of a bucket, for sure. */
export function holdsBucket(pattern: string, name: Reading<string>): Ternary {
  const target = targetOf(pattern);
  return target !== undefined && /^\*+$/.test(target.key) && matchesName(target.bucket, name);
}

/** Whether a pattern is for some objects of a bucket. */
function namesBucket(pattern: string, name: Reading<string>): Ternary {
  const target = targetOf(pattern);
  return target !== undefined && matchesName(target.bucket, name);
}

function matchesName(bucket: string, name: Reading<string>): Ternary {
  if (/^\*+$/.test(bucket)) return true;
  if (name === UNKNOWN) return "unknown";
  if (name === undefined) return /[*?]/.test(bucket) ? "unknown" : false;
  return matchesPattern(bucket, name);
}

/** The objects that a pattern is for; undefined where it is for a bucket itself, an access point, or another service. */
function targetOf(pattern: string): { readonly bucket: string; readonly key: string } | undefined {
  const [, , service = "", region, account, ...rest] = pattern.split(":");
  if (rest.length === 0) {
    return matchesPattern(pattern, "arn:aws:s3:::bucket/object") ? { bucket: "*", key: "*" } : undefined;
  }
  if (!matchesPattern(service, "s3") || !matchesPattern(region ?? "", "") || !matchesPattern(account ?? "", ""))
    return undefined;
  const [bucket = "", ...keys] = rest.join(":").split("/");
  if (keys.length > 0) return { bucket, key: keys.join("/") };
  // A wildcard at the end is for what stands behind the bucket's name as well.
  return bucket.endsWith("*") ? { bucket, key: "*" } : undefined;
}
