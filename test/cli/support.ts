import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { main } from "../../cli";
import type {
  EngineEvent,
  PolicyFinding,
  ResourceSnapshot,
  Run,
  RunOptions,
  RunResult,
  RunSummary,
  StepMetadata,
} from "../../cli/engines/contract";
import type { ChildResult, ChildRun, Host } from "../../cli/host";
import { type InjectedFault, openWorld } from "../../sandbox/aws";

const common = (environment: string, sandbox: boolean) => `
  gabion:environment: ${environment}
  gabion:sandbox: ${sandbox}
  gabion:region: eu-central-1
  gabion:accountId: "111122223333"
  gabion:owner: ml-platform
  gabion:dataClass: internal
  gabion:costCentre: ml-4711`;

export const accountFile = (environment: string, sandbox = true): string =>
  `config:\n  gabion:layer: account${common(environment, sandbox)}\n`;

export const foundationFile = (environment: string, account: string, sandbox = true): string =>
  `config:
  gabion:layer: foundation${common(environment, sandbox)}
  gabion:accountStack: ${account}
  gabion:network:
    cidr: 10.20.0.0/16
    zones: [eu-central-1a, eu-central-1b, eu-central-1c]
  gabion:cluster:
    version: "1.35"
    administrators: ["arn:aws:iam::111122223333:role/ml-platform-admin"]
  gabion:nodePools:
    - { name: system, instanceTypes: [m7i.xlarge], minSize: 3, maxSize: 6 }
`;

/** The usual project: a sandbox environment of two layers and one for real. */
export const twoEnvironments: Record<string, string> = {
  "sandbox-account": accountFile("sandbox"),
  sandbox: foundationFile("sandbox", "sandbox-account"),
  "dev-account": accountFile("dev", false),
  dev: foundationFile("dev", "dev-account", false),
};

/** A project folder with the given stack files; `remove` takes it away. */
export function makeProject(stacks: Record<string, string> = twoEnvironments): { root: string; remove(): void } {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gabion-cli-")));
  fs.writeFileSync(
    path.join(root, "Pulumi.yaml"),
    'name: gabion\nmain: stacks\nstackConfigDir: stacks\nruntime:\n  name: nodejs\n  options:\n    nodeargs: "--a --b"\n',
  );
  fs.mkdirSync(path.join(root, "stacks"));
  for (const [stack, text] of Object.entries(stacks)) {
    fs.writeFileSync(path.join(root, "stacks", `Pulumi.${stack}.yaml`), text);
  }
  return { root, remove: () => fs.rmSync(root, { recursive: true, force: true }) };
}

export const urnOf = (type: string, name: string, stack = "sandbox"): string =>
  `urn:pulumi:${stack}::gabion::${type}::${name}`;

export const rootUrn = (stack: string): string => urnOf("pulumi:pulumi:Stack", `gabion-${stack}`, stack);

export function resource(
  type: string,
  name: string,
  given: Partial<ResourceSnapshot> & { stack?: string } = {},
): ResourceSnapshot {
  const { stack = "sandbox", ...rest } = given;
  return { urn: urnOf(type, name, stack), type, custom: true, parent: rootUrn(stack), inputs: {}, ...rest };
}

export const rootStack = (stack = "sandbox"): ResourceSnapshot => ({
  urn: rootUrn(stack),
  type: "pulumi:pulumi:Stack",
  custom: false,
  inputs: {},
});

export function step(
  op: StepMetadata["op"],
  states: { old?: ResourceSnapshot; new?: ResourceSnapshot },
  rest: Partial<StepMetadata> = {},
): StepMetadata {
  const subject = states.new ?? states.old;
  if (subject === undefined) throw new Error("a step is about a resource");
  return { op, urn: subject.urn, type: subject.type, ...states, logical: true, ...rest };
}

export const finding = (given: Partial<PolicyFinding> = {}): PolicyFinding => ({
  urn: urnOf("aws:s3/bucket:Bucket", "data"),
  policyName: "s3-tls-only",
  packName: "gabion",
  packVersion: "0.1.0",
  enforcementLevel: "mandatory",
  message: "Buckets take requests over TLS only\npolicy: it allows http\nWhy: data can be read\nRemedy: Deny http.",
  ...given,
});

/** What a run of the fake engine tells and comes to. */
export interface Script {
  status?: RunResult["status"];
  steps?: StepMetadata[];
  findings?: PolicyFinding[];
  diagnostics?: Extract<EngineEvent, { type: "diagnostic" }>[];
  throws?: Error;
  /** Called while the run is at work. */
  during?(options: RunOptions): void | Promise<void>;
}

const countsOf = (steps: readonly StepMetadata[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { op, logical } of steps) if (logical) counts[op] = (counts[op] ?? 0) + 1;
  return counts;
};

/** An engine that tells what the script of the stack says. */
export function fakeEngine(scripts: Record<string, Script>): { run: Run; calls: RunOptions[] } {
  const calls: RunOptions[] = [];
  const run: Run = async (options) => {
    calls.push(options);
    const {
      status = "succeeded",
      steps = [],
      findings = [],
      diagnostics = [],
      ...script
    } = scripts[options.stack] ?? {};
    if (script.throws !== undefined) throw script.throws;
    const summary: RunSummary = {
      changes: countsOf(steps),
      durationSeconds: 1.5,
      policyPacks: options.policyPacks.length === 0 ? {} : { gabion: "0.1.0" },
      maybeCorrupt: false,
    };
    const pass = (preview: boolean) => {
      options.onEvent({ type: "prelude", stack: options.stack, config: options.config.values, preview });
      for (const diagnostic of diagnostics) options.onEvent(diagnostic);
      for (const metadata of steps) {
        options.onEvent({ type: "resource-pre", metadata, planning: preview });
        options.onEvent({ type: "resource-outputs", metadata, planning: preview, durationSeconds: 0.25 });
      }
      for (const one of findings) options.onEvent({ type: "policy", finding: one });
      options.onEvent({ type: "summary", preview, summary });
    };
    if (options.operation === "preview" || (options.operation === "up" && options.skipPreview !== true)) pass(true);
    await script.during?.(options);
    if (options.operation !== "preview") pass(false);
    return {
      status: options.signal?.aborted === true ? "cancelled" : status,
      summary,
      steps,
      findings,
      outputs: {},
      stateFile: path.join(options.stateFolder, "gabion", `${options.stack}.json`),
    };
  };
  return { run, calls };
}

export interface Ran {
  code: number;
  out: string;
  err: string;
  children: ChildRun[];
  /** Exit codes with which the process was ended at once. */
  exits: number[];
  twins: { stopped: number; requests: Parameters<Awaited<ReturnType<Host["loadTwin"]>>["startAwsTwin"]>[0][] };
}

export interface Setting {
  cwd: string;
  run?: Run;
  environment?: Record<string, string | undefined>;
  /** Files on the PATH, by command. */
  commands?: Record<string, string>;
  child?(run: ChildRun): ChildResult | Promise<ChildResult>;
  genericTypes?: string[];
  /** What the twins say of a plan of faults. */
  faults?: InjectedFault[];
  /** Gets what sends a signal to the command. */
  withSignal?(interrupt: () => void): void;
}

const collector = (write: (text: string) => void) => ({ write });

/** Runs the command line on a host of its own. */
export async function gabion(line: string, setting: Setting): Promise<Ran> {
  const ran: Ran = { code: -1, out: "", err: "", children: [], exits: [], twins: { stopped: 0, requests: [] } };
  const host: Host = {
    cwd: setting.cwd,
    environment: { GABION_TODAY: "2026-06-01", PULUMI_CONFIG_PASSPHRASE: "correct horse", ...setting.environment },
    stdout: collector((text) => {
      ran.out += text;
    }),
    stderr: collector((text) => {
      ran.err += text;
    }),
    now: () => new Date("2026-06-01T12:00:00Z"),
    loadEngine: () => Promise.resolve(setting.run ?? fakeEngine({}).run),
    loadTwin: () =>
      Promise.resolve({
        openWorld,
        startAwsTwin: (options: Ran["twins"]["requests"][number]) => {
          ran.twins.requests.push(options);
          return Promise.resolve({
            address: "127.0.0.1:4711",
            report: () => ({
              simulatedSeconds: 754,
              criticalPath: [],
              genericTypes: setting.genericTypes ?? [],
              unsureFacts: [],
              faults: setting.faults ?? [],
              assumedPrincipals: [],
              leftovers: [{ account: "111122223333", what: "a network interface", until: "2026-06-01T00:00:00Z" }],
            }),
            stop: () => {
              ran.twins.stopped += 1;
              return Promise.resolve();
            },
          });
        },
      }) as unknown as ReturnType<Host["loadTwin"]>,
    findOnPath: (command) => setting.commands?.[command],
    runChild: async (child) => {
      ran.children.push(child);
      return (await setting.child?.(child)) ?? { code: 0, stdout: "" };
    },
    onInterrupt(callback) {
      setting.withSignal?.(() => callback("SIGINT"));
      return () => undefined;
    },
    exit: (code) => void ran.exits.push(code),
  };
  ran.code = await main(["node", "gabion", ...line.split(" ").filter((word) => word !== "")], host);
  return ran;
}
