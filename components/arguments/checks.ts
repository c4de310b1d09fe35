import * as pulumi from "@pulumi/pulumi";
import {
  accountIdProblems,
  KnowledgeError,
  type Problem,
  parseArn,
  printable,
  regionOfZone,
  regionProblems,
} from "gabion-knowledge";
import { attestedKeyUseProblems } from "./attested-keys";

/** The account and Region that a component's resources are made in. Given and not looked up, so that policies are known in a preview. */
export interface ScopeArgs {
  /** The code of the AWS Region, for example `eu-central-1`. It must be the provider's. */
  region: string;
  /** The twelve digits of the AWS account. It must be the provider's. */
  accountId: string;
}

export function scopeProblems(args: ScopeArgs): Problem[] {
  return [...regionProblems(args.region), ...accountIdProblems(args.accountId)];
}

/** Names that children, physical names and labels are derived from. `longest` is what the tightest of those leaves. */
export function nameProblems(name: string, longest: number): Problem[] {
  const found = printable(name);
  const problems: Problem[] = [];
  if (!/^[a-z][a-z0-9-]*[a-z0-9]$/.test(name)) {
    const remedy = "Use lower-case letters, digits and hyphens, a letter first and no hyphen last";
    problems.push({ path: "name", found, reason: "names of AWS resources are derived from it", remedy });
  }
  if (name.length > longest) {
    const reason = `it has ${name.length} characters, and names that are derived from it would be too long for AWS`;
    problems.push({ path: "name", found, reason, remedy: `Take at most ${longest} characters` });
  }
  return problems;
}

/** A value that is known now and not an output; such values can be checked before anything is made. */
export function isPlain<T>(value: pulumi.Input<T>): value is T & pulumi.Input<T> {
  return !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}

/** Arguments without which nothing can be made. Typings hold them in TypeScript; other languages and plain JavaScript do not. */
export function missingProblems(args: object, required: readonly string[]): Problem[] {
  const given = args as Readonly<Record<string, unknown>>;
  return required
    .filter((path) => given[path] === undefined || given[path] === null || given[path] === "")
    .map((path) => ({ path, found: printable(given[path]), reason: "it is needed", remedy: "Give a value" }));
}

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

export function integerProblems(path: string, value: number | undefined, { min, max, unit }: Range): Problem[] {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
  const of = unit === undefined ? "" : ` of ${unit}`;
  const reason = "it is out of range";
  return [{ path, found: printable(value), reason, remedy: `Give a whole number${of} from ${min} to ${max}` }];
}

export function choiceProblems(path: string, value: unknown, allowed: readonly string[]): Problem[] {
  if (value === undefined || allowed.some((name) => name === value)) return [];
  const reason = "it is not one of the known values";
  return [{ path, found: printable(value), reason, remedy: `Take one of ${allowed.join(", ")}` }];
}

/** A list that is empty, holds something twice, or holds what `each` refuses. */
export function listProblems(
  path: string,
  values: readonly string[] | undefined,
  each: (value: string, path: string) => Problem[],
): Problem[] {
  return (values ?? []).flatMap((value, index) => {
    const at = `${path}[${index}]`;
    if (values?.indexOf(value) === index) return each(value, at);
    return [{ path: at, found: printable(value), reason: "it is named twice", remedy: "Name it once" }];
  });
}

/** What an ARN may be asked to name, and the beginning of its resource part. */
const NAMED_BY_ARN = {
  role: { what: "an IAM role", service: "iam", prefix: "role/", form: "arn:aws:iam::<account>:role/<name>" },
  key: { what: "a KMS key", service: "kms", prefix: "key/", form: "arn:aws:kms:<region>:<account>:key/<id>" },
  bucket: { what: "an S3 bucket", service: "s3", prefix: "", form: "arn:aws:s3:::<name>" },
} as const;

/** An ARN of a certain kind. What is known only later is left to AWS, but for keys that no service can use. */
export function arnProblems(path: string, value: pulumi.Input<string>, kind: keyof typeof NAMED_BY_ARN): Problem[] {
  if (!isPlain(value)) return kind === "key" ? attestedKeyUseProblems(path, value) : [];
  const { what, service, prefix, form } = NAMED_BY_ARN[kind];
  const arn = parseArn(value);
  if (arn?.service === service && arn.resource.startsWith(prefix) && arn.resource.length > prefix.length) return [];
  const remedy = `Give one of the form ${form}`;
  return [{ path, found: printable(value), reason: `it is not the ARN of ${what}`, remedy }];
}

export function roleArnProblems(path: string, values: readonly string[] | undefined): Problem[] {
  return listProblems(path, values, (value, at) => arnProblems(at, value, "role"));
}

/** What CloudWatch Logs takes (API reference, `PutRetentionPolicy`). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function retentionProblems(path: string, days: number | undefined): Problem[] {
  if (days === undefined || RETENTION_DAYS.includes(days)) return [];
  const next = RETENTION_DAYS.find((allowed) => allowed >= days);
  const reason = "CloudWatch Logs has no such retention";
  const remedy = `Take one of ${RETENTION_DAYS.join(", ")}${next === undefined ? "" : `; the next longer one is ${next}`}`;
  return [{ path, found: printable(days), reason, remedy }];
}

/** Zones of another Region than the component's. */
export function zoneRegionProblems(path: string, zones: readonly string[], region: string): Problem[] {
  return zones.flatMap((zone, index) => {
    const own = regionOfZone(zone);
    if (own === undefined || own === region) return [];
    const reason = `the zone is in ${own}, and the component in ${region}`;
    return [{ path: `${path}[${index}]`, found: printable(zone), reason, remedy: `Name a zone of ${region}` }];
  });
}

/** What a builder of the knowledge package refuses, with `rename` from its fields to the component's arguments. */
export function problemsOf(build: () => unknown, rename: (path: string) => string = (path) => path): Problem[] {
  try {
    build();
    return [];
  } catch (error) {
    if (!(error instanceof KnowledgeError)) throw error;
    return error.problems.map((problem) => ({ ...problem, path: rename(problem.path) }));
  }
}
