import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { newCrypter } from "../../sandbox/engine/state/crypter";

const root = path.resolve(__dirname, "..", "..");
const passphrase = "only for tests";

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A command that is under way. */
export interface Running {
  child: ChildProcess;
  /** Resolves when a line of its output matches. Rejects when it ends before. */
  says(line: RegExp): Promise<void>;
  ended: Promise<Ended>;
}

/**
 * A project whose environment `small` is one stack: a program of `test/fixtures/programs`, secrets in its configuration, the AWS twin, and package `talkative`. The
 * command is run in it as a person types it. All that it starts carries a mark of its own.
 */
export class SmallProject {
  readonly folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gabion-small-")));
  private readonly mark = `GABION_TEST_RUN=${randomUUID()}`;
  private readonly commands = new Set<ChildProcess>();

  private constructor(private readonly program: string) {}

  static async make(program: string, secrets: Record<string, string> = {}): Promise<SmallProject> {
    const project = new SmallProject(path.join(root, "test", "fixtures", "programs", program));
    project.write("Pulumi.yaml", project.projectFile());
    project.write("Pulumi.small.yaml", await stackFile(secrets));
    project.addPackage();
    return project;
  }

  private projectFile(): string {
    const options = "runtime:\n  name: nodejs\n  options:\n    typescript: false\n";
    return `name: small\nmain: ${this.program}\n${options}packages:\n  talkative: ./talkative\n`;
  }

  /** In place of Pulumi's runtime for packages, which loads the TypeScript compiler first, the package brings one that is the provider itself. */
  private addPackage(): void {
    this.write("talkative/PulumiPlugin.yaml", "runtime: nodejs\n");
    this.write("talkative/package.json", '{ "name": "talkative" }\n');
    const provider = path.join(root, "test", "fixtures", "providers", "talkative.js");
    this.write(
      "talkative/node_modules/@pulumi/pulumi/cmd/run-plugin/index.js",
      `require(${JSON.stringify(provider)});\n`,
    );
  }

  private write(file: string, text: string): void {
    const whole = path.join(this.folder, file);
    fs.mkdirSync(path.dirname(whole), { recursive: true });
    fs.writeFileSync(whole, text);
  }

  start(args: string[], environment: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [path.join(root, "cli", "bin", "gabion.js"), ...args], {
      cwd: this.folder,
      env: {
        ...process.env,
        NO_COLOR: "1",
        GABION_TODAY: "2026-11-24",
        PULUMI_CONFIG_PASSPHRASE: passphrase,
        ...Object.fromEntries([this.mark.split("=") as [string, string]]),
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.commands.add(child);
    return follow(child);
  }

  gabion(args: string[], environment: Record<string, string> = {}): Promise<Ended> {
    return this.start(args, environment).ended;
  }

  /** All files below the project's folder, as text. */
  written(): { file: string; text: string }[] {
    const entries = fs.readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return entries.flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return entry.isFile() ? [{ file, text: fs.readFileSync(file, "latin1") }] : [];
    });
  }

  /** The processes that carry the mark. */
  processes(): number[] {
    return fs
      .readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry) && this.isMarked(entry))
      .map(Number);
  }

  private isMarked(pid: string): boolean {
    try {
      return fs.readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(this.mark);
    } catch {
      // It has ended, or is another user's.
      return false;
    }
  }

  /** Resolves when nothing is left of what the commands have started. The test's own limit ends the waiting. */
  async noProcesses(): Promise<void> {
    while (this.processes().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  remove(): void {
    for (const child of this.commands) child.kill("SIGKILL");
    for (const pid of this.processes()) process.kill(pid, "SIGKILL");
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

function follow(child: ChildProcess): Running {
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const look of waiting) look();
  };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  const says = (line: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (line.test(stdout) || line.test(stderr)) resolve();
      };
      waiting.add(look);
      look();
      void ended.then(() => reject(new Error(`It ended without saying ${line}:\n${stdout}\n${stderr}`)));
    });
  return { child, says, ended };
}

async function stackFile(secrets: Record<string, string>): Promise<string> {
  const crypter = await newCrypter(passphrase);
  const lines = Object.entries(secrets).map(([key, value]) => `  ${key}: { secure: "${crypter.encrypt(value)}" }\n`);
  return `encryptionsalt: ${crypter.saltState}
config:
  gabion:layer: account
  gabion:environment: small
  gabion:sandbox: true
  gabion:region: eu-central-1
  gabion:accountId: "111122223333"
  gabion:owner: ml-platform
  gabion:dataClass: internal
  gabion:costCentre: ml-4711
  aws:region: eu-central-1
  aws:allowedAccountIds: ["111122223333"]
${lines.join("")}`;
}
