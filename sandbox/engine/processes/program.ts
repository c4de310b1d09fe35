import type { ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import * as path from "node:path";
import { createInterface } from "node:readline";
import type { ProjectSource, StackConfig } from "../api";
import { EngineError } from "../api";
import { endGuarded, spawnGuarded } from "./guarded-child";

export interface ProgramOptions {
  project: ProjectSource;
  stack: string;
  organization: string;
  config: StackConfig;
  dryRun: boolean;
  parallel: number;
  /** `127.0.0.1:<port>` of the `ResourceMonitor` and of the `Engine`. */
  monitor: string;
  engine: string;
  environment: Record<string, string>;
  onLine(stream: "stdout" | "stderr", line: string): void;
}

/** `problem` is absent when the program came to its end, or has told by itself why it did not. */
export interface ProgramEnd {
  succeeded: boolean;
  problem?: string;
}

/** With this exit code the runtime says that the user knows the cause. Source: `@pulumi/pulumi/cmd/run`. */
const alreadyReported = 32;

/** How long an ended program may take to leave by itself, in milliseconds. */
const graceMilliseconds = 1000;

/**
 * The program of a stack: in a process of its own, run by Pulumi's own runtime for Node, or a function of this process. Nothing ends a function from outside; the calls
 * that it waits for end with the services that it calls.
 */
export class Program {
  private readonly child: ChildProcess | undefined;
  readonly ended: Promise<ProgramEnd>;

  constructor(options: ProgramOptions) {
    const { monitor, engine, project } = options;
    if (project.inline !== undefined) {
      this.ended = inlineEnd(project.inline({ monitor, engine }));
      return;
    }
    this.child = startChild(options);
    this.ended = childEnd(this.child);
  }

  /** Waits a moment for a program that is done, then ends it and all that it has started. */
  async close(): Promise<void> {
    if (this.child === undefined) return;
    const timer = setTimeout(() => this.end(), graceMilliseconds);
    await this.ended;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    if (this.child === undefined) return;
    this.end();
    await this.ended;
  }

  private end(): void {
    if (this.child !== undefined) endGuarded(this.child);
  }
}

const inlineEnd = (running: Promise<void>): Promise<ProgramEnd> =>
  running.then(
    () => ({ succeeded: true }),
    (error: unknown) => ({
      succeeded: false,
      problem: `failed: ${error instanceof Error ? error.message : String(error)}`,
    }),
  );

function startChild(options: ProgramOptions): ChildProcess {
  const child = spawnGuarded(runtimeOf(options.project.main), argumentsOf(options), {
    cwd: options.project.main,
    env: environmentOf(options),
    nodeArgs: options.project.nodeArgs,
  });
  const { stdout, stderr } = child;
  if (stdout !== null) createInterface({ input: stdout }).on("line", (line) => options.onLine("stdout", line));
  if (stderr !== null) createInterface({ input: stderr }).on("line", (line) => options.onLine("stderr", line));
  return child;
}

const childEnd = (child: ChildProcess): Promise<ProgramEnd> =>
  new Promise((resolve) => {
    child.once("error", (error) => resolve({ succeeded: false, problem: `could not be run: ${error.message}` }));
    child.once("close", (code, signal) => resolve(endOf(code, signal)));
  });

function endOf(code: number | null, signal: NodeJS.Signals | null): ProgramEnd {
  if (code === 0) return { succeeded: true };
  if (code === alreadyReported) return { succeeded: false };
  return {
    succeeded: false,
    problem: signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`,
  };
}

function runtimeOf(main: string): string {
  try {
    return createRequire(path.join(main, "index.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    throw new EngineError(
      `The program in ${main} cannot be run: it has no @pulumi/pulumi. Install the project's packages (npm ci).`,
      "usage",
    );
  }
}

function argumentsOf(options: ProgramOptions): string[] {
  const { project } = options;
  return [
    ...["--monitor", options.monitor, "--engine", options.engine],
    ...["--organization", options.organization, "--project", project.name, "--root-directory", project.root],
    ...["--stack", options.stack, "--pwd", project.main],
    ...(options.dryRun ? ["--dry-run"] : []),
    ...["--parallel", String(options.parallel)],
    ".",
  ];
}

/** Configuration as the runtime wants it: the older form of the keys. */
function environmentOf({ config, environment, project }: ProgramOptions): Record<string, string | undefined> {
  const values = Object.fromEntries(
    Object.entries(config.values).map(([key, value]) => [key.replace(/^([^:]+):/, "$1:config:"), value]),
  );
  return {
    ...process.env,
    PULUMI_NODEJS_TYPESCRIPT: String(project.typescript ?? true),
    ...environment,
    PULUMI_CONFIG: JSON.stringify(values),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(config.secretKeys),
  };
}
