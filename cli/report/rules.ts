import * as fs from "node:fs";
import * as path from "node:path";

/** What a pack tells of a rule in its `catalogue.json`, beyond what the rule says in its findings. */
export interface RuleHelp {
  id: string;
  title: string;
  severity: "low" | "medium" | "high" | "critical";
  groups: string[];
  rationale: string;
  remediation: string;
  controls: { framework: string; control: string }[];
  /** Path in the repository, or address, of the rule's description. */
  help: string;
}

/** The rules of the packs that have a catalogue, by id. A pack without one, or with one of another format, tells nothing. */
export function readRuleHelp(packFolders: readonly string[]): ReadonlyMap<string, RuleHelp> {
  const rules = packFolders.flatMap((folder) => catalogueOf(path.join(folder, "catalogue.json")));
  return new Map(rules.map((rule) => [rule.id, rule]));
}

function catalogueOf(file: string): RuleHelp[] {
  if (!fs.existsSync(file)) return [];
  try {
    const catalogue = JSON.parse(fs.readFileSync(file, "utf8")) as { format?: unknown; rules?: RuleHelp[] };
    return catalogue.format === 1 && Array.isArray(catalogue.rules) ? catalogue.rules : [];
  } catch {
    // Reports must not fail because of help texts; the findings themselves come from the pack.
    return [];
  }
}
