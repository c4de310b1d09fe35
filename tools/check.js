"use strict";
// What `make test` runs: format, lint and types beside each other, then the tests, and at the end one line that counts them all.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache", "gabion");
const report = path.join(cache, "vitest.json");
const nodeModule = (...names) => path.join(root, "node_modules", ...names);

const biome = nodeModule("@biomejs", "biome", "bin", "biome");
const eslint = nodeModule("eslint", "bin", "eslint.js");
const knip = nodeModule("knip", "bin", "knip.js");
const tsc = nodeModule("typescript", "bin", "tsc");
const vitest = nodeModule("vitest", "vitest.mjs");

/** What is kept until a check has failed is coloured as the terminal wants it, whatever the environment says of pipes. */
const colored = process.stdout.isTTY === true;
const biomeColors = `--colors=${colored ? "force" : "off"}`;

/** Each check counts as one, and passes when all of its commands do. Checks of different lanes run beside each other. */
const checks = {
  format: { lane: 1, commands: [[biome, "format", biomeColors, "."]], wayOut: "make format" },
  lint: {
    lane: 1,
    commands: [
      [biome, "ci", biomeColors, "--formatter-enabled=false", "--error-on-warnings", "."],
      [eslint, ".", "--max-warnings", "0", colored ? "--color" : "--no-color"],
      [knip, "--no-progress", "--no-config-hints"],
    ],
    wayOut: "make format sorts imports; what nothing uses is to be removed; the rest is for you",
  },
  types: {
    lane: 2,
    commands: [
      [
        tsc,
        "--noEmit",
        "--pretty",
        String(colored),
        "-p",
        "tsconfig.json",
        "--incremental",
        "--tsBuildInfoFile",
        path.join(cache, "types.tsbuildinfo"),
      ],
    ],
  },
};

let interrupted = false;

/** Runs a script with this Node; resolves with its exit code and what it said. */
function run([script, ...words], shown) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...words], {
      cwd: root,
      stdio: shown ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of shown ? [] : [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (said += text));
    child.once("error", (error) => resolve({ code: 1, said: error.message }));
    child.once("close", (code) => resolve({ code: code ?? 1, said }));
  });
}

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function runCheck(name) {
  const start = performance.now();
  const { commands, wayOut } = checks[name];
  const failures = [];
  for (const command of commands) {
    const { code, said } = await run(command, false);
    if (code !== 0) failures.push(said.trim());
  }
  if (interrupted) return false;
  const passed = failures.length === 0;
  console.log(`${passed ? "ok    " : "FAILED"} ${name} (${seconds(start)})`);
  if (!passed) console.log([...failures, ...(wayOut === undefined ? [] : [`To repair: ${wayOut}`])].join("\n"));
  return passed;
}

async function runLane(names) {
  const results = [];
  for (const name of names) results.push(await runCheck(name));
  return results;
}

/** The counts of a finished run. What fails outside of a test (a file that does not load, an error nobody caught) counts as one each. */
function countTests(result, code) {
  if (result === undefined) return { passed: 0, failed: 1, skipped: 0 };
  const broken = result.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = result.numFailedTests + broken;
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

function readReport() {
  try {
    return JSON.parse(fs.readFileSync(report, "utf8"));
  } catch {
    return undefined;
  }
}

async function runTests() {
  const start = performance.now();
  fs.rmSync(report, { force: true });
  const { code } = await run(
    [vitest, "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    true,
  );
  const counts = countTests(readReport(), code);
  console.log(`${counts.failed === 0 ? "ok    " : "FAILED"} tests (${seconds(start)})`);
  return counts;
}

function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`;
}

async function main(names) {
  const wanted = names.length === 0 ? [...Object.keys(checks), "tests"] : names;
  const unknown = wanted.filter((name) => name !== "tests" && !Object.hasOwn(checks, name));
  if (unknown.length > 0) {
    console.error(
      `There is no check ${unknown.join(", ")}. There are ${[...Object.keys(checks), "tests"].join(", ")}.`,
    );
    return 2;
  }
  // Ctrl-C reaches the children too; what is left is to end after them.
  process.on("SIGINT", () => (interrupted = true));
  fs.mkdirSync(cache, { recursive: true });
  fs.rmSync(path.join(cache, "count"), { force: true });
  const lanes = [1, 2].map((lane) => wanted.filter((name) => checks[name]?.lane === lane));
  const results = (await Promise.all(lanes.map(runLane))).flat();
  const counts = {
    passed: results.filter(Boolean).length,
    failed: results.filter((passed) => !passed).length,
    skipped: 0,
  };
  if (wanted.includes("tests") && !interrupted) {
    const tests = await runTests();
    for (const field of Object.keys(counts)) counts[field] += tests[field];
  }
  if (interrupted) return 130;
  const line = summaryLine(counts);
  fs.writeFileSync(path.join(cache, "count"), `${line}\n`);
  console.log(line);
  return counts.failed === 0 ? 0 : 1;
}

if (require.main === module) {
  main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}

module.exports = { countTests, summaryLine };
