import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { expect, it } from "vitest";

const file = path.resolve(__dirname, "../../tools/plain-errors.js");

/** What a new process prints that has loaded the file, once the statements before it were run. */
function printed(before: string[], after: string[]): string {
  const script = [...before, `require(${JSON.stringify(file)})`, ...after].join(";");
  const { stdout, stderr, status } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8", timeout: 60_000 });
  expect(status, stderr).toBe(0);
  return stdout;
}

const looksUp = "Error.prepareStackTrace = (error) => 'looked up: ' + error.message";
const traces = [
  "function debuggablePromise() { return new Error('leak').stack }",
  "console.log(debuggablePromise().split('\\n').slice(0, 2).join('').replace(/\\(.*/, ''))",
  "console.log(new Error('mine').stack)",
];

it.each([
  ["before", [looksUp], []],
  ["after", [], [looksUp]],
  [
    "before, and put back after someone else's",
    [looksUp],
    ["const one = Error.prepareStackTrace", "Error.prepareStackTrace = () => ''", "Error.prepareStackTrace = one"],
  ],
])(
  "looks nothing up for traces of promises, and everything for those of errors, when source maps come %s",
  (_when, before, after) => {
    expect(printed(before, [...after, ...traces])).toBe("Error: leak    at debuggablePromise \nlooked up: mine\n");
  },
);

it("leaves Node's own traces as they are, also when someone has taken their printing away", () => {
  const after = ["Error.prepareStackTrace = undefined", "console.log(Error.prepareStackTrace)"];
  expect(printed([], [...after, "console.log(new Error('mine').stack)"])).toMatch(
    /^undefined\nError: mine\n {4}at .*\[eval\]/,
  );
});

it("does not do again what the embedded engine has done", () => {
  const before = [
    "const mark = { configurable: true, get: () => undefined }",
    "Object.defineProperty(Error, 'prepareStackTrace', mark)",
  ];
  const after = ["console.log(Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace').get === mark.get)"];
  expect(printed(before, after)).toBe("true\n");
});

it("prints in colours to nobody", () => {
  expect(printed([], ["console.log(require('util').inspect('text', { colors: true }))"])).toBe("'text'\n");
});

it("prints without colours for Pulumi's runner too, which was there before", () => {
  const runner = JSON.stringify(require.resolve("@pulumi/pulumi/cmd/run/error"));
  const text = printed(
    [`const runner = require(${runner})`],
    [
      "const print = (error) => console.log(JSON.stringify(runner.defaultErrorMessage(error)))",
      "print(Object.assign(new Error('made'), { stack: 'Error: made\\n    at /w/node_modules/@pulumi/pulumi/output.ts:519:31' }))",
      "print('thrown text')",
      "print({ stack: 'a stack', message: 'a message', [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error() } })",
    ],
  );
  expect(
    text
      .split("\n")
      .slice(0, 3)
      .map((line) => JSON.parse(line) as string),
  ).toEqual(["Error: made\n    at /w/node_modules/@pulumi/pulumi/output.ts:519:31", "thrown text", "a stack"]);
});
