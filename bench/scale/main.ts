import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Measurement, measure } from "../measure";
import { type ScaleRequest, scaleOperations } from "./run";

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

const shapes: Shape[] = [
  flat(100),
  flat(1000),
  flat(10000),
  {
    what: "chain, 1000",
    resources: 1000,
    program: `let last; for (let at = 0; at < 1000; at += 1) last = new Thing("r" + at, { at, from: last?.id ?? "" });`,
  },
  {
    what: "fan, 1000",
    resources: 1000,
    program: `const hub = new Thing("hub"); for (let at = 1; at < 1000; at += 1) new Thing("r" + at, { from: hub.id });`,
  },
];

interface Figure {
  what: string;
  resources: number;
  seconds: Record<string, number>;
  /** The engine, the program and the provider together. */
  peakMiB?: number;
}

/**
 * What larger stacks cost: each shape through preview, up, up without changes, refresh and destroy, once. Wanted: a thousand resources and ten thousand
 * cost the same for each resource, or less.
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
    return await measure({ command: process.execPath, args: [runner, "scale/run", file], cwd: folder });
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

function figureOf({ what, resources }: Shape, { printed, peakMiB }: Measurement): Figure {
  const last = printed.trim().split("\n").pop() ?? "";
  const { seconds } = JSON.parse(last) as { seconds: Record<string, number> };
  return { what, resources, seconds, ...(peakMiB === undefined ? {} : { peakMiB }) };
}

function tableOf(figures: readonly Figure[]): string {
  const names = [...scaleOperations];
  const row = (what: string, cells: string[]): string =>
    [what.padEnd(12), ...cells.map((cell) => cell.padStart(10))].join("  ");
  const [smaller, larger] = [1000, 10000].map((count) => figures.find(({ what }) => what === flat(count).what));
  return [
    row("resources", [...names.map((name) => `${name} s`), "peak MiB"]),
    ...figures.map(({ what, seconds, peakMiB }) =>
      row(what, [...names.map((name) => (seconds[name] ?? 0).toFixed(2)), peakMiB?.toFixed(0) ?? "?"]),
    ),
    "",
    ...(smaller === undefined || larger === undefined ? [] : growthLines(smaller, larger)),
  ].join("\n");
}

/** Time for each resource of the larger stack over that of the smaller one. */
function growthLines(smaller: Figure, larger: Figure): string[] {
  const factor = larger.resources / smaller.resources;
  const growth = scaleOperations.map((name) => {
    const value = (larger.seconds[name] ?? 0) / (smaller.seconds[name] ?? 1) / factor;
    return `${name} ${value.toFixed(2)}${value > 1 ? " MISSED" : ""}`;
  });
  return [`for each resource, ${larger.what} over ${smaller.what} (wanted: at most 1): ${growth.join(", ")}`];
}
