import { EngineError } from "../api";
import type { PolicyFinding } from "../events";
import { kindOf, Problems } from "../state/problems";
import { isObject } from "../values/inspect";

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
  /** Last day on which it holds, `YYYY-MM-DD`. */
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

const required = ["rule", "stack", "owner", "ticket", "reason", "expires"] as const;
const optional = ["pack", "resource"] as const;
const fields: readonly string[] = [...required, ...optional];

/** A day that exists, `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/**
 * Reads exemptions from the content of a file: `{ enforcementLevel?, exemptions: [{ rule, pack?, stack, resource?, owner, ticket, reason, expires }] }`.
 * Throws an EngineError (`usage`) that names everything that is wrong.
 */
export function readExemptions(document: unknown, source: string): PolicyExemptions {
  const problems = new Problems();
  const content = isObject(document) ? document : {};
  if (!isObject(document)) problems.add("", `it holds ${kindOf(document)}, not exemptions`);
  for (const key of Object.keys(content)) {
    if (key !== "exemptions" && key !== "enforcementLevel") {
      problems.add(key, "is not known; there are enforcementLevel and exemptions");
    }
  }
  const level = content.enforcementLevel ?? "mandatory";
  if (level !== "mandatory" && level !== "advisory") problems.add("enforcementLevel", "must be mandatory or advisory");
  const listed = content.exemptions ?? [];
  if (!Array.isArray(listed)) problems.add("exemptions", `must be a list, not ${kindOf(listed)}`);
  const entries = (Array.isArray(listed) ? listed : []).map((entry, at) =>
    readEntry(entry, `exemptions[${at}]`, problems),
  );
  problems.check(`The exemptions in ${source} are not valid:`, "Nothing was started.");
  return { source, enforcementLevel: level === "advisory" ? "advisory" : "mandatory", entries };
}

function readEntry(entry: unknown, path: string, problems: Problems): PolicyExemption {
  const content = isObject(entry) ? entry : {};
  if (!isObject(entry)) problems.add(path, `must be an object, not ${kindOf(entry)}`);
  for (const key of Object.keys(content)) {
    if (!fields.includes(key)) problems.add(`${path}.${key}`, `is not known; there are ${fields.join(", ")}`);
  }
  for (const key of required) requireText(content[key], `${path}.${key}`, problems);
  for (const key of optional) if (content[key] !== undefined) requireText(content[key], `${path}.${key}`, problems);
  const { expires, resource, stack } = content;
  if (typeof expires === "string" && expires !== "" && !isDay(expires)) {
    problems.add(`${path}.expires`, "must be a day of the form YYYY-MM-DD");
  }
  if (typeof resource === "string" && typeof stack === "string" && !resource.startsWith(`urn:pulumi:${stack}::`)) {
    problems.add(
      `${path}.resource`,
      `must be the URN of a resource of the stack: it begins with urn:pulumi:${stack}::`,
    );
  }
  return content as unknown as PolicyExemption;
}

function requireText(value: unknown, path: string, problems: Problems): void {
  if (typeof value !== "string") problems.add(path, `must be a text, not ${kindOf(value)}`);
  else if (value.trim() === "") problems.add(path, "must not be empty");
}

/** Names of the findings about exemptions themselves; no rule of a pack is meant. */
export const exemptionRules = { expired: "exemption-expired", unused: "exemption-unused" } as const;

interface Entry {
  exemption: PolicyExemption;
  pattern: RegExp | undefined;
  isExpired: boolean;
  used: boolean;
}

/** The exemptions of one stack in one pass: which of its findings they cover, and which of them should go. */
export class Exemptions {
  private readonly entries: Entry[];

  /** `today` is the day, `YYYY-MM-DD`, that they are held against. */
  constructor(
    private readonly given: PolicyExemptions | undefined,
    stack: string,
    today: string,
  ) {
    if (!isDay(today)) throw new EngineError(`${JSON.stringify(today)} is no day (YYYY-MM-DD).`, "usage");
    this.entries = (given?.entries ?? [])
      .filter((exemption) => exemption.stack === stack)
      .map((exemption) => ({
        exemption,
        pattern: exemption.resource === undefined ? undefined : patternOf(exemption.resource),
        isExpired: today > exemption.expires,
        used: false,
      }));
  }

  /** The finding, marked with the exemption that covers it. What a remediation has changed is no violation, and is left as it is. */
  applied(finding: PolicyFinding): PolicyFinding {
    if (finding.enforcementLevel === "remediate") return finding;
    const covering = this.entries.filter((entry) => covers(entry, finding));
    for (const entry of covering) entry.used = true;
    const exemption = covering.find(({ isExpired }) => !isExpired)?.exemption;
    if (exemption === undefined) return finding;
    const { owner, ticket, reason, expires } = exemption;
    return { ...finding, exemption: { owner, ticket, reason, expires } };
  }

  /** Once everything was judged: a finding for each exemption that has expired or that nothing needs. */
  problems(): PolicyFinding[] {
    return this.entries.flatMap((entry) => {
      if (entry.isExpired)
        return [this.problem(entry, exemptionRules.expired, `expired on ${entry.exemption.expires}`)];
      return entry.used ? [] : [this.problem(entry, exemptionRules.unused, "is needed by nothing any more")];
    });
  }

  private problem({ exemption }: Entry, policyName: string, what: string): PolicyFinding {
    const { rule, resource, owner, ticket } = exemption;
    const { source, enforcementLevel } = this.given as PolicyExemptions;
    const about = resource ?? "the stack as a whole";
    return {
      urn: resource === undefined || resource.includes("*") ? "" : resource,
      policyName,
      packName: source,
      packVersion: "",
      enforcementLevel,
      message: `The exemption of ${about} from ${rule} (owner ${owner}, ticket ${ticket}) ${what}.\nRemedy: Take it out of ${source}, or have it renewed.`,
    };
  }
}

/** Whether the exemption is about the finding, expired or not. */
const covers = ({ exemption, pattern }: Entry, finding: PolicyFinding): boolean =>
  exemption.rule === finding.policyName &&
  (exemption.pack === undefined || exemption.pack === finding.packName) &&
  (pattern === undefined ? finding.urn === "" : pattern.test(finding.urn));

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*")}$`,
    "s",
  );

/** A finding that fails the run. */
export const isViolation = ({ enforcementLevel, exemption }: PolicyFinding): boolean =>
  enforcementLevel === "mandatory" && exemption === undefined;
