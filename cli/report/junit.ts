import { exemptionText, groupFindings, kindOfGroup } from "../display/findings";
import type { FindingReport, Report, StackReport } from "./model";

/**
 * The policy findings as JUnit XML, for tools that show tests: a suite for each stack, in it a case for each finding. What rejects is a
 * failure; what is undecided or exempted is skipped; advice passes and is told in the case's output. A stack without findings has one
 * case, which passes when the stack was judged.
 */
export function reportJunit(report: Report): string {
  const suites = report.stacks.map(suiteOf);
  const counts = total(suites.map(({ counts: own }) => own));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element(
      "testsuites",
      { name: `gabion ${report.operation} ${report.environment}`, ...counts, time: report.durationSeconds },
      [...suites.map(({ text }) => text)],
    ),
    "",
  ].join("\n");
}

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

interface Part {
  text: string;
  counts: Counts;
}

const one = (kind: "passed" | "failures" | "errors" | "skipped"): Counts => ({
  tests: 1,
  failures: kind === "failures" ? 1 : 0,
  errors: kind === "errors" ? 1 : 0,
  skipped: kind === "skipped" ? 1 : 0,
});

function total(counts: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => counts.reduce((all, own) => all + own[key], 0);
  return { tests: sum("tests"), failures: sum("failures"), errors: sum("errors"), skipped: sum("skipped") };
}

function suiteOf(stack: StackReport): Part {
  const cases = [...runCases(stack), ...stack.findings.map((finding) => caseOf(stack.stack, finding))];
  const counts = total(cases.map(({ counts: own }) => own));
  const attributes = { name: stack.stack, ...counts, time: stack.durationSeconds ?? 0 };
  return {
    counts,
    text: element(
      "testsuite",
      attributes,
      cases.map(({ text }) => text),
    ),
  };
}

/** A case for the run itself where it says more than the findings do. */
function runCases({ stack, status, failure, findings }: StackReport): Part[] {
  const attributes = { classname: stack, name: "run" };
  if (failure !== undefined || status === "failed") {
    const text = element("testcase", attributes, [element("error", { message: failure ?? `the run ${status}` })]);
    return [{ counts: one("errors"), text }];
  }
  if (status === "not-started") {
    return [
      { counts: one("skipped"), text: element("testcase", attributes, [element("skipped", { message: status })]) },
    ];
  }
  return findings.length === 0 ? [{ counts: one("passed"), text: element("testcase", attributes) }] : [];
}

function caseOf(stack: string, finding: FindingReport): Part {
  const { policyName, urn, message, remedy } = finding;
  const attributes = { classname: `${stack}.${policyName}`, name: urn === "" ? "the stack as a whole" : urn };
  const text = remedy === undefined ? message : `${message}\nRemedy: ${remedy}`;
  const [group] = groupFindings([{ ...finding, message: text }]);
  const kind = group === undefined ? "advisory" : kindOfGroup(group);
  const title = message.split("\n")[0] ?? "";
  if (kind === "mandatory") {
    const failure = element("failure", { type: finding.severity ?? kind, message: title }, [escaped(text)]);
    return { counts: one("failures"), text: element("testcase", attributes, [failure]) };
  }
  if (kind === "undecided" || kind === "exempted") {
    const why = finding.exemption === undefined ? title : `exempt ${exemptionText(finding.exemption)}`;
    return { counts: one("skipped"), text: element("testcase", attributes, [element("skipped", { message: why })]) };
  }
  return { counts: one("passed"), text: element("testcase", attributes, [element("system-out", {}, [escaped(text)])]) };
}

function element(name: string, attributes: Record<string, string | number>, content: readonly string[] = []): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return content.length === 0 ? `<${name}${head.join("")}/>` : `<${name}${head.join("")}>${content.join("")}</${name}>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;" };

/** XML has no place for most control characters, not even escaped. */
function escaped(text: string): string {
  return [...text]
    .filter((character) => character >= " " || character === "\n" || character === "\t")
    .map((character) => entities[character] ?? character)
    .join("");
}
