import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { makeProject, remove } from "../support/project";

const root = path.resolve(__dirname, "..", "..");

export interface Said {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A project of its own, in which the command is run as a person types it. */
export class TestProject {
  readonly folder = makeProject(root, "test");
  private readonly running = new Set<ChildProcess>();

  /** @param environment Variables besides those of the test and of every project here. */
  constructor(private readonly environment: Record<string, string> = {}) {}

  gabion(...args: string[]): Promise<Said> {
    return this.command(process.execPath, [path.join(root, "cli", "bin", "gabion.js"), ...args]);
  }

  /** Any command, in the folder and with the variables of the project. */
  command(file: string, args: string[]): Promise<Said> {
    const child = spawn(file, args, {
      cwd: this.folder,
      env: {
        ...process.env,
        CI: "true",
        NO_COLOR: "1",
        GABION_TODAY: "2026-11-24",
        PULUMI_CONFIG_PASSPHRASE: "only for tests",
        ...this.environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.running.add(child);
    const said: Said = { code: null, stdout: "", stderr: "" };
    child.stdout.on("data", (chunk: Buffer) => {
      said.stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said.stderr += chunk.toString();
    });
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve({ ...said, code }));
    });
  }

  /** Changes a stack file by its text, for good. */
  rewrite(stack: string, change: (text: string) => string): void {
    const file = path.join(this.folder, "stack-files", `Pulumi.${stack}.yaml`);
    fs.writeFileSync(file, change(fs.readFileSync(file, "utf8")));
  }

  /** Changes a stack file by its text, for as long as `during` takes. Fails when there is nothing to change. */
  async edited<Result>(stack: string, from: string, to: string, during: () => Promise<Result>): Promise<Result> {
    const file = path.join(this.folder, "stack-files", `Pulumi.${stack}.yaml`);
    const text = fs.readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
    fs.writeFileSync(file, text.replace(from, to));
    try {
      return await during();
    } finally {
      fs.writeFileSync(file, text);
    }
  }

  has(relative: string): boolean {
    return fs.existsSync(path.join(this.folder, relative));
  }

  /** Takes the project away, and ends what a test that was given up has left running. */
  remove(): void {
    for (const child of this.running) child.kill("SIGKILL");
    remove(this.folder);
  }
}

interface Digest {
  steps: {
    op: string;
    urn: string;
    detailedDiff?: Record<string, { kind: string }> | null;
  }[];
  changeSummary: Record<string, number>;
}

export interface Change {
  op: string;
  /** Type and name. */
  resource: string;
  /** Property paths that change. */
  paths: string[];
}

/** What a preview's document says besides unchanged and read resources, sorted. */
export function changesOf(document: string): Change[] {
  const { steps } = JSON.parse(document) as Digest;
  return steps
    .filter(({ op }) => op !== "same" && op !== "read")
    .map(({ op, urn, detailedDiff }) => {
      const [, , types, name] = urn.split("::");
      return {
        op,
        resource: `${types?.split("$").pop()} ${name}`,
        paths: Object.keys(detailedDiff ?? {}).sort(),
      };
    })
    .sort((left, right) => (left.resource < right.resource ? -1 : 1));
}
