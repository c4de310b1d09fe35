import { matchesPattern } from "./statement-model";

/** Stands for a resource that nobody has named: a pattern that covers it covers all of its kind in some account. */
const unnamed = "0f3d8c1e-9b7a-4c52-8e6f-nobody-named-this";

/**
 * Whether a resource pattern of a policy covers every resource of a kind, in one account at least: `*`, `arn:aws:iam::*:role/*`,
 * `arn:aws:kms:eu-central-1:111122223333:key/*`. `kind` is what stands before the name, with its separator, for example `role/` or, for
 * topics and queues, nothing.
 */
export function reachesAll(pattern: string, service: string, kind: string): boolean {
  const [, partition, , region, account] = pattern.split(":");
  const literal = (part: string | undefined, otherwise: string) =>
    part === undefined || /[*?]/.test(part) ? otherwise : part;
  const probe = ["arn", literal(partition, "aws"), service, literal(region, ""), literal(account, "111122223333")];
  return matchesPattern(pattern, [...probe, `${kind}${unnamed}`].join(":"));
}
