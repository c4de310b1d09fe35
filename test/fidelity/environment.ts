import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Said, TestProject } from "../environment/command";
import { remove } from "../support/project";
import { eventOf } from "./cli";
import { type Document, shapeOf } from "./document";
import { resultOf } from "./result";
import { normalState } from "./state";

export type EngineName = "embedded" | "pulumi";
export type Operation = "preview" | "up" | "refresh" | "release" | "destroy";

/** What a command did, in the same form for both engines. */
export interface Done {
  code: number | null;
  stderr: string;
  /** Everything that is not `same`, with the property paths that differ: `update urn:… scalingConfig.maxSize`; sorted. */
  changes: string[];
  /** Of each stack. */
  counts: Record<string, number>[];
  /** The documents, values left out: keys of each document and step, and of the states in it. Of previews only. */
  shape?: unknown;
}

/** An environment in a project of its own, with a twin and, for the CLI, a backend of its own. */
export class EnvironmentProject {
  private readonly home = fs.mkdtempSync(path.join(os.tmpdir(), "fidelity-environment-"));
  readonly project = new TestProject({
    PULUMI_HOME: path.join(this.home, "home"),
    PULUMI_BACKEND_URL: `file://${this.home}`,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  });

  /** The stacks of the environment, the lowest layer first. */
  readonly stacks: readonly string[];

  constructor(private readonly environment: string) {
    this.stacks = [`${environment}-account`, environment];
  }

  /** Makes the stacks. An environment that is none is made a sandbox, so that the CLI gets the twin for it. */
  async initialize(): Promise<void> {
    for (const stack of this.stacks) {
      this.project.rewrite(stack, (text) =>
        text.includes("gabion:sandbox: true") ? text : text.replace("config:\n", "config:\n  gabion:sandbox: true\n"),
      );
      await this.pulumi("stack", "init", stack);
    }
  }

  /** @param names What a release names. */
  async run(engine: EngineName, operation: Operation, names: readonly string[] = []): Promise<Done> {
    const confirmed = engine === "pulumi" && operation !== "preview" ? ["--yes", "--skip-preview"] : [];
    const said = await this.project.gabion(
      operation,
      this.environment,
      ...names,
      "--engine",
      engine,
      "--json",
      ...confirmed,
    );
    const { code, stderr } = said;
    return {
      code,
      stderr,
      ...(engine === "pulumi" && operation !== "preview" ? ofStream(said) : ofDocuments(said, operation)),
    };
  }

  /** The state of a stack as the engine that has it exports it. */
  async exported(engine: EngineName, stack: string, showSecrets = false): Promise<string> {
    const flags = showSecrets ? ["--show-secrets"] : [];
    if (engine === "pulumi") return this.pulumi("stack", "export", "--stack", stack, ...flags);
    const { code, stdout, stderr } = await this.project.gabion("sandbox", "export", stack, ...flags);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  }

  /** Gives the states of all stacks to the other engine; both use the same simulated account. */
  async handOver(from: EngineName): Promise<void> {
    for (const stack of this.stacks) {
      const file = path.join(this.home, `${stack}.json`);
      fs.writeFileSync(file, await this.exported(from, stack));
      if (from === "embedded") {
        await this.pulumi("stack", "import", "--stack", stack, "--file", file);
        continue;
      }
      const { code, stderr } = await this.project.gabion("sandbox", "import", stack, file);
      if (code !== 0) throw new Error(stderr);
    }
  }

  /** Whether the CLI judges the exported state of a stack by the policies. */
  async analyzed(engine: EngineName, stack: string): Promise<Said> {
    const file = path.join(this.home, "analyzed.json");
    fs.writeFileSync(file, await this.exported(engine, stack));
    return this.project.command("pulumi", ["policy", "analyze", "--policy-pack", "policies", "--file", file]);
  }

  async pulumi(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.project.command("pulumi", [...args, "--non-interactive"]);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  remove(): void {
    this.project.remove();
    remove(this.home);
  }
}

/** Reads of other stacks are counted, but change nothing; a refresh that found nothing has no other name in the document. */
const isChange = ({ op }: { op: string }): boolean => !["same", "read", "refresh"].includes(op);

const changeText = (op: string, urn: string, paths: string[]): string => [op, urn, ...paths.sort()].join(" ");

/** What the CLI prints while it changes something: an engine event a line, one stack after the other. */
function ofStream({ stdout }: Said): Pick<Done, "changes" | "counts"> {
  const events = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .flatMap(eventOf);
  const { operations } = resultOf({ failed: false, events, deployment: "", text: "" }, [], false);
  return {
    changes: operations
      .map(({ operation, detailed }) => {
        const [op = "", urn = ""] = operation.split(" ");
        return { op, urn, paths: detailed.map((one) => one.split(" ")[0] ?? "") };
      })
      .filter(isChange)
      .map(({ op, urn, paths }) => changeText(op, urn, paths))
      .sort(),
    counts: events.flatMap((event) =>
      event.type === "summary" ? [event.summary.changes as Record<string, number>] : [],
    ),
  };
}

function ofDocuments({ stdout, stderr }: Said, operation: Operation): Pick<Done, "changes" | "counts" | "shape"> {
  if (stdout === "") throw new Error(`No document was printed: ${stderr}`);
  const documents = JSON.parse(stdout) as Document[];
  return {
    changes: documents
      .flatMap(({ steps = [] }) => steps.filter(isChange))
      .map(({ op, urn, detailedDiff }) => changeText(op, urn, Object.keys(detailedDiff ?? {})))
      .sort(),
    counts: documents.map(({ changeSummary = {} }) => changeSummary),
    ...(operation === "preview" ? { shape: documents.map(shapeOf) } : {}),
  };
}

/** A state without times, order of sets, random ids, and the random ends of names that the provider makes, with tokens made from them. */
export function comparable(deployment: string): unknown {
  const text = JSON.stringify(normalState(deployment).resources)
    .replace(/-[0-9a-f]{7}\b/g, "-random")
    .replace(/("updateToken":")[0-9a-f-]{36}/g, "$1random");
  return JSON.parse(text);
}
