import * as fs from "node:fs";
import * as path from "node:path";
import { keep } from "../test/support/project";
import type { AloneResult } from "./alone";
import { type Command, lastLine, measure } from "./measure";
import type { PoliciesRequest } from "./policies";
import { aloneRun, enginePreview, gabion, runner, type Setting, settingOf } from "./setting";

export interface Case {
  name: string;
  /** What is measured, in a line. */
  what: string;
  command: Command;
  /** Before each measurement. */
  prepare?: () => void;
  /** The command prints the figures that count. */
  printsUsage?: true;
}

export interface Bench {
  cases: Case[];
  /** Resources that the foundation registers, by environment. */
  resources: Record<string, number>;
}

const foundation = ["--layer", "foundation"];
const account = ["--layer", "account"];

/** Brings two projects to where the measurements start, and says what is to be measured. */
export async function embeddedCases(root: string, projects: { fresh: string; deployed: string }): Promise<Bench> {
  const sandbox = await settingOf(root, projects.fresh, "sandbox");
  const prod = await settingOf(root, projects.fresh, "prod");
  const deployed = await settingOf(root, projects.deployed, "sandbox");
  // The account layer is there in both; the foundation in one.
  await measure(gabion(sandbox, "up", ...account));
  await measure(gabion(prod, "up", ...account));
  await measure(gabion(deployed, "up"));
  const prepare = keep(projects.fresh);
  const restoreDeployed = keep(projects.deployed);
  const [ofSandbox, ofProd] = [await casesOf(sandbox, prepare), await casesOf(prod, prepare)];
  return {
    resources: { sandbox: ofSandbox.resources, prod: ofProd.resources },
    cases: [
      ...ofSandbox.cases,
      {
        name: "sandbox-gabion-up-first",
        what: "sandbox: gabion up, everything new (preview and update)",
        command: gabion(sandbox, "up", ...foundation),
        prepare,
      },
      {
        name: "sandbox-gabion-up-again",
        what: "sandbox: gabion up, nothing to change (preview and update)",
        command: gabion(deployed, "up", ...foundation),
        prepare: restoreDeployed,
      },
      ...ofProd.cases,
      ...packCases(sandbox),
    ],
  };
}

/** The policy pack by itself, and what an engine waits for when it judges the resources of the rules' examples. */
function packCases(setting: Setting): Case[] {
  const named = (name: string, what: string, part: PoliciesRequest["part"], rules?: number): Case => {
    const request: PoliciesRequest = {
      root: setting.root,
      part,
      resources: 500,
      ...(rules === undefined ? {} : { rules }),
    };
    return { name, what, command: runner(setting, "policies", name, request), printsUsage: true };
  };
  return [
    named("pack-ready", "policy pack: from its start until it serves", "ready"),
    named("pack-200", "policy pack: 200 rules, 500 resources and the stack", "analysis", 200),
    named("pack-all", "policy pack: all rules, 500 resources and the stack", "analysis"),
  ];
}

/** An environment's foundation: by itself, as a flat program, on the engine without policies and with them, and through the command. */
async function casesOf(setting: Setting, prepare: () => void): Promise<{ cases: Case[]; resources: number }> {
  const { root, project, environment } = setting;
  const flatFolder = path.join(project, `flat-${environment.name}`);
  const recorded = await measure(await aloneRun(setting, "record", { flatFolder }, { preview: false }));
  const { resources } = lastLine<AloneResult>(recorded);
  fs.symlinkSync(path.join(root, "node_modules"), path.join(flatFolder, "node_modules"));
  const named = (name: string, what: string, command: Command, more: Partial<Case> = { prepare }): Case => ({
    name: `${environment.name}-${name}`,
    what: `${environment.name}: ${what}`,
    command,
    ...more,
  });
  const printsUsage = { printsUsage: true } as const;
  const packs = [{ path: path.join(root, "policies") }];
  return {
    resources,
    cases: [
      named("program-alone", "the program alone", await aloneRun(setting, "program", {}), printsUsage),
      named(
        "flat-alone",
        "the same resources without components",
        await aloneRun(setting, "flat", { folder: flatFolder }),
        printsUsage,
      ),
      named("preview-without-policies", "engine, preview without policies", enginePreview(setting, "plain", [])),
      named("preview", "engine, preview with the policy pack", enginePreview(setting, "policies", packs)),
      named("gabion-preview", "gabion preview, all of the command", gabion(setting, "preview", ...foundation)),
    ],
  };
}
