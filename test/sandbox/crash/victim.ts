import { spawn } from "node:child_process";
import { pbkdf2Sync } from "node:crypto";
import * as path from "node:path";
import { emptyStateText } from "../state/support";
import type { Doomed } from "./child";
import { passphrase } from "./story";

const loader = path.resolve(__dirname, "..", "..", "..", "tools", "from-source.js");
let script: string | undefined;
let key: string | undefined;

/** The process that is killed, compiled once. */
function scriptOf(): string {
  const { bundle } = require(loader) as { bundle(entry: string): string };
  script ??= `require(${JSON.stringify(bundle("test/sandbox/crash/child.ts"))})`;
  return script;
}

/** Key of the states that `emptyState` makes. */
function keyOf(): string {
  const { deployment } = JSON.parse(emptyStateText()) as {
    deployment: { secrets_providers: { state: { salt: string } } };
  };
  const salt = deployment.secrets_providers.state.salt.split(":")[1] ?? "";
  key ??= pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256").toString("hex");
  return key;
}

/** In so short a life neither optimisation nor a small heap pays. */
const lean = ["--no-opt", "--max-semi-space-size=64"];

export interface Outcome {
  signal: NodeJS.Signals | null;
  said: string;
}

/** Runs a task in a process that kills itself, or that is killed so many milliseconds after its run has begun. */
export function runVictim(task: Omit<Doomed, "key">, killAfter?: number): Promise<Outcome> {
  const doomed: Doomed = { ...task, key: keyOf() };
  const child = spawn(process.execPath, [...lean, "-e", scriptOf(), JSON.stringify(doomed)]);
  let said = "";
  let timer: NodeJS.Timeout | undefined;
  child.stderr.on("data", (text) => (said += String(text)));
  child.stdout.on("data", (text) => {
    said += String(text);
    if (killAfter !== undefined) timer ??= setTimeout(() => child.kill("SIGKILL"), killAfter);
  });
  return new Promise((resolve) =>
    child.once("close", (_code, signal) => {
      clearTimeout(timer);
      resolve({ signal, said });
    }),
  );
}
