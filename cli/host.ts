import { spawn } from "node:child_process";
import type * as awsTwin from "gabion-sandbox/aws";
import type { Run } from "./engines/contract";
import { findOnPath } from "./engines/path-search";

export interface OutputStream {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

export interface ChildRun {
  command: string;
  args: string[];
  cwd: string;
  environment: Record<string, string | undefined>;
  /** What the child prints is returned instead of shown. Default false: it gets the terminal. */
  capture?: boolean;
  /** It is ended after so many seconds. Default: it may take as long as it likes, as it may ask its own questions. */
  timeoutSeconds?: number;
}

export interface ChildResult {
  /** 130 when a signal ended it. */
  code: number;
  /** Empty when it was not captured. */
  stdout: string;
}

/** All that the command needs of the world around it, so that tests can give it another one. */
export interface Host {
  cwd: string;
  environment: Record<string, string | undefined>;
  stdout: OutputStream;
  stderr: OutputStream;
  now(): Date;
  /** Loaded on first use: the engine and the twin are what makes a start slow. */
  loadEngine(): Promise<Run>;
  loadTwin(): Promise<Pick<typeof awsTwin, "openWorld" | "startAwsTwin">>;
  findOnPath(command: string): string | undefined;
  runChild(run: ChildRun): Promise<ChildResult>;
  /** Calls back on Ctrl-C and on a request to end; returns what takes the call-back away. */
  onInterrupt(callback: (signal: "SIGINT" | "SIGTERM") => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}

export function realHost(): Host {
  const environment = process.env;
  // Whoever reads the output may go away (`gabion up … | head`): that is no reason to end a run in the middle.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreClosedPipe);
  return {
    cwd: process.cwd(),
    environment,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    loadEngine: async () => (await import("gabion-sandbox/engine")).run,
    loadTwin: () => import("gabion-sandbox/aws"),
    findOnPath: (command) => findOnPath(command, environment),
    runChild,
    onInterrupt(callback) {
      const signals = ["SIGINT", "SIGTERM"] as const;
      for (const signal of signals) process.on(signal, callback);
      return () => {
        for (const signal of signals) process.off(signal, callback);
      };
    },
    exit: (code) => process.exit(code),
  };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

function runChild({ command, args, cwd, environment, capture, timeoutSeconds }: ChildRun): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: environment,
      stdio: ["inherit", capture === true ? "pipe" : "inherit", "inherit"],
      ...(timeoutSeconds === undefined ? {} : { timeout: timeoutSeconds * 1000, killSignal: "SIGKILL" as const }),
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    // On a terminal the child gets Ctrl-C itself, and a second one would make it stop hard.
    const onTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
    const interrupt = () => {
      if (!onTerminal) child.kill("SIGINT");
    };
    const terminate = () => child.kill("SIGTERM");
    process.on("SIGINT", interrupt);
    process.on("SIGTERM", terminate);
    const settle = () => {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", terminate);
    };
    child.on("error", (error) => {
      settle();
      reject(error);
    });
    child.on("close", (code) => {
      settle();
      resolve({ code: code ?? 130, stdout: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
