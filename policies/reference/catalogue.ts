import type { Example, Level, Rule } from "../kit/rule";
import { levelOf } from "../kit/rule";
import { groupsOf } from "../kit/select";
import { PROFILES } from "../kit/settings";
import { snippetOf } from "./snippet";

/** The rules of one page of the catalogue. */
export interface CataloguePage {
  readonly title: string;
  readonly rules: readonly Rule[];
}

/** A page with everything that each of some rules says of itself, and its first examples. */
export function cataloguePage({ title, rules }: CataloguePage): string {
  const blocks = [
    `# ${title}`,
    "<!-- Made from the rules by `npm run policy-reference`. -->",
    'In the examples, `from("name")` stands for an output of the resource of that name and `later()` for another value that is known only ' +
      "after deployment. How rules are chosen and configured is in [the guide](../policies.md).",
    table(
      ["rule", "severity", "what must hold"],
      rules.map((rule) => [`[${rule.id}](#${rule.id})`, rule.severity, escaped(rule.title)]),
    ),
    ...rules.flatMap(ruleBlocks),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function ruleBlocks(rule: Rule): string[] {
  return [
    `## ${rule.id}`,
    `**${escaped(rule.title)}.** ${escaped(rule.rationale)}`,
    `Remedy: ${escaped(rule.remediation)}`,
    facts(rule).join("\n"),
    ...configBlocks(rule),
    ...exampleBlocks(rule),
  ];
}

function facts(rule: Rule): string[] {
  const types = [...new Set([...Object.keys(rule.checks), ...exampleTypes(rule)])];
  const controls = rule.mappings.map(({ framework, control }) => `${framework} ${control}`);
  return [
    `- Severity: ${rule.severity}; groups: ${groupsOf(rule).join(", ")}; level: ${levelText(rule)}`,
    `- Controls: ${controls.length > 0 ? controls.join(", ") : `none (${escaped(rule.unmapped ?? "")})`}`,
    `- Judges: ${types.map((type) => `\`${type}\``).join(", ")}${rule.stack === undefined ? "" : ", and how the stack's resources complete each other"}`,
    ...(rule.deviation === undefined
      ? []
      : [`- Excused by the deviation \`${rule.deviation}\` in the tag \`gabion:deviation\``]),
    ...(rule.remedies === undefined ? [] : ["- Can be set to `remediate`"]),
  ];
}

const exampleTypes = (rule: Rule): string[] =>
  Object.keys(rule.checks).length > 0
    ? []
    : rule.examples.flatMap(({ resources }) => resources.map(({ type }) => type));

function levelText(rule: Rule): string {
  const levels = PROFILES.map((profile): Level => levelOf(rule, { profile }));
  return new Set(levels).size === 1
    ? (levels[0] as string)
    : PROFILES.map((profile, index) => `${levels[index]} (${profile})`).join(", ");
}

function configBlocks({ config }: Rule): string[] {
  if (config === undefined) return [];
  const rows = Object.entries(config).map(([name, property]) => {
    const limits = property.type === "integer" ? [property.minimum, property.maximum] : [];
    const range = limits.some((limit) => limit !== undefined) ? ` (${limits[0] ?? ""}–${limits[1] ?? ""})` : "";
    return [
      `\`${name}\``,
      `${property.type}${range}`,
      `\`${JSON.stringify(property.default)}\``,
      escaped(property.description),
    ];
  });
  return [table(["setting", "type", "default", "meaning"], rows)];
}

function exampleBlocks({ examples }: Rule): string[] {
  const of = (verdict: Example["verdict"]) => examples.filter((example) => example.verdict === verdict);
  const named = (heading: string, list: readonly Example[]): string[] =>
    list.length === 0 ? [] : [`${heading}: ${list.map(({ title }) => escaped(title)).join("; ")}.`];
  const shown = (["fail", "pass"] as const).flatMap((verdict) => {
    const [first] = of(verdict);
    if (first === undefined) return [];
    return [
      `${verdict === "fail" ? "Fails" : "Passes"} – ${escaped(first.title)}:`,
      fenced(snippetOf(first.resources)),
    ];
  });
  return [
    ...named("Fails", of("fail")),
    ...named("Passes", of("pass")),
    ...named("Undecided in a preview", of("undecided")),
    ...shown,
  ];
}

const fenced = (text: string): string => `\`\`\`typescript\n${text}\n\`\`\``;

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

/** Text without what Markdown would read as markup. */
export const escaped = (text: string): string => text.replace(/[<>*_]/g, "\\$&");
