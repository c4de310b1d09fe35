import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { groupFindings, kindOfGroup, partsOf } from "../../cli/display/findings";
import { countByService, findingsText } from "../../cli/display/summary";
import type { StackOutcome } from "../../cli/engines/outcome";
import { reportMarkdown } from "../../cli/report/markdown";
import { buildReport, type StackReport } from "../../cli/report/model";
import { reportSarif } from "../../cli/report/sarif";
import { writeReport } from "../../cli/report/write";
import { finding, gabion, makeProject, resource, step, urnOf } from "./support";

const bucketType = "aws:s3/bucket:Bucket";

const outcome: StackOutcome = {
  stack: "sandbox",
  layer: "foundation",
  engine: "embedded",
  simulated: false,
  status: "rejected",
  exitCode: 1,
  diagnostics: [{ severity: "warning", urn: urnOf(bucketType, "data"), message: "old <b>\nversion\n" }],
  failed: [urnOf(bucketType, "data")],
  simulation: {
    seconds: 754.3217,
    criticalPath: [
      {
        operation: "create",
        urn: urnOf(bucketType, "data"),
        seconds: 12,
        waits: [{ seconds: 10, reason: "a role was not visible yet" }],
      },
    ],
    genericTypes: ["aws:x/y:Y"],
    unsureFacts: [{ type: "*", about: "durations", source: "commonly seen", sure: "unsure" }],
    assumedPrincipals: ["arn:aws:iam::111122223333:role/publisher"],
    leftovers: [
      {
        account: "111122223333",
        what: `an interface (${urnOf("aws:ec2/vpc:Vpc", "main")}), held`,
        until: "2026-06-01T00:00:00Z",
      },
    ],
  },
  result: {
    status: "rejected",
    summary: {
      changes: { update: 1, same: 1 },
      durationSeconds: 1.23456,
      policyPacks: { gabion: "0.1.0" },
      maybeCorrupt: false,
    },
    steps: [
      step(
        "update",
        {
          old: resource(bucketType, "data", { inputs: { password: "[secret]", acl: "hunter2" } }),
          new: resource(bucketType, "data", { inputs: { password: "[secret]", acl: "public" } }),
        },
        { keys: ["acl"], detailedDiff: { acl: { kind: "update", inputDiff: true } } },
      ),
      step("same", { old: resource(bucketType, "kept"), new: resource(bucketType, "kept") }),
    ],
    findings: [
      finding(),
      finding({ urn: "", policyName: "stack-rule", enforcementLevel: "advisory", message: "No remedy here" }),
      finding({ policyName: "kms", undecided: true }),
    ],
    outputs: { bucketName: "x", token: "[secret]" },
    stateFile: "/p/.gabion/state/sandbox.json",
  },
};

const report = buildReport({
  operation: "up",
  environment: "sandbox",
  finished: new Date("2026-06-01T12:00:00Z"),
  durationSeconds: 2.00049,
  exitCode: 1,
  outcomes: [outcome],
});

describe("report.json", () => {
  it("has the shape that the documentation describes, and no values of resources", () => {
    const { message, ...rest } = finding();
    expect(message).toContain("Remedy: ");
    const reason = "Buckets take requests over TLS only\npolicy: it allows http\nWhy: data can be read";
    expect(report).toEqual({
      format: 1,
      operation: "up",
      environment: "sandbox",
      finished: "2026-06-01T12:00:00.000Z",
      durationSeconds: 2,
      exitCode: 1,
      stacks: [
        {
          stack: "sandbox",
          layer: "foundation",
          engine: "embedded",
          simulated: false,
          status: "rejected",
          changes: { update: 1, same: 1 },
          durationSeconds: 1.235,
          simulatedSeconds: 754.322,
          resources: { s3: 2 },
          policyPacks: { gabion: "0.1.0" },
          findings: [
            { ...rest, message: reason, remedy: "Deny http." },
            { ...rest, urn: "", policyName: "stack-rule", enforcementLevel: "advisory", message: "No remedy here" },
            { ...rest, policyName: "kms", message: reason, remedy: "Deny http.", undecided: true },
          ],
          steps: [
            { op: "update", urn: urnOf(bucketType, "data"), type: bucketType, changed: ["acl"], replaceKeys: ["acl"] },
          ],
          failed: [urnOf(bucketType, "data")],
          diagnostics: outcome.diagnostics,
          genericTypes: ["aws:x/y:Y"],
          unsureFacts: outcome.simulation?.unsureFacts,
          criticalPath: outcome.simulation?.criticalPath,
          leftovers: outcome.simulation?.leftovers,
          assumedPrincipals: outcome.simulation?.assumedPrincipals,
          outputs: ["bucketName", "token"],
          stateFile: "/p/.gabion/state/sandbox.json",
        },
      ],
    });
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });
});

describe("report.md", () => {
  it("tells the same to people", () => {
    expect(reportMarkdown(report)).toBe(`# gabion up sandbox

Finished 2026-06-01T12:00:00.000Z after 2.0 s, exit code 1.

## sandbox (foundation)

- Status: rejected
- Engine: embedded
- Operations: 1 update, 1 same
- Duration: 1.2 s
- On AWS: about 12 min 34 s (simulated)
- Policy packs: gabion 0.1.0
- State: \`/p/.gabion/state/sandbox.json\`

### Policy findings

- **mandatory: s3-tls-only** (gabion 0.1.0)
  - \`${urnOf(bucketType, "data")}\`
  - Buckets take requests over TLS only policy: it allows http Why: data can be read
  - Remedy: Deny http.
- **advisory: stack-rule** (gabion 0.1.0)
  - the stack as a whole
  - No remedy here
- **undecided: kms** (gabion 0.1.0)
  - \`${urnOf(bucketType, "data")}\`
  - Buckets take requests over TLS only policy: it allows http Why: data can be read
  - Remedy: Deny http.

### Changes

- update aws:s3:Bucket data (because of \`acl\`): \`acl\`

### Warnings and errors

- warning: aws:s3:Bucket data: old \\<b\\> version

### Resources by service

| service | resources |
| --- | --- |
| s3 | 2 |

### What decides the time on AWS

- create aws:s3:Bucket data: 12 s, of them 10 s: a role was not visible yet

### Left in the simulated account

- an interface (aws:ec2:Vpc main), held (until 2026-06-01T00:00:00Z)

### Roles that the settings name and no stack makes

- \`arn:aws:iam::111122223333:role/publisher\`

### Types simulated by name only

- \`aws:x/y:Y\`

### What the simulation is not certain of

- durations (unsure; commonly seen)
`);
  });

  it("says so when a stack is simulated that is no sandbox stack", () => {
    const [stack] = report.stacks;
    if (stack === undefined) throw new Error("there is one");
    expect(reportMarkdown({ ...report, stacks: [{ ...stack, simulated: true }] })).toContain(
      "**Simulated.** Nothing of this happened on AWS.",
    );
  });
});

describe("findings.sarif", () => {
  it("has a rule and a result for each finding, at its stack file and resource", () => {
    const sarif = reportSarif(report, { stackFile: (stack) => `stacks/Pulumi.${stack}.yaml`, rules: new Map() }) as {
      version: string;
      runs: { tool: { driver: { rules: unknown[] } }; results: Record<string, unknown>[] }[];
    };
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0]?.tool.driver.rules).toEqual([{ id: "s3-tls-only" }, { id: "stack-rule" }, { id: "kms" }]);
    expect(sarif.runs[0]?.results.map(({ level, kind }) => [level, kind])).toEqual([
      ["error", undefined],
      ["warning", undefined],
      ["none", "open"],
    ]);
    expect(sarif.runs[0]?.results[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: "stacks/Pulumi.sandbox.yaml" } },
        logicalLocations: [{ fullyQualifiedName: urnOf(bucketType, "data"), kind: "resource" }],
      },
    ]);
  });
});

// The first run of the command loads much of the repository.
describe("the report folder", { timeout: 120_000 }, () => {
  it("gets whole files and nothing else", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-report-"));
    try {
      const target = path.join(folder, "a", "b");
      for (let round = 0; round < 2; round += 1)
        writeReport(target, report, { stackFile: () => "x", rules: new Map() });
      expect(fs.readdirSync(target).sort()).toEqual(["findings.sarif", "findings.xml", "report.json", "report.md"]);
      expect(JSON.parse(fs.readFileSync(path.join(target, "report.json"), "utf8"))).toEqual(report);
      const file = path.join(folder, "file");
      fs.writeFileSync(file, "");
      expect(() => writeReport(path.join(file, "x"), report, { stackFile: () => "x", rules: new Map() })).toThrow(
        /could not be written to .*: a part of the path is a file. Name another folder with --report DIR/,
      );
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it("that cannot be written makes the command fail, after the summary", async () => {
    const { root, remove } = makeProject();
    try {
      fs.writeFileSync(path.join(root, "file"), "");
      const ran = await gabion("up sandbox --report file/x", { cwd: root });
      expect(ran.code).toBe(1);
      expect(ran.out).toContain("gabion up sandbox: nothing changed");
      expect(ran.out).not.toContain("Report ");
      expect(ran.err).toMatch(/^error: The report could not be written/);
      const written = await gabion("up sandbox --report reports", { cwd: root });
      expect(written.code).toBe(0);
      expect(fs.readdirSync(path.join(root, "reports"))).toHaveLength(4);
    } finally {
      remove();
    }
  });
});

describe("findings", () => {
  it("of one rule with one message are one group, those that reject first", () => {
    const groups = groupFindings([
      finding({ undecided: true, urn: "a" }),
      finding({ enforcementLevel: "advisory", urn: "b" }),
      finding({ urn: "c" }),
      finding({ urn: "d" }),
      finding({ urn: "d" }),
    ]);
    expect(groups.map(({ level, undecided, urns }) => [level, undecided, urns])).toEqual([
      ["mandatory", false, ["c", "d"]],
      ["advisory", false, ["b"]],
      ["mandatory", true, ["a"]],
    ]);
  });

  it("that are exempted stay visible, count as such, and are suppressed for tools", () => {
    const exemption = { owner: "ml-platform", ticket: "SEC-1", reason: "renamed soon", expires: "2026-12-31" };
    const exempted = finding({ exemption });
    expect(groupFindings([finding({ undecided: true }), exempted, finding()]).map(kindOfGroup)).toEqual([
      "mandatory",
      "exempted",
      "undecided",
    ]);
    expect(findingsText([exempted, finding()])).toBe("1 mandatory, 1 exempted");
    const one = { ...(report.stacks[0] as StackReport), findings: [exempted] };
    expect(reportMarkdown({ ...report, stacks: [one] })).toContain("- **exempted: s3-tls-only** (gabion 0.1.0)");
    expect(reportMarkdown({ ...report, stacks: [one] })).toContain(
      "Exempt until 2026-12-31 (ml-platform, SEC-1): renamed soon",
    );
    expect(reportSarif({ ...report, stacks: [one] }, { stackFile: () => "file", rules: new Map() })).toMatchObject({
      runs: [{ results: [{ suppressions: [{ kind: "external", status: "accepted" }] }] }],
    });
  });

  it("are counted by resource", () => {
    expect(findingsText([])).toBe("no findings");
    expect(findingsText([finding({ urn: "c" }), finding({ urn: "d" }), finding({ urn: "", undecided: true })])).toBe(
      "2 mandatory, 1 undecided",
    );
  });

  it("without a remedy are a reason as a whole", () => {
    expect(partsOf("no remedy: none\n")).toEqual({ reason: "no remedy: none" });
    expect(partsOf("why\nRemedy: this\nand that")).toEqual({ reason: "why", remedy: "this\nand that" });
  });
});

describe("resources by service", () => {
  it("are those that are there at the end and that a provider manages", () => {
    expect(
      countByService([
        step("delete", { old: resource(bucketType, "old") }),
        step("create", { new: resource("gabion:index:DataBucket", "x", { custom: false }) }),
        step("create", { new: resource("pulumi:providers:aws", "aws") }),
        step("create", { new: resource("aws:ec2/vpc:Vpc", "main") }),
        step("create-replacement", { new: resource(bucketType, "new") }, { logical: false }),
        step("delete-replaced", { old: resource(bucketType, "new") }, { logical: false }),
      ]),
    ).toEqual({ ec2: 1, s3: 1 });
    const bucket = resource(bucketType, "new");
    expect(countByService([step("create", { new: bucket })], [bucket.urn])).toEqual({});
    expect(countByService([step("update", { old: bucket, new: bucket })], [bucket.urn])).toEqual({ s3: 1 });
  });
});
