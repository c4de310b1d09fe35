import * as fs from "node:fs";
import type { Files } from "../../../sandbox/engine/state/files";
import { realFiles } from "../../../sandbox/engine/state/files";
import { openStateWith } from "../../../sandbox/engine/state/open";
import type { PendingOperation, ResourceState } from "../../../sandbox/engine/state/types";
import { secretOf } from "../../../sandbox/engine/values/inspect";

/** What the process is told on its command line, as JSON. */
export interface Task {
  stateFolder: string;
  passphrase: string;
  /** Names of the resources that are created, one after the other. */
  create: string[];
  /** Characters of each resource's properties. */
  size: number;
  /** The file operation within which the process kills itself, counted from 1. */
  killAt?: number;
  /** Holds the lock until the standard input ends. */
  hold?: boolean;
}

const say = (text: string): void => void fs.writeSync(1, `${text}\n`);

/** Real files that stop existing for this process in the middle of an operation. */
function deadlyFiles(killAt: number): Files {
  let operations = 0;
  const isDue = (): boolean => {
    operations += 1;
    return operations === killAt;
  };
  const die = (): never => {
    process.kill(process.pid, "SIGKILL");
    for (;;);
  };
  const before =
    <Words extends unknown[], Result>(work: (...words: Words) => Promise<Result>) =>
    (...words: Words): Promise<Result> =>
      isDue() ? die() : work(...words);
  return {
    ...realFiles,
    copyName: before(realFiles.copyName),
    rename: before(realFiles.rename),
    remove: before(realFiles.remove),
    syncFolder: before(realFiles.syncFolder),
    write: async (file, text) => {
      if (!isDue()) return realFiles.write(file, text);
      await realFiles.write(file, text.slice(0, text.length / 2));
      return die();
    },
    openForAppending: async (file, length) => {
      const journal = await realFiles.openForAppending(file, length);
      const append = async (text: string): Promise<void> => {
        if (!isDue()) return journal.append(text);
        await journal.append(text.slice(0, text.length / 2));
        return die();
      };
      return isDue() ? die() : { append, close: () => journal.close() };
    },
  };
}

async function main(task: Task): Promise<void> {
  const { stateFolder, passphrase } = task;
  const options = { stateFolder, passphrase, project: "p", stack: "dev", organization: "organization" };
  const store = await openStateWith(task.killAt === undefined ? realFiles : deadlyFiles(task.killAt), options);
  say("opened");
  if (task.hold) await new Promise((resolve) => process.stdin.resume().once("end", resolve));
  try {
    for (const name of task.create) {
      const resource: ResourceState = {
        urn: `urn:pulumi:dev::p::test:index:Thing::${name}`,
        type: "test:index:Thing",
        custom: true,
        id: name,
        inputs: { text: "x".repeat(task.size), secret: secretOf(`planted-${name}`) },
      };
      const operation: PendingOperation = { resource, type: "creating" };
      await store.commit({ begin: [operation] });
      await store.commit({ end: [operation], add: [resource] });
      say(`saved ${name}`);
    }
  } finally {
    await store.close();
  }
  say("closed");
}

main(JSON.parse(process.argv[1] ?? "{}")).catch((error: Error) => {
  say(`failed ${error.message}`);
  process.exitCode = 1;
});
