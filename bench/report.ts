import * as os from "node:os";
import type { Case } from "./cases";
import { type Measurement, median } from "./measure";

export interface Figure {
  name: string;
  what: string;
  seconds: { median: number; min: number; max: number };
  /** Median of the processor time; absent where it could not be measured. */
  cpuSeconds?: number;
  /** Median of the peaks; absent where memory could not be measured. */
  peakMiB?: number;
}

export interface Ratio {
  name: string;
  /** Of the medians of seconds. */
  value: number;
  /** Of the medians of processor time, which other work on the machine changes less. What runs side by side counts twice in it. */
  cpu?: number;
  /** At most this is wanted. */
  wanted: number;
}

/** What must not be passed by itself. */
export interface Limit {
  name: string;
  value: number;
  wanted: number;
}

export interface Report {
  node: string;
  cores: number;
  rounds: number;
  /** Resources that the foundation registers, by environment. */
  resources: Readonly<Record<string, number>>;
  /** Version of the Pulumi CLI that was measured beside; absent when there is none on PATH. */
  pulumi?: string;
  figures: Figure[];
  ratios: Ratio[];
  limits: Limit[];
}

export function reportOf(
  cases: readonly Case[],
  measured: ReadonlyMap<string, readonly Measurement[]>,
  facts: Pick<Report, "rounds" | "resources"> & { pulumi: string | undefined },
): Report {
  const figures = cases.map(({ name, what }) => figureOf(name, what, measured.get(name) ?? []));
  const of = (name: string): Figure | undefined => figures.find((figure) => figure.name === name);
  const ratios = wantedRatios.flatMap(({ name, over, under, wanted }): Ratio[] => {
    const [top, bottom] = [of(over), of(under)];
    if (top === undefined || bottom === undefined) return [];
    const cpu = (top.cpuSeconds ?? Number.NaN) / (bottom.cpuSeconds ?? Number.NaN);
    return [{ name, value: top.seconds.median / bottom.seconds.median, ...(Number.isNaN(cpu) ? {} : { cpu }), wanted }];
  });
  const limits: (Limit | undefined)[] = [
    limitOf("MiB of the program alone, prod", of("prod-program-alone")?.peakMiB, 350),
    limitOf("seconds until the policy pack serves", of("pack-ready")?.seconds.median, 1.5),
    limitOf("seconds for 200 rules and 500 resources", of("pack-200")?.seconds.median, 0.6),
  ];
  return {
    node: process.version,
    cores: os.cpus().length,
    rounds: facts.rounds,
    resources: facts.resources,
    ...(facts.pulumi === undefined ? {} : { pulumi: facts.pulumi }),
    figures,
    ratios,
    limits: limits.filter((limit) => limit !== undefined),
  };
}

function limitOf(name: string, value: number | undefined, wanted: number): Limit | undefined {
  return value === undefined ? undefined : { name, value, wanted };
}

const wantedRatios = [
  ...["sandbox", "prod"].flatMap((environment) => {
    const named = (name: string): string => `${environment}-${name}`;
    return [
      {
        name: `${environment}: engine over the program alone`,
        over: named("preview-without-policies"),
        under: named("program-alone"),
        wanted: 1.25,
      },
      {
        name: `${environment}: components over a flat program`,
        over: named("program-alone"),
        under: named("flat-alone"),
        wanted: 1.15,
      },
      {
        name: `${environment}: policies over none`,
        over: named("preview"),
        under: named("preview-without-policies"),
        wanted: 1.25,
      },
    ];
  }),
  { name: "gabion preview over pulumi preview", over: "sandbox-gabion-preview", under: "pulumi-preview", wanted: 1 },
  {
    name: "gabion up (nothing to change) over pulumi up",
    over: "sandbox-gabion-up-again",
    under: "pulumi-up-again",
    wanted: 1,
  },
];

function figureOf(name: string, what: string, measurements: readonly Measurement[]): Figure {
  const seconds = measurements.map((measurement) => measurement.seconds);
  const peaks = measurements.flatMap(({ peakMiB }) => peakMiB ?? []);
  const processor = measurements.flatMap(({ cpuSeconds }) => cpuSeconds ?? []);
  return {
    name,
    what,
    seconds: { median: median(seconds), min: Math.min(...seconds), max: Math.max(...seconds) },
    ...(processor.length === 0 ? {} : { cpuSeconds: median(processor) }),
    ...(peaks.length === 0 ? {} : { peakMiB: median(peaks) }),
  };
}

export function table(report: Report): string {
  const width = Math.max(...report.figures.map(({ what }) => what.length));
  const lines = [
    `Node ${report.node}, ${report.cores} cores, ${report.rounds} interleaved rounds, resources: ${Object.entries(
      report.resources,
    )
      .map(([name, count]) => `${name} ${count}`)
      .join(", ")}`,
    report.pulumi === undefined
      ? "Pulumi CLI: skipped, no pulumi on PATH"
      : `Pulumi CLI: ${report.pulumi}, on the same twin`,
    "",
    `${"".padEnd(width)}  median s  min s  max s  CPU s  peak MiB`,
    ...report.figures.map(({ what, seconds, cpuSeconds, peakMiB }) =>
      [
        what.padEnd(width),
        seconds.median.toFixed(2).padStart(8),
        seconds.min.toFixed(2).padStart(5),
        seconds.max.toFixed(2).padStart(5),
        (cpuSeconds === undefined ? "?" : cpuSeconds.toFixed(2)).padStart(5),
        (peakMiB === undefined ? "?" : peakMiB.toFixed(0)).padStart(8),
      ].join("  "),
    ),
    "",
    ...report.ratios.map(
      ({ name, value, cpu, wanted }) =>
        `${name}: ${value.toFixed(2)}${cpu === undefined ? "" : `, CPU ${cpu.toFixed(2)}`} (wanted: at most ${wanted})${missed(value, wanted)}`,
    ),
    ...report.limits.map(
      ({ name, value, wanted }) =>
        `${name}: ${value.toFixed(value < 10 ? 2 : 0)} (wanted: under ${wanted})${missed(value, wanted)}`,
    ),
  ];
  return lines.join("\n");
}

const missed = (value: number, wanted: number): string => (value > wanted ? "  MISSED" : "");
