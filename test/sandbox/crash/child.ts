import type * as fsModule from "node:fs";
import { perform, type Task } from "./story";

/** The module itself, whose functions can be put in place of others. */
const fs = require("node:fs") as typeof fsModule;

/** What the process is told on its command line, as JSON. */
export interface Doomed extends Task {
  /** The write to a state or an account within which the process kills itself, counted from 1. */
  killAt: number;
  moment: "before" | "within" | "after";
}

const die = (): never => {
  process.kill(process.pid, "SIGKILL");
  for (;;);
};

let writes = 0;

/** Lets a write to a file happen, unless it is the one to die in. */
function deadly<Words extends unknown[], Result>(
  { killAt, moment }: Doomed,
  write: (...words: Words) => Result,
  half: (...words: Words) => Words,
): (...words: Words) => Result {
  return function (this: unknown, ...words: Words): Result {
    writes += 1;
    if (writes !== killAt) return write.apply(this, words);
    if (moment === "before") return die();
    const result = write.apply(this, moment === "within" ? half(...words) : words);
    if (!(result instanceof Promise)) return die();
    return result.then(die) as Result;
  };
}

/** The account is written synchronously, the state through file handles: each such write may be the last. */
async function arm(doomed: Doomed): Promise<void> {
  const real = fs.writeSync as (handle: number, content: Uint8Array, at: number | undefined) => number;
  const halved = (
    handle: number,
    content: Uint8Array,
    at: number | undefined,
  ): [number, Uint8Array, number | undefined] => [handle, content.subarray(0, Math.ceil(content.length / 2)), at];
  const sync = deadly(doomed, real, halved);
  Object.assign(fs, {
    writeSync: (handle: number, content: unknown, at?: number) =>
      content instanceof Uint8Array ? sync(handle, content, at) : real(handle, content as Uint8Array, at),
  });
  const handle = await fs.promises.open(process.execPath, "r");
  const prototype = Object.getPrototypeOf(handle) as { writeFile(text: string): Promise<void> };
  await handle.close();
  prototype.writeFile = deadly(doomed, prototype.writeFile, (text) => [text.slice(0, text.length / 2)]);
}

/** Ends by itself only when the run makes fewer writes than it was to live for. */
async function main(text: string): Promise<void> {
  const doomed = JSON.parse(text) as Doomed;
  await arm(doomed);
  const problems: string[] = [];
  const result = await perform(doomed, (event) => {
    if (event.type === "diagnostic" && /error|warning/.test(event.severity)) problems.push(event.message);
  });
  fs.writeFileSync(1, JSON.stringify({ status: result.status, problems, writes }));
}

void main(process.argv[1] ?? "");
