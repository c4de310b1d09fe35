import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { type AwsTwin, startAwsTwin } from "../../sandbox/aws";
import { run } from "../../sandbox/engine";

const root = path.resolve(__dirname, "..", "..");
const program = path.join(root, "test", "fixtures", "programs", "policed");
const pack = path.join(root, "policies");
const name = "policed";
const stack = "dev";
const passphrase = "only for tests";
const today = "2026-11-24";
const execute = promisify(execFile);

/** What was found, as both engines tell it. */
export interface Found {
  policy: string;
  level: string;
  urn: string;
  message: string;
}

interface Judged {
  code: number;
  text: string;
  findings: Found[];
}

interface LoggedPolicyEvent {
  policyEvent?: { resourceUrn?: string; message: string; policyName: string; enforcementLevel: string };
}

interface Choice {
  /** `gabion-policies:` settings of the stack. */
  settings?: Readonly<Record<string, unknown>>;
  /** Content of a file of exemptions. */
  exemptions?: object;
}

/** The same program on both engines, each with states and an account of its own, judged by the repository's pack. */
export class PolicedProgram {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), "fidelity-policed-"));
  private readonly stackFile = this.at("project", `Pulumi.${stack}.yaml`);
  private twin: AwsTwin | undefined;
  private salt = "";

  async initialize(): Promise<void> {
    for (const sub of ["project", "backend", "home"]) fs.mkdirSync(this.at(sub));
    const options = { typescript: false, nodeargs: `--require ${path.join(root, "tools", "plain-errors.js")}` };
    const settings = { name, main: program, runtime: { name: "nodejs", options } };
    fs.writeFileSync(this.at("project", "Pulumi.yaml"), JSON.stringify(settings));
    this.twin = await this.startTwin("world-of-pulumi");
    await this.pulumi(["stack", "init", stack], {});
    this.salt = (parse(fs.readFileSync(this.stackFile, "utf8")) as { encryptionsalt: string }).encryptionsalt;
  }

  async remove(): Promise<void> {
    await this.twin?.stop();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  /** On the Pulumi CLI. */
  async byPulumi(operation: "preview" | "up", choice: Choice = {}): Promise<Judged> {
    const confirmed = operation === "up" ? ["--yes", "--skip-preview"] : [];
    return this.judgedByPulumi([operation, ...confirmed, "--skip-plugin-pre-install", "--policy-pack", pack], choice);
  }

  /** The state that the CLI has, judged without its program. */
  async analyzed(choice: Choice = {}): Promise<Omit<Judged, "findings">> {
    const file = this.at("exported.json");
    fs.writeFileSync(file, (await this.pulumi(["stack", "export", "--stack", stack], {})).stdout);
    // The CLI does not tell a pack then which stack it judges.
    const environment = { ...this.environmentOf(choice), PULUMI_STACK: stack };
    return this.pulumi(["policy", "analyze", "--policy-pack", pack, "--file", file], environment);
  }

  /** Inputs of a resource in the state that the CLI has. */
  async inputsOf(type: string): Promise<unknown> {
    const { stdout } = await this.pulumi(["stack", "export", "--stack", stack], {});
    const { deployment } = JSON.parse(stdout) as { deployment: { resources: { type: string; inputs: unknown }[] } };
    return deployment.resources.find((resource) => resource.type === type)?.inputs;
  }

  /** A preview on the embedded engine. */
  async byGabion({ settings = {} }: Choice = {}): Promise<{ status: string; findings: Found[] }> {
    const { status, findings } = await run({
      operation: "preview",
      project: { name, root: program, main: program, nodeArgs: [] },
      stack,
      config: { values: { ...texts(shared), ...texts(own(settings)) }, secretKeys: [] },
      stateFolder: this.at("state"),
      passphrase,
      startProvider: () => this.startTwin("world-of-gabion"),
      policyPacks: [{ path: pack }],
      environment: this.environmentOf({}),
      today,
      onEvent: () => undefined,
    });
    return {
      status,
      findings: findings.map(({ policyName, enforcementLevel, urn = "", message }) => ({
        policy: policyName,
        level: enforcementLevel,
        urn,
        message: message.trim(),
      })),
    };
  }

  private at(...parts: string[]): string {
    return path.join(this.folder, ...parts);
  }

  private startTwin(world: string): Promise<AwsTwin> {
    return startAwsTwin({ worldFolder: this.at(world), acceptsStack: () => true, sdkRoots: [root] });
  }

  private async judgedByPulumi(command: string[], choice: Choice): Promise<Judged> {
    const log = this.at("events.jsonl");
    fs.rmSync(log, { force: true });
    const config = { ...shared, ...own(choice.settings ?? {}) };
    fs.writeFileSync(this.stackFile, JSON.stringify({ encryptionsalt: this.salt, config }));
    const said = await this.pulumi([...command, "--stack", stack, "--event-log", log], this.environmentOf(choice));
    const events = fs.existsSync(log) ? fs.readFileSync(log, "utf8").split("\n").filter(Boolean) : [];
    return { ...said, findings: events.flatMap((line) => foundIn(JSON.parse(line) as LoggedPolicyEvent)) };
  }

  private environmentOf({ exemptions }: Choice): Record<string, string> {
    if (exemptions === undefined) return { GABION_TODAY: today };
    const file = this.at("exemptions.yaml");
    fs.writeFileSync(file, JSON.stringify(exemptions));
    return { GABION_TODAY: today, GABION_POLICY_EXEMPTIONS: file };
  }

  private async pulumi(command: string[], more: Record<string, string>) {
    const env = {
      ...process.env,
      ...more,
      PULUMI_HOME: this.at("home"),
      PULUMI_BACKEND_URL: `file://${this.at("backend")}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
      // Switches --event-log on.
      PULUMI_DEBUG_COMMANDS: "true",
      PULUMI_DEBUG_PROVIDERS: `aws:${this.twin?.address.split(":")[1]}`,
    };
    const options = { cwd: this.at("project"), env, maxBuffer: 1e8, timeout: 300_000 };
    return execute("pulumi", [...command, "--non-interactive", "--color", "never"], options).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, text: stdout + stderr }),
      (error: { code?: number; stdout: string; stderr: string }) => ({
        code: error.code ?? 1,
        stdout: error.stdout,
        text: error.stdout + error.stderr,
      }),
    );
  }
}

const shared = { "aws:region": "eu-central-1", "aws:allowedAccountIds": ["111122223333"] };

const own = (settings: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`gabion-policies:${key}`, value]));

/** As configuration reaches a program. */
const texts = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );

function foundIn({ policyEvent }: LoggedPolicyEvent): Found[] {
  if (policyEvent === undefined) return [];
  const { policyName, enforcementLevel, resourceUrn = "", message } = policyEvent;
  return [{ policy: policyName, level: enforcementLevel, urn: resourceUrn, message: message.trim() }];
}
