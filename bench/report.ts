import * as os from "node:os";
import type { Case } from "./cases";
import { type Measurement, median } from "./measure";

export interface Figure {
  name: string;
  what: string;
  seconds: { median: number; min: number; max: number };
  /** Median of the peaks; absent where memory could not be measured. */
  peakMiB?: number;
}

export interface Ratio {
  name: string;
  value: number;
  /** At most this is wanted. */
  wanted: number;
}

export interface Report {
  node: string;
  cores: number;
  rounds: number;
  resources: number;
  /** Version of the Pulumi CLI that was measured beside; absent when there is none on PATH. */
  pulumi?: string;
  figures: Figure[];
  ratios: Ratio[];
}

export function reportOf(
  cases: readonly Case[],
  measured: ReadonlyMap<string, readonly Measurement[]>,
  facts: { rounds: number; resources: number; pulumi: string | undefined },
): Report {
  const figures = cases.map(({ name, what }) => figureOf(name, what, measured.get(name) ?? []));
  const of = (name: string): number | undefined => figures.find((figure) => figure.name === name)?.seconds.median;
  const ratios = wantedRatios.flatMap(({ name, over, under, wanted }): Ratio[] => {
    const [top, bottom] = [of(over), of(under)];
    return top === undefined || bottom === undefined ? [] : [{ name, value: top / bottom, wanted }];
  });
  return {
    node: process.version,
    cores: os.cpus().length,
    rounds: facts.rounds,
    resources: facts.resources,
    ...(facts.pulumi === undefined ? {} : { pulumi: facts.pulumi }),
    figures,
    ratios,
  };
}

const wantedRatios = [
  { name: "engine over the program alone", over: "preview-without-policies", under: "program-alone", wanted: 1.25 },
  { name: "components over a flat program", over: "program-alone", under: "flat-alone", wanted: 1.15 },
  { name: "policies over none", over: "preview", under: "preview-without-policies", wanted: 1.25 },
  { name: "gabion preview over pulumi preview", over: "gabion-preview", under: "pulumi-preview", wanted: 1 },
  {
    name: "gabion up (nothing to change) over pulumi up",
    over: "gabion-up-again",
    under: "pulumi-up-again",
    wanted: 1,
  },
];

function figureOf(name: string, what: string, measurements: readonly Measurement[]): Figure {
  const seconds = measurements.map((measurement) => measurement.seconds);
  const peaks = measurements.flatMap(({ peakMiB }) => peakMiB ?? []);
  return {
    name,
    what,
    seconds: { median: median(seconds), min: Math.min(...seconds), max: Math.max(...seconds) },
    ...(peaks.length === 0 ? {} : { peakMiB: median(peaks) }),
  };
}

export function table(report: Report): string {
  const width = Math.max(...report.figures.map(({ what }) => what.length));
  const lines = [
    `Node ${report.node}, ${report.cores} cores, ${report.rounds} interleaved rounds, ${report.resources} resources`,
    report.pulumi === undefined
      ? "Pulumi CLI: skipped, no pulumi on PATH"
      : `Pulumi CLI: ${report.pulumi}, on the same twin`,
    "",
    `${"".padEnd(width)}  median s  min s  max s  peak MiB`,
    ...report.figures.map(({ what, seconds, peakMiB }) =>
      [
        what.padEnd(width),
        seconds.median.toFixed(2).padStart(8),
        seconds.min.toFixed(2).padStart(5),
        seconds.max.toFixed(2).padStart(5),
        (peakMiB === undefined ? "?" : peakMiB.toFixed(0)).padStart(8),
      ].join("  "),
    ),
    "",
    ...report.ratios.map(
      ({ name, value, wanted }) =>
        `${name}: ${value.toFixed(2)} (wanted: at most ${wanted})${value > wanted ? "  MISSED" : ""}`,
    ),
  ];
  return lines.join("\n");
}
