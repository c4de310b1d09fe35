import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { childPreparation } from "../../../sandbox/engine/processes/child-preparation";

const root = path.resolve(__dirname, "..", "..", "..");

/** What a process prints that was prepared like a program's. */
function prepared(script: string): string {
  const text = [...childPreparation, script].join(";");
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", text], {
    cwd: root,
    encoding: "utf8",
    timeout: 60_000,
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

describe("a prepared process", () => {
  it("does not load what only the serialisation of functions needs", () => {
    const loaded = prepared(
      'require("@pulumi/pulumi"); console.log(Object.keys(require.cache).filter((file) => /arborist|typescript.lib/.test(file)).length)',
    );
    expect(loaded).toBe("0\n");
  });

  it("does not load what only tracing needs, and traces all the same", () => {
    const loaded =
      "console.log(Object.keys(require.cache).filter((file) => /opentelemetry.(sdk-trace-node|exporter)/.test(file)).length > 0)";
    const text = prepared(
      `const tracing = require("@pulumi/pulumi/cmd/run/tracing"); ${loaded}; tracing.start("http://127.0.0.1:9/"); ${loaded}; console.log(tracing.newSpan("run").isRecording()); process.exit()`,
    );
    expect(text).toBe("false\ntrue\ntrue\n");
  });

  it("looks nothing up for the traces of promises, and everything for those of errors, whoever puts their printing back", () => {
    const found = prepared(
      [
        "let looks = 0",
        "Error.prepareStackTrace = (error) => (looks += 1, 'looked up: ' + error.message)",
        "const before = Error.prepareStackTrace",
        "Error.prepareStackTrace = undefined",
        'console.log(Error.prepareStackTrace, new Error("Node prints this").stack.includes(" at "))',
        "Error.prepareStackTrace = before",
        "function debuggablePromise() { return new Error().stack }",
        'console.log(debuggablePromise().startsWith("Error\\n    at debuggablePromise ("), looks)',
        'console.log(new Error("mine").stack, looks)',
      ].join(";"),
    );
    expect(found).toBe("undefined true\ntrue 0\nlooked up: mine 1\n");
  });

  it("gives a program that traces by itself the packages as they are", () => {
    const found = prepared(
      'const { NodeTracerProvider } = require("@opentelemetry/sdk-trace-node"); console.log(new NodeTracerProvider() instanceof NodeTracerProvider, NodeTracerProvider.name)',
    );
    expect(found).toBe("true NodeTracerProvider\n");
  });

  it("serialises functions all the same", () => {
    const text = prepared(
      'const { runtime } = require("@pulumi/pulumi"); const base = 40; runtime.serializeFunction(() => base + 2).then(({ text }) => console.log(text))',
    );
    expect(text).toContain("base + 2");
    expect(text).toContain("base: 40");
  });

  it("gives compiled code the packages as they are", () => {
    const found = prepared(
      'const ts = require("typescript"); const { Arborist } = require("@npmcli/arborist"); console.log(ts.version, "version" in ts, Object.keys(ts).length > 100, typeof new Arborist({ path: "." }))',
    );
    expect(found).toMatch(/^\d+\.\d+\.\d+ true true object\n$/);
  });

  it("prints errors without colours, which some versions of Node take minutes for", () => {
    const printed = prepared('console.log(require("node:util").inspect(new Error("boom"), { colors: true }))');
    const colour = String.fromCharCode(27);
    if (Number.parseInt(process.versions.node, 10) < 24) expect(printed).not.toContain(colour);
    expect(printed).toContain("boom");
  });
});
