import type * as fsModule from "node:fs";
import type * as grpcModule from "@grpc/grpc-js";

/** When a process kills itself: at the n-th thing of its kind that it does, counted from 1. */
export interface Deadly {
  /** `disk`: writes to a state or an account and changes of file names. `call`: calls of the provider. */
  kind: "disk" | "call";
  at: number;
  /** Of `call`: only those with this method and name of a resource are counted: `create queue`. */
  only?: string;
  /** `within`: half of what was to be written is written; of what cannot be halved it is as `after`. */
  moment: "before" | "within" | "after";
}

/** The modules themselves, whose functions can be put in place of others. */
const fs = require("node:fs") as typeof fsModule;
const grpc = require("@grpc/grpc-js") as typeof grpcModule;

const counts = { disk: 0, call: 0 };

const die = (): never => {
  process.kill(process.pid, "SIGKILL");
  for (;;);
};

type Work<Words extends unknown[], Result> = (...words: Words) => Result;

const whole = <Words extends unknown[]>(...words: Words): Words => words;

/** Lets a thing happen, unless it is the one to die in. */
function deadly<Words extends unknown[], Result>(
  plan: Deadly | undefined,
  work: Work<Words, Result>,
  half: (...words: Words) => Words = whole,
): Work<Words, Result> {
  return function (this: unknown, ...words: Words): Result {
    counts.disk += 1;
    if (plan?.kind !== "disk" || counts.disk !== plan.at) return work.apply(this, words);
    if (plan.moment === "before") return die();
    const result = work.apply(this, plan.moment === "within" ? half(...words) : words);
    if (!(result instanceof Promise)) return die();
    return result.then(die) as Result;
  };
}

type SyncWrite = (handle: number, content: Uint8Array | string, at?: number) => number;

/** The account is written synchronously, the state through promises. */
async function armDisk(plan: Deadly | undefined): Promise<void> {
  const write = fs.writeSync as SyncWrite;
  const halved = (...[handle, content, at]: Parameters<SyncWrite>): Parameters<SyncWrite> => [
    handle,
    content.slice(0, Math.ceil(content.length / 2)),
    at,
  ];
  const sync = deadly(plan, write, halved);
  const { renameSync, rmSync } = fs;
  Object.assign(fs, {
    writeSync: (...words: Parameters<SyncWrite>) => (typeof words[1] === "string" ? write : sync)(...words),
    renameSync: deadly(plan, renameSync),
    rmSync: deadly(plan, rmSync),
  });
  const { rename, link } = fs.promises;
  Object.assign(fs.promises, { rename: deadly(plan, rename), link: deadly(plan, link) });
  const handle = await fs.promises.open(process.execPath, "r");
  const prototype = Object.getPrototypeOf(handle) as { writeFile(text: string): Promise<void> };
  await handle.close();
  prototype.writeFile = deadly(plan, prototype.writeFile, (text) => [text.slice(0, text.length / 2)]);
}

type Handler = (call: { request: { getUrn(): string } }, answer: (...words: unknown[]) => void) => void;

const watched = ["create", "update", "delete", "read"];

/** Calls of the provider: before anything is done, or when all is done and nobody has been told. */
function armCalls(plan: Deadly | undefined): void {
  const watch =
    (method: string, handler: Handler): Handler =>
    (call, answer) => {
      const name = call.request.getUrn().split("::").at(-1);
      if (plan?.only !== undefined && plan.only !== `${method} ${name}`) return handler(call, answer);
      counts.call += 1;
      if (plan?.kind !== "call" || counts.call !== plan.at) return handler(call, answer);
      return plan.moment === "before" ? die() : handler(call, die);
    };
  const add = grpc.Server.prototype.addService;
  grpc.Server.prototype.addService = function (service, implementation) {
    const handlers = implementation as Record<string, Handler>;
    // Only a provider has all of them.
    if (watched.some((name) => handlers[name] === undefined)) return add.call(this, service, implementation);
    const armed = Object.fromEntries(watched.map((name) => [name, watch(name, handlers[name] as Handler)]));
    return add.call(this, service, { ...handlers, ...armed } as grpcModule.UntypedServiceImplementation);
  };
}

/** Arms the process. The function that it resolves with tells how many things of each kind have happened. */
export async function moments(plan: Deadly | undefined): Promise<() => typeof counts> {
  await armDisk(plan);
  armCalls(plan);
  return () => counts;
}
