import { addDays, isDay } from "../dates";

/** One finding, or several of one rule, that someone answers for. It holds for one stack up to a day. */
export interface PolicyExemption {
  /** Name of the rule. */
  rule: string;
  /** Name of the rule's pack. Default: any. */
  pack?: string;
  stack: string;
  /** URN of the resource, in which `*` stands for any text. Absent: what the rule says of the stack as a whole. */
  resource?: string;
  owner: string;
  ticket: string;
  reason: string;
  /** Last day on which it holds, `YYYY-MM-DD`; at most {@link LONGEST_EXEMPTION} days ahead. */
  expires: string;
}

export interface PolicyExemptions {
  /** The file they come from, for messages. */
  source: string;
  /** Whether an exemption that has expired, or that nothing needs, fails the run or is only shown. Default `mandatory`. */
  enforcementLevel: "mandatory" | "advisory";
  /** Of all stacks. */
  entries: PolicyExemption[];
}

/** Days that an exemption may hold at most before somebody has to answer for it again. */
export const LONGEST_EXEMPTION = 90;

const required = ["rule", "stack", "owner", "ticket", "reason", "expires"] as const;
const optional = ["pack", "resource"] as const;
const fields: readonly string[] = [...required, ...optional];

export interface ExemptionProblem {
  /** In the document; empty for the document itself. */
  readonly path: string;
  readonly problem: string;
}

/**
 * Reads exemptions from the content of a file: `{ enforcementLevel?, exemptions: [{ rule, pack?, stack, resource?, owner, ticket, reason, expires }] }`.
 * `today` is the day, `YYYY-MM-DD`, from which the longest term is counted. Nothing of a document with problems is to be used.
 */
export function readExemptionDocument(
  document: unknown,
  source: string,
  today: string,
): { readonly exemptions: PolicyExemptions; readonly problems: readonly ExemptionProblem[] } {
  const problems: ExemptionProblem[] = [];
  const add = (path: string, problem: string) => void problems.push({ path, problem });
  const content = isObject(document) ? document : {};
  if (!isObject(document)) add("", `it holds ${kindOf(document)}, not exemptions`);
  for (const key of Object.keys(content)) {
    if (key !== "exemptions" && key !== "enforcementLevel")
      add(key, "is not known; there are enforcementLevel and exemptions");
  }
  const level = content.enforcementLevel ?? "mandatory";
  if (level !== "mandatory" && level !== "advisory") add("enforcementLevel", "must be mandatory or advisory");
  const listed = content.exemptions ?? [];
  if (!Array.isArray(listed)) add("exemptions", `must be a list, not ${kindOf(listed)}`);
  const latest = addDays(today, LONGEST_EXEMPTION);
  const entries = (Array.isArray(listed) ? listed : []).map((entry: unknown, at) => {
    problems.push(...entryProblems(entry, `exemptions[${at}]`, latest));
    return (isObject(entry) ? entry : {}) as unknown as PolicyExemption;
  });
  const enforcementLevel = level === "advisory" ? "advisory" : "mandatory";
  return { exemptions: { source, enforcementLevel, entries }, problems };
}

function entryProblems(entry: unknown, path: string, latest: string): ExemptionProblem[] {
  const content = isObject(entry) ? entry : {};
  const problems: ExemptionProblem[] = [];
  const add = (at: string, problem: string) => void problems.push({ path: at, problem });
  if (!isObject(entry)) add(path, `must be an object, not ${kindOf(entry)}`);
  for (const key of Object.keys(content)) {
    if (!fields.includes(key)) add(`${path}.${key}`, `is not known; there are ${fields.join(", ")}`);
  }
  const given = optional.filter((key) => content[key] !== undefined);
  for (const key of [...required, ...given]) {
    const problem = textProblem(content[key]);
    if (problem !== undefined) add(`${path}.${key}`, problem);
  }
  const { expires, resource, stack } = content;
  if (typeof expires === "string" && expires !== "") {
    if (!isDay(expires)) add(`${path}.expires`, "must be a day of the form YYYY-MM-DD");
    else if (expires > latest)
      add(`${path}.expires`, `must be at most ${LONGEST_EXEMPTION} days ahead, ${latest} for now`);
  }
  if (typeof resource === "string" && typeof stack === "string" && !resource.startsWith(`urn:pulumi:${stack}::`)) {
    add(`${path}.resource`, `must be the URN of a resource of the stack: it begins with urn:pulumi:${stack}::`);
  }
  return problems;
}

function textProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return `must be a text, not ${kindOf(value)}`;
  return value.trim() === "" ? "must not be empty" : undefined;
}

/** What an exemption is held against. */
export interface ExemptibleFinding {
  readonly rule: string;
  readonly pack: string;
  /** Empty for what a rule says of the stack as a whole. */
  readonly urn: string;
}

/** An exemption that should go, and why. */
export interface StaleExemption {
  readonly exemption: PolicyExemption;
  readonly why: "expired" | "unused";
  /** For a person, with the way out. */
  readonly message: string;
  /** URN of the resource that it is about; empty when it is about several, or the stack as a whole. */
  readonly urn: string;
}

interface Entry {
  readonly exemption: PolicyExemption;
  readonly pattern: RegExp | undefined;
  readonly isExpired: boolean;
  used: boolean;
}

/** The exemptions of one stack in one pass: which of its findings they cover, and which of them should go. */
export class ExemptionBook {
  private readonly entries: Entry[];

  /** `today` is the day, `YYYY-MM-DD`, that they are held against. */
  constructor(
    readonly exemptions: PolicyExemptions,
    stack: string,
    today: string,
  ) {
    this.entries = exemptions.entries
      .filter((exemption) => exemption.stack === stack)
      .map((exemption) => ({
        exemption,
        pattern: exemption.resource === undefined ? undefined : patternOf(exemption.resource),
        isExpired: today > exemption.expires,
        used: false,
      }));
  }

  /** The exemption that covers a finding. One that has expired covers nothing, but counts as needed. */
  covering(finding: ExemptibleFinding): PolicyExemption | undefined {
    const about = this.entries.filter((entry) => isAbout(entry, finding));
    for (const entry of about) entry.used = true;
    return about.find(({ isExpired }) => !isExpired)?.exemption;
  }

  /** Once everything was judged: the exemptions that have expired or that nothing needs. */
  stale(): StaleExemption[] {
    return this.entries.flatMap(({ exemption, isExpired, used }) => {
      if (used && !isExpired) return [];
      const { rule, resource, owner, ticket, expires } = exemption;
      const { source } = this.exemptions;
      const what = isExpired ? `expired on ${expires}` : "is needed by nothing any more";
      const about = resource ?? "the stack as a whole";
      return [
        {
          exemption,
          why: isExpired ? "expired" : "unused",
          message: `The exemption of ${about} from ${rule} (owner ${owner}, ticket ${ticket}) ${what}.\nRemedy: Take it out of ${source}, or have it renewed.`,
          urn: resource === undefined || resource.includes("*") ? "" : resource,
        },
      ];
    });
  }
}

/** Whether the exemption is about the finding, expired or not. */
const isAbout = ({ exemption, pattern }: Entry, { rule, pack, urn }: ExemptibleFinding): boolean =>
  exemption.rule === rule &&
  (exemption.pack === undefined || exemption.pack === pack) &&
  (pattern === undefined ? urn === "" : pattern.test(urn));

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
