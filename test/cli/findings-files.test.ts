import * as fs from "node:fs";
import { readFileSync } from "node:fs";
import * as os from "node:os";
import path from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { reportJunit } from "../../cli/report/junit";
import type { FindingReport, Report, StackReport } from "../../cli/report/model";
import { type RuleHelp, readRuleHelp } from "../../cli/report/rules";
import { reportSarif } from "../../cli/report/sarif";
import { finding } from "./support";

const schema = JSON.parse(readFileSync(path.join(__dirname, "sarif-2.1.0.schema.json"), "utf8")) as object;
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

const help: RuleHelp = {
  id: "s3-tls-only",
  title: "Buckets take requests over TLS only",
  severity: "high",
  groups: ["aws", "aws-s3"],
  rationale: "Data can be read on the way.",
  remediation: "Deny http.",
  controls: [{ framework: "AWS FSBP", control: "S3.5" }],
  help: "docs/policies/aws.md#s3-tls-only",
};
const options = { stackFile: (stack: string) => `stacks/Pulumi.${stack}.yaml`, rules: new Map([[help.id, help]]) };
const exemption = { owner: "ml", ticket: "SEC-1", reason: "renamed soon", expires: "2026-12-01" };

function reportOf(stacks: readonly (Partial<StackReport> & { findings: FindingReport[] })[]): Report {
  const whole = { layer: "foundation", engine: "embedded", simulated: false, status: "succeeded" };
  return {
    format: 1,
    operation: "preview",
    environment: "dev",
    finished: "2026-06-01T12:00:00.000Z",
    durationSeconds: 2,
    exitCode: 1,
    stacks: stacks.map((given, at) => ({ ...whole, stack: `dev-${at}`, ...given }) as unknown as StackReport),
  };
}

const anyFinding: fc.Arbitrary<FindingReport> = fc
  .record({
    urn: fc.constantFrom("", "urn:pulumi:dev::test::aws:s3/bucket:Bucket::data"),
    policyName: fc.constantFrom("s3-tls-only", "another"),
    message: fc.string({ unit: "binary", minLength: 1 }),
    enforcementLevel: fc.constantFrom("mandatory", "advisory", "remediate"),
    more: fc.constantFrom({}, { undecided: true as const }, { exemption }, { remedy: 'Do <it> & "so".' }),
    sourcePosition: fc.constantFrom(
      undefined,
      "project:///stacks/index.ts#12,3",
      "project:///stacks/index.ts#12",
      "odd",
    ),
  })
  .map(({ more, sourcePosition, ...rest }) => ({
    ...finding(),
    ...rest,
    ...more,
    ...(sourcePosition === undefined ? {} : { sourcePosition }),
  })) as fc.Arbitrary<FindingReport>;

interface Suites {
  testsuites: {
    "@_tests": string;
    "@_failures": string;
    "@_skipped": string;
    "@_errors": string;
    testsuite: { testcase: Record<string, unknown>[] }[];
  };
}

const parser = new XMLParser({
  ignoreAttributes: false,
  isArray: (name) => name === "testsuite" || name === "testcase",
});
const parsed = (text: string) => parser.parse(text) as Suites;

describe("findings.sarif", () => {
  it("is SARIF 2.1.0 whatever is found", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyFinding, { maxLength: 4 }), { maxLength: 3 }), (stacks) => {
        const sarif = reportSarif(reportOf(stacks.map((findings) => ({ findings }))), options);
        expect(validate(JSON.parse(JSON.stringify(sarif))) ? [] : validate.errors).toEqual([]);
      }),
    );
  });

  it("would not be if a result lacked its message", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [{}] }] })).toBe(false);
  });

  it("opens with the help of rules and points at the line that declares the resource", () => {
    const found = finding({ sourcePosition: "project:///stacks/layers/foundation/buckets.ts#31,9" });
    const sarif = reportSarif(reportOf([{ findings: [found] }]), options) as {
      runs: { tool: { driver: { rules: object[] } }; results: { locations: object[] }[] }[];
    };
    expect(sarif.runs[0]?.tool.driver.rules[0]).toMatchObject({
      id: "s3-tls-only",
      shortDescription: { text: help.title },
      help: { text: "Data can be read on the way.\nRemedy: Deny http.\nControls: AWS FSBP S3.5" },
      properties: { "security-severity": "8.0", tags: ["security", "aws", "aws-s3", "AWS FSBP S3.5"] },
    });
    expect(sarif.runs[0]?.results[0]?.locations[0]).toMatchObject({
      physicalLocation: {
        artifactLocation: { uri: "stacks/layers/foundation/buckets.ts", uriBaseId: "PROJECT" },
        region: { startLine: 31, startColumn: 9 },
      },
    });
  });

  it("takes help from packs that have a catalogue, and none from what is no catalogue", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-rules-"));
    try {
      expect(readRuleHelp([folder]).size).toBe(0);
      fs.writeFileSync(path.join(folder, "catalogue.json"), "{");
      expect(readRuleHelp([folder]).size).toBe(0);
      fs.writeFileSync(path.join(folder, "catalogue.json"), JSON.stringify({ format: 1, rules: [help] }));
      expect(readRuleHelp([folder]).get(help.id)).toEqual(help);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("findings.xml", () => {
  it("is XML whose counts are those of its cases, whatever is found", () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyFinding, { maxLength: 4 }), { maxLength: 3 }), (stacks) => {
        const text = reportJunit(reportOf(stacks.map((findings) => ({ findings }))));
        expect(XMLValidator.validate(text)).toBe(true);
        const cases = (parsed(text).testsuites.testsuite ?? []).flatMap(({ testcase }) => testcase);
        const having = (name: string) => String(cases.filter((item) => name in item).length);
        expect(parsed(text).testsuites).toMatchObject({
          "@_tests": String(cases.length),
          "@_failures": having("failure"),
          "@_skipped": having("skipped"),
          "@_errors": "0",
        });
      }),
    );
  });

  it("fails for what rejects alone; a stack without findings passes, one that failed is an error", () => {
    const text = reportJunit(
      reportOf([
        { findings: [finding({}), finding({ undecided: true }), finding({ exemption })] },
        { findings: [] },
        { findings: [], status: "failed", failure: "no <credentials>" },
        { findings: [], status: "not-started" },
      ]),
    );
    const suites = parsed(text).testsuites;
    expect([suites["@_tests"], suites["@_failures"], suites["@_skipped"], suites["@_errors"]]).toEqual([
      "6",
      "1",
      "3",
      "1",
    ]);
    expect(text).toContain("no &lt;credentials&gt;");
  });
});
