import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { EngineError } from "../api";
import { endGuarded, spawnGuarded } from "../processes/guarded-child";
import type { SecretMask } from "../values/mask";
import type { PackProject } from "./project";
import type { StartPolicyHostOptions } from "./types";

const keptLines = 40;
const keptCharacters = 500;

/** The process of one pack. */
export class PackProcess {
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private ending = false;
  /** How it ended, in words; set before `ended` resolves. */
  private end = "";
  /** Resolves when the process is gone and all that it printed was read. */
  readonly ended: Promise<void>;
  /** Resolves with the port that it serves on. Rejects with an EngineError when none comes. */
  readonly port: Promise<number>;

  constructor(
    private readonly project: PackProject,
    private readonly options: StartPolicyHostOptions,
    private readonly mask: SecretMask,
  ) {
    this.child = spawnGuarded(project.runner, [options.engineAddress, project.folder], {
      cwd: project.folder,
      env: packEnvironment(options),
    });
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => {
        this.end = `could not be run: ${error.message}`;
        resolve();
      });
      this.child.once("close", (code, signal) => {
        this.end ||= signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`;
        resolve();
      });
    });
    this.port = this.readPort();
    // A pack that is closed before it started has no one who waits for its port.
    this.port.catch(() => undefined);
  }

  /** An error about this pack, with what it printed last. */
  failure(problem: string, kind: "usage" | "failed" = "failed"): EngineError {
    const said = this.lines.length === 0 ? "" : `\nIt printed:\n${this.lines.map((line) => `  ${line}`).join("\n")}`;
    return new EngineError(this.mask.masked(`Policy pack ${this.project.folder} ${problem}${said}`), kind);
  }

  /** The result of a call, or the end of the process, whatever comes first. */
  async during<Result>(call: Promise<Result>): Promise<Result> {
    const result = await Promise.race([
      call.then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      ),
      this.ended.then(() => undefined),
    ]);
    if (result !== undefined && "value" in result) return result.value;
    if (result !== undefined && (await this.isGone())) throw this.failure(this.end);
    if (result !== undefined) throw result.error;
    throw this.failure(this.ending ? "was stopped" : this.end);
  }

  async close(): Promise<void> {
    this.ending = true;
    endGuarded(this.child);
    await this.ended;
  }

  /** A broken connection is noticed a moment before the end of the process that caused it. */
  private isGone(): Promise<boolean> {
    const pause = new Promise<boolean>((resolve) => setTimeout(resolve, 200, false));
    return Promise.race([this.ended.then(() => true), pause]);
  }

  private readPort(): Promise<number> {
    const { stdout, stderr } = this.child;
    if (stdout === null || stderr === null) throw new Error("the pack's output is not read");
    return new Promise((resolve, reject) => {
      const seconds = this.options.timeoutSeconds;
      const fail = (problem: string): void => {
        clearTimeout(timer);
        endGuarded(this.child);
        void this.ended.then(() => reject(this.failure(problem)));
      };
      const timer = setTimeout(() => fail(`did not start within ${seconds} seconds.`), seconds * 1000);
      let first = true;
      createInterface({ input: stdout }).on("line", (line) => {
        if (!first) return this.keep("info", line);
        first = false;
        const port = Number(line.trim());
        if (!/^\d+$/.test(line.trim()) || port < 1 || port > 65535) {
          this.keep("info", line);
          return fail("did not start: the first line it prints has to be the port it serves on.");
        }
        clearTimeout(timer);
        resolve(port);
      });
      createInterface({ input: stderr }).on("line", (line) => this.keep("info#err", line));
      void this.ended.then(() => fail(`did not start: it ${this.end}.`));
    });
  }

  private keep(severity: "info" | "info#err", line: string): void {
    if (line.trim() === "") return;
    const masked = this.mask.masked(line);
    this.lines.push(masked.slice(0, keptCharacters));
    if (this.lines.length > keptLines) this.lines.shift();
    this.options.onOutput?.(severity, masked);
  }
}

/** The variables that Pulumi's own host gives a pack. Secret configuration values are among them, in the clear, as there. */
export function packEnvironment(options: StartPolicyHostOptions): Record<string, string | undefined> {
  const { organization, project, stack, dryRun } = options;
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries({
    ORGANIZATION: organization,
    PROJECT: project,
    STACK: stack,
    DRY_RUN: String(dryRun),
  })) {
    own[`PULUMI_${name}`] = value;
    own[`PULUMI_NODEJS_${name}`] = value;
  }
  own.PULUMI_CONFIG = JSON.stringify(options.config.values);
  own.PULUMI_NODEJS_TYPESCRIPT = "true";
  return { ...process.env, ...options.environment, ...own };
}
