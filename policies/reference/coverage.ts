import type { Catalogue } from "../frameworks/catalogue";
import type { Rule } from "../kit/rule";
import { escaped, table } from "./catalogue";
import { familyOf, isLong } from "./families";

type Control = Catalogue["controls"][number] & { readonly high?: boolean };

/** A catalogue, with the rules that decide each of its controls. */
interface Coverage {
  readonly framework: string;
  readonly controls: readonly Control[];
  readonly rulesOf: ReadonlyMap<string, readonly Rule[]>;
}

/** A page that tells of each framework which controls rules decide, which no such rule can decide, and which are left. */
export function coveragePage(
  catalogues: readonly Catalogue[],
  rules: readonly Rule[],
  pageOf: (rule: Rule) => string,
): string {
  const coverages = catalogues.map((catalogue) => coverageOf(catalogue, rules));
  const blocks = [
    "# Which controls the rules decide",
    "<!-- Made from the rules by `npm run policy-reference`. -->",
    "A rule is named beside a control when it decides the control wholly or in part: that part which a program states that describes " +
      "infrastructure. Passing all rules is therefore not the same as meeting a framework. Controls are named by their ids and short " +
      "titles; their texts are the frameworks' own.",
    "*Cannot be decided* are controls about which such a program says nothing: what happens at run time, what people do. *Left* are those " +
      "that could have a rule and have none yet; where the first are not told apart, they are among them.",
    summary(coverages),
    ...coverages.flatMap((coverage) => frameworkBlocks(coverage, pageOf)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function coverageOf({ framework, controls }: Catalogue, rules: readonly Rule[]): Coverage {
  const rulesOf = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const mapping of rule.mappings) {
      if (mapping.framework !== framework) continue;
      rulesOf.set(mapping.control, [...(rulesOf.get(mapping.control) ?? []), rule]);
    }
  }
  return { framework, controls, rulesOf };
}

const isDecided = ({ rulesOf }: Coverage, { id }: Control): boolean => rulesOf.has(id);

function parts(coverage: Coverage) {
  const open = coverage.controls.filter((control) => !isDecided(coverage, control));
  return {
    decided: coverage.controls.filter((control) => isDecided(coverage, control)),
    undecidable: open.filter(({ undecidable }) => undecidable !== undefined),
    left: open.filter(({ undecidable }) => undecidable === undefined),
  };
}

function summary(coverages: readonly Coverage[]): string {
  const rows = coverages.map((coverage) => {
    const { decided, undecidable, left } = parts(coverage);
    return [
      `[${coverage.framework}](#${anchorOf(coverage.framework)})`,
      String(coverage.controls.length),
      String(decided.length),
      undecidable.length === 0 && left.length > 0 ? "not told apart" : String(undecidable.length),
      String(left.length),
    ];
  });
  return table(["framework", "controls", "decided by rules", "cannot be decided", "left"], rows);
}

function frameworkBlocks(coverage: Coverage, pageOf: (rule: Rule) => string): string[] {
  const { decided, undecidable, left } = parts(coverage);
  const rest = isLong(coverage.framework)
    ? restByFamily(coverage)
    : [
        ...listed(
          "Cannot be decided from infrastructure code",
          "why",
          undecidable,
          (control) => control.undecidable ?? "",
        ),
        ...listed("Left", undefined, left),
      ];
  return [
    `## ${coverage.framework}`,
    ...listed("Decided by rules", "rules", decided, ({ id }) =>
      (coverage.rulesOf.get(id) ?? []).map((rule) => `[${rule.id}](${pageOf(rule)}#${rule.id})`).join(", "),
    ),
    ...rest,
  ];
}

function listed(
  heading: string,
  column: string | undefined,
  controls: readonly Control[],
  cell: (control: Control) => string = () => "",
): string[] {
  if (controls.length === 0) return [];
  const rows = controls.map((control) => [
    control.id,
    escaped(control.title),
    ...(column === undefined ? [] : [cell(control)]),
  ]);
  return [`### ${heading}`, table(["control", "title", ...(column === undefined ? [] : [column])], rows)];
}

/** Of the long frameworks, what is left is counted: much of it is about organisations, people, places and run time. */
function restByFamily(coverage: Coverage): string[] {
  const families = new Map<string, Control[]>();
  for (const control of coverage.controls) {
    const family = familyOf(coverage.framework, control);
    families.set(family, [...(families.get(family) ?? []), control]);
  }
  const hasBaseline = coverage.controls.some(({ high }) => high !== undefined);
  const rows = [...families].map(([family, controls]) => {
    const left = controls.filter((control) => !isDecided(coverage, control));
    return [
      escaped(family),
      String(controls.length),
      String(controls.length - left.length),
      String(left.length),
      ...(hasBaseline ? [String(left.filter(({ high }) => high).length)] : []),
    ];
  });
  const head = [
    "family",
    "controls",
    "decided by rules",
    "left",
    ...(hasBaseline ? ["left, of the HIGH baseline"] : []),
  ];
  return [
    "### All, by family",
    "What is left includes what is about organisations, people, places and run time, which no such rule could decide.",
    table(head, rows),
  ];
}

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
