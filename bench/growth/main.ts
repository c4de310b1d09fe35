import * as fs from "node:fs";
import * as path from "node:path";
import { makeProject, remove } from "../../test/support/project";
import type { AloneResult } from "../alone";
import { type Command, LINEAR, lastLine, type Measurement, measure } from "../measure";
import { aloneRun, enginePreview, gabion, type Setting, settingOf } from "../setting";
import type { Growing } from "./program";

const counts = [10, 100, 1000] as const;

interface Figure {
  growing: Growing;
  count: number;
  /** The program by itself. */
  alone: AloneResult;
  /** A preview on the embedded engine and the twin; processes together. */
  plain: Measurement;
  /** The same with the policy pack. */
  policies: Measurement;
}

/** On a machine with other work the largest one takes minutes. */
const longestSeconds = 1800;

/**
 * What more pools and more endpoints cost the sandbox's foundation, once each. Wanted: the last 900 cost the same for each as the 90 before them, or
 * less, but for {@link LINEAR}. That is held against processor time, which hardly depends on what else the machine does.
 */
export async function main(root: string): Promise<number> {
  const project = makeProject(root, "growth");
  try {
    const setting = await settingOf(root, project, "sandbox");
    await measure(gabion(setting, "up", "--layer", "account"));
    const figures: Figure[] = [];
    for (const growing of ["pools", "endpoints"] as const) {
      for (const count of counts) {
        process.stderr.write(`${count} ${growing}…\n`);
        figures.push(await figureOf(setting, growing, count));
      }
    }
    console.log(tableOf(figures));
    return 0;
  } finally {
    remove(project);
  }
}

async function figureOf(setting: Setting, growing: Growing, count: number): Promise<Figure> {
  const { root } = setting;
  const main = writeProgram(setting, growing, count);
  const name = `${growing}-${count}`;
  const run = (command: Command): Promise<Measurement> => measure({ ...command, longestSeconds });
  const packs = [{ path: path.join(root, "policies") }];
  return {
    growing,
    count,
    alone: lastLine<AloneResult>(await run(await aloneRun(setting, name, { folder: main }))),
    plain: await run(enginePreview(setting, name, [], main)),
    policies: await run(enginePreview(setting, `${name}-policies`, packs, main)),
  };
}

function writeProgram({ root, project }: Setting, growing: Growing, count: number): string {
  const folder = path.join(project, `${growing}-${count}`);
  fs.mkdirSync(folder);
  const tool = (name: string): string => JSON.stringify(path.join(root, "tools", name));
  const lines = [
    `require(${tool("plain-errors")});`,
    `const { bundle } = require(${tool("from-source")});`,
    `require(bundle("bench/growth/program.ts")).deploy("${growing}", ${count}, process.env.GABION_TODAY);`,
  ];
  fs.writeFileSync(path.join(folder, "index.js"), `${lines.join("\n")}\n`);
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: growing, main: "index.js" }));
  fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  return folder;
}

type Part = "alone" | "plain" | "policies";
const parts: readonly (readonly [Part, string])[] = [
  ["alone", "program alone"],
  ["plain", "preview"],
  ["policies", "with policies"],
];

function tableOf(figures: readonly Figure[]): string {
  const row = (what: string, cells: readonly string[]): string =>
    [what.padEnd(16), ...cells.map((cell) => cell.padStart(13))].join("  ");
  const table = (title: string, value: (part: Figure[Part]) => number | undefined, digits: number): string[] => [
    row(title, ["resources", ...parts.map(([, what]) => what)]),
    ...figures.map((figure) =>
      row(`${figure.count} ${figure.growing}`, [
        String(figure.alone.resources),
        ...parts.map(([part]) => value(figure[part])?.toFixed(digits) ?? "?"),
      ]),
    ),
    "",
  ];
  return [
    "The sandbox's foundation with more pools of nodes than EKS and the settings take (given to the layer itself), and with more endpoints",
    "than a VPC has (further ServiceEndpoints of ten each). Previews run on the embedded engine and the twin.",
    "",
    ...table("seconds", ({ seconds }) => seconds, 2),
    ...table("CPU seconds", ({ cpuSeconds }) => cpuSeconds, 2),
    ...table("peak MiB", ({ peakMiB }) => peakMiB, 0),
    ...(["pools", "endpoints"] as const).map((growing) => growthLine(figures.filter((one) => one.growing === growing))),
  ].join("\n");
}

/** Processor time for each of the last 900 over that for each of the 90 before them. */
function growthLine(figures: readonly Figure[]): string {
  const [first, second, third] = figures;
  if (first === undefined || second === undefined || third === undefined) return "";
  const judged = parts.map(([part, what]) => {
    const each = (less: Figure, more: Figure): number =>
      ((more[part].cpuSeconds ?? Number.NaN) - (less[part].cpuSeconds ?? Number.NaN)) / (more.count - less.count);
    const [early, late] = [each(first, second), each(second, third)];
    const value = late / early;
    return `${what} ${(early * 1000).toFixed(0)} → ${(late * 1000).toFixed(0)} ms, ${value.toFixed(2)}${value > LINEAR ? " MISSED" : ""}`;
  });
  return `CPU for each of the ${first.growing}, 101st to 1000th over 11th to 100th (wanted: at most ${LINEAR}): ${judged.join("; ")}`;
}
