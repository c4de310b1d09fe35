import { createHash } from "node:crypto";
import { WorldError } from "./errors";
import type { FaultKind, FaultOperation, FaultPlan, FaultRule } from "./faults";

const kinds: readonly FaultKind[] = ["throttling", "server-error", "time-out", "lost-answer", "slow"];
const operations: readonly FaultOperation[] = ["create", "update", "delete", "read"];

interface Field {
  /** In words. */
  allowed: string;
  takes(value: unknown): boolean;
}

const oneOf = (values: readonly string[]): Field => ({
  allowed: `one of ${values.join(", ")}`,
  takes: (value) => values.includes(value as string),
});

const between = (least: number, most: number, what: string, whole: boolean): Field => ({
  allowed: `${what} from ${least} to ${most}`,
  takes: (value) => typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value)),
});

const fields: Readonly<Record<keyof FaultRule, Field>> = {
  kind: oneOf(kinds),
  type: {
    allowed: "a type token (aws:s3/bucket:Bucket) or its beginning and * (aws:s3/*)",
    takes: (value) => typeof value === "string" && /^aws:[A-Za-z0-9/:]*\*?$/.test(value),
  },
  operation: oneOf(operations),
  times: between(1, 1000, "a whole number", true),
  share: between(0, 1, "a number", false),
  seconds: between(0, 86_400, "a number of seconds", false),
};

/** A plan as a person has written it. Throws a `WorldError` with all that is wrong with it; `source` names it there. */
export function faultPlanOf(value: unknown, source: string): FaultPlan {
  const problems: string[] = [];
  const plan = isGroup(value) ? value : {};
  if (!isGroup(value)) problems.push(`it is ${shown(value)}; allowed is a group with seed and rules`);
  for (const key of Object.keys(plan)) {
    if (key !== "seed" && key !== "rules") problems.push(`${key} is not known; there are seed and rules`);
  }
  const { seed = "", rules } = plan;
  if (typeof seed !== "string" && typeof seed !== "number") problems.push(`seed is ${shown(seed)}; allowed is a text`);
  if (isGroup(value) && (!Array.isArray(rules) || rules.length === 0)) {
    problems.push(`rules is ${shown(rules)}; allowed is a list of one rule or more`);
  }
  for (const [at, rule] of (Array.isArray(rules) ? rules : []).entries()) {
    problems.push(...problemsOf(rule, `rules[${at}]`));
  }
  if (problems.length > 0) {
    throw new WorldError(
      `The plan of faults in ${source} cannot be used:\n${problems.map((one) => `  ${one}`).join("\n")}`,
    );
  }
  return { seed: String(seed), rules: rules as FaultRule[] };
}

function problemsOf(rule: unknown, path: string): string[] {
  if (!isGroup(rule)) return [`${path} is ${shown(rule)}; allowed is a group with ${Object.keys(fields).join(", ")}`];
  const problems = rule.kind === undefined ? [`${path}.kind is missing; allowed is ${fields.kind.allowed}`] : [];
  for (const [key, value] of Object.entries(rule)) {
    const field = Object.hasOwn(fields, key) ? fields[key as keyof FaultRule] : undefined;
    if (field === undefined) {
      problems.push(`${path}.${key} is not known; there are ${Object.keys(fields).join(", ")}`);
    } else if (!field.takes(value)) problems.push(`${path}.${key} is ${shown(value)}; allowed is ${field.allowed}`);
  }
  if (rule.seconds !== undefined && rule.kind !== "slow") problems.push(`${path}.seconds is only of the kind slow`);
  if (rule.times !== undefined && (rule.kind === "slow" || rule.kind === "lost-answer")) {
    problems.push(`${path}.times is not of the kind ${rule.kind}`);
  }
  return problems;
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const shown = (value: unknown): string => (value === undefined ? "missing" : (JSON.stringify(value) ?? typeof value));

/** A provider that has repeated a call this often gives up (see `maxRetries` of `FaultSource`). */
const beyondPatience = 30;

/**
 * A plan of one to four rules that the seed decides, each for a share of all resources: what providers get over by repeating the call, slow and lost answers, and now and
 * then what outlasts their patience.
 */
export function randomFaultPlan(seed: string): FaultPlan {
  const draw = (...about: (string | number)[]): number =>
    createHash("sha256")
      .update([seed, ...about].join("\n"))
      .digest()
      .readUInt32BE(0);
  const pick = <Value>(values: readonly Value[], ...about: (string | number)[]): Value =>
    values[draw(...about) % values.length] as Value;
  const rules = Array.from({ length: 1 + (draw("rules") % 4) }, (_, at): FaultRule => {
    const kind = pick(kinds, at, "kind");
    const operation = pick([...operations, undefined], at, "operation");
    const share = pick([0.05, 0.2, 0.5], at, "share");
    const times = pick([1, 3, 8, beyondPatience], at, "times");
    return {
      kind,
      ...(operation === undefined ? {} : { operation }),
      share,
      ...(kind === "slow" ? { seconds: pick([30, 120, 600], at, "seconds") } : kind === "lost-answer" ? {} : { times }),
    };
  });
  return { seed, rules };
}
