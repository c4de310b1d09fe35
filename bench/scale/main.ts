import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { LINEAR, lastLine, type Measurement, measure } from "../measure";
import { type Cost, type ScaleRequest, type ScaleResult, scaleOperations } from "./run";

interface Shape {
  what: string;
  resources: number;
  program: string;
}

const flat = (count: number): Shape => ({
  what: `flat, ${count}`,
  resources: count,
  program: `for (let at = 0; at < ${count}; at += 1) new Thing("r" + at, { at, text: "some text of resource " + at });`,
});

const chain = (count: number): Shape => ({
  what: `chain, ${count}`,
  resources: count,
  program: `let last; for (let at = 0; at < ${count}; at += 1) last = new Thing("r" + at, { at, from: last?.id ?? "" });`,
});

const shapes: Shape[] = [
  flat(100),
  flat(1000),
  flat(10000),
  chain(1000),
  chain(4000),
  {
    what: "fan, 1000",
    resources: 1000,
    program: `const hub = new Thing("hub"); for (let at = 1; at < 1000; at += 1) new Thing("r" + at, { from: hub.id });`,
  },
];

interface Figure extends ScaleResult {
  what: string;
  resources: number;
  /** The engine, the program and the provider together. */
  peakMiB?: number;
}

/** On a machine with other work the largest shape takes minutes. */
const longestSeconds = 1800;

/**
 * What larger stacks cost: each shape through preview, up, up without changes, refresh and destroy, once. Wanted: more resources cost the same for each
 * resource, or less, but for {@link LINEAR}. That is held against processor time, which hardly depends on what else the machine does.
 */
export async function main(root: string): Promise<number> {
  const figures: Figure[] = [];
  for (const shape of shapes) {
    process.stderr.write(`${shape.what}…\n`);
    figures.push(figureOf(shape, await measureShape(root, shape)));
  }
  console.log(tableOf(figures));
  return 0;
}

async function measureShape(root: string, shape: Shape): Promise<Measurement> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "gabion-scale-")));
  try {
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "scale", main: "index.js" }));
    fs.writeFileSync(path.join(folder, "index.js"), programOf(shape));
    const request: ScaleRequest = {
      project: { name: "scale", root: folder, main: folder, nodeArgs: [], typescript: false },
      stack: "scale",
      config: { values: {}, secretKeys: [] },
      stateFolder: path.join(folder, "state"),
      passphrase: "only for measurements",
      policyPacks: [],
      skipPreview: true,
    };
    const file = path.join(folder, "request.json");
    fs.writeFileSync(file, JSON.stringify(request));
    const runner = path.join(root, "bench", "runner.js");
    return await measure({ command: process.execPath, args: [runner, "scale/run", file], cwd: folder, longestSeconds });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const programOf = ({ program }: Shape): string =>
  [
    'const pulumi = require("@pulumi/pulumi");',
    "class Thing extends pulumi.CustomResource {",
    '  constructor(name, args = {}) { super("scale:index:Thing", name, args, { version: "1.0.0" }); }',
    "}",
    program,
    "",
  ].join("\n");

function figureOf({ what, resources }: Shape, measurement: Measurement): Figure {
  const { peakMiB } = measurement;
  const result = lastLine<ScaleResult>(measurement);
  return { what, resources, ...result, ...(peakMiB === undefined ? {} : { peakMiB }) };
}

function tableOf(figures: readonly Figure[]): string {
  const row = (what: string, cells: string[]): string =>
    [what.padEnd(12), ...cells.map((cell) => cell.padStart(10))].join("  ");
  const table = (title: string, value: (cost: Cost) => number | undefined): string[] => [
    row(title, [...scaleOperations]),
    ...figures.map(({ what, costs }) =>
      row(
        what,
        scaleOperations.map((name) => shown(costs[name], value)),
      ),
    ),
    "",
  ];
  return [
    ...table("seconds", ({ seconds }) => seconds),
    ...table("CPU, engine", ({ engine }) => engine),
    ...table("CPU, program", ({ program }) => program),
    row("peak MiB", ["engine", "all"]),
    ...figures.map(({ what, engineMiB, peakMiB }) => row(what, [engineMiB.toFixed(0), peakMiB?.toFixed(0) ?? "?"])),
    "",
    ...[flat, chain].flatMap((shape) =>
      growthLines(figures, shape(1000).what, shape(shape === flat ? 10000 : 4000).what),
    ),
  ].join("\n");
}

const shown = (cost: Cost | undefined, value: (cost: Cost) => number | undefined): string =>
  (cost === undefined ? undefined : value(cost))?.toFixed(2) ?? "?";

/** Processor time and memory for each resource of the larger stack over that of the smaller one. */
function growthLines(figures: readonly Figure[], small: string, large: string): string[] {
  const [smaller, larger] = [small, large].map((name) => figures.find(({ what }) => what === name));
  if (smaller === undefined || larger === undefined) return [];
  const factor = larger.resources / smaller.resources;
  const judged = (name: string, more: number, less: number): string => {
    const value = more / less / factor;
    return `${name} ${value.toFixed(2)}${value > LINEAR ? " MISSED" : ""}`;
  };
  const heading = `for each resource, ${large} over ${small} (wanted: at most ${LINEAR})`;
  const engine = scaleOperations.map((name) =>
    judged(name, larger.costs[name]?.engine ?? 0, smaller.costs[name]?.engine ?? 0),
  );
  const program = judged("preview", larger.costs.preview?.program ?? 0, smaller.costs.preview?.program ?? 0);
  return [
    `${heading}, engine: ${[...engine, judged("memory", larger.engineMiB, smaller.engineMiB)].join(", ")}`,
    `${heading}, program with Pulumi's runtime: ${program}`,
  ];
}
