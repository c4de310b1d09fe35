/** One thing that is wrong with the settings of a stack. */
export interface SettingsProblem {
  /** Where, as a person finds it in the stack file: `gabion:nodePools[1].instanceType`. */
  readonly path: string;
  /** What stands there, printable; `absent` for nothing. Never the value of a secret. */
  readonly found: string;
  /** Why that cannot be. */
  readonly reason: string;
  /** What the field takes. */
  readonly allowed: string;
  /** What to do. */
  readonly remedy: string;
}

/** A finding of a check on one value, before it is known where the value stands. */
export interface Finding {
  readonly reason: string;
  readonly remedy: string;
}

/** The first of a list of findings, without whatever else its source knows about it. */
export function firstFinding(findings: readonly Finding[]): Finding | undefined {
  const [first] = findings;
  return first === undefined ? undefined : { reason: first.reason, remedy: first.remedy };
}

export const NAMESPACE = "gabion";

export type PathSegment = string | number;

/** The path as it reads in the stack file. */
export function formatPath(segments: readonly PathSegment[]): string {
  const [first, ...rest] = segments;
  const tail = rest.map((segment) => (typeof segment === "number" ? `[${segment}]` : `.${segment}`)).join("");
  return first === undefined ? `${NAMESPACE}:` : `${NAMESPACE}:${first}${tail}`;
}

const longestFound = 120;

/** A value as messages print it: strings in quotes, lists and objects as JSON, nothing as `absent`, long ones cut. */
export function printValue(value: unknown): string {
  if (value === undefined) return "absent";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length <= longestFound ? text : `${text.slice(0, longestFound)}…`;
}

/** All problems of a stack file as one message for people. */
export function describeProblems(problems: readonly SettingsProblem[], where: string): string {
  const heading =
    problems.length === 1 ? `One setting in ${where} is wrong:` : `${problems.length} settings in ${where} are wrong:`;
  return [heading, ...problems.map(describeProblem)].join("\n\n");
}

function describeProblem(problem: SettingsProblem): string {
  return [
    `  ${problem.path}`,
    `    found    ${problem.found}: ${problem.reason}`,
    `    allowed  ${problem.allowed}`,
    `    do       ${problem.remedy}`,
  ].join("\n");
}

/** The segments of a path as the knowledge package prints it: `rings[0].pools`, `releases["AL2023"]`. */
export function segmentsOf(path: string): PathSegment[] {
  const found = path.matchAll(/([^.[\]]+)|\[(\d+)\]|\["([^"]*)"\]/g);
  return [...found].map(([, name, index, quoted]) => (index === undefined ? (name ?? quoted ?? "") : Number(index)));
}
