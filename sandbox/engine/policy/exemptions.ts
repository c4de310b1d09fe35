import { ExemptionBook, isDay, type PolicyExemptions, readExemptionDocument } from "gabion-knowledge";
import { EngineError } from "../api";
import type { PolicyFinding } from "../events";
import { Problems } from "../state/problems";

/**
 * Reads exemptions from the content of a file. `today` is the day, `YYYY-MM-DD`, from which their longest term is counted. Throws an
 * EngineError (`usage`) that names everything that is wrong.
 */
export function readExemptions(document: unknown, source: string, today: string): PolicyExemptions {
  const { exemptions, problems } = readExemptionDocument(document, source, today);
  const listed = new Problems();
  for (const { path, problem } of problems) listed.add(path, problem);
  listed.check(`The exemptions in ${source} are not valid:`, "Nothing was started.");
  return exemptions;
}

/** Names of the findings about exemptions themselves; no rule of a pack is meant. */
export const exemptionRules = { expired: "exemption-expired", unused: "exemption-unused" } as const;

const none: PolicyExemptions = { source: "", enforcementLevel: "mandatory", entries: [] };

/** The exemptions of one stack in one pass, as marks on findings and findings of their own. */
export class Exemptions {
  private readonly book: ExemptionBook;

  /** `today` is the day, `YYYY-MM-DD`, that they are held against. */
  constructor(given: PolicyExemptions | undefined, stack: string, today: string) {
    if (!isDay(today)) throw new EngineError(`${JSON.stringify(today)} is no day (YYYY-MM-DD).`, "usage");
    this.book = new ExemptionBook(given ?? none, stack, today);
  }

  /** The finding, marked with the exemption that covers it. What a remediation has changed is no violation, and is left as it is. */
  applied(finding: PolicyFinding): PolicyFinding {
    if (finding.enforcementLevel === "remediate") return finding;
    const { policyName: rule, packName: pack, urn } = finding;
    const exemption = this.book.covering({ rule, pack, urn });
    if (exemption === undefined) return finding;
    const { owner, ticket, reason, expires } = exemption;
    return { ...finding, exemption: { owner, ticket, reason, expires } };
  }

  /** Once everything was judged: a finding for each exemption that has expired or that nothing needs. */
  problems(): PolicyFinding[] {
    const { source, enforcementLevel } = this.book.exemptions;
    return this.book.stale().map(({ why, message, urn }) => ({
      urn,
      policyName: exemptionRules[why],
      packName: source,
      packVersion: "",
      enforcementLevel,
      message,
    }));
  }
}

/** A finding that fails the run. */
export const isViolation = ({ enforcementLevel, exemption }: PolicyFinding): boolean =>
  enforcementLevel === "mandatory" && exemption === undefined;
