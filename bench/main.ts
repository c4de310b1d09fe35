import * as fs from "node:fs";
import { makeProject, remove } from "../test/support/project";
import type { AloneResult } from "./alone";
import { embeddedCases } from "./cases";
import { lastLine, type Measurement, measure } from "./measure";
import { pulumiBench } from "./pulumi";
import { reportOf, table } from "./report";

interface Options {
  rounds: number;
  json?: string;
}

function optionsOf(args: readonly string[]): Options {
  const options: Options = { rounds: 5 };
  for (let at = 0; at < args.length; at += 2) {
    const [name, value] = [args[at], args[at + 1]];
    if (name === "--rounds" && value !== undefined && /^[1-9]\d?$/.test(value)) options.rounds = Number(value);
    else if (name === "--json" && value !== undefined) options.json = value;
    else throw new Error("usage: node bench/index.js [--rounds 1…99] [--json FILE], or with --scale or --growth alone");
  }
  return options;
}

/** Measures all cases in turn, round after round, so that what else the machine does meets all of them alike. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const options = optionsOf(args);
  const projects = ["fresh", "deployed", "pulumi"].map((name) => makeProject(root, name));
  const [fresh, deployed, forPulumi] = projects as [string, string, string];
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  let pulumi: Awaited<ReturnType<typeof pulumiBench>>;
  try {
    say("Preparing…");
    const bench = await embeddedCases(root, { fresh, deployed });
    pulumi = await pulumiBench(root, forPulumi, measure);
    const cases = [...bench.cases, ...(pulumi?.cases ?? [])];
    const measured = new Map<string, Measurement[]>(cases.map(({ name }) => [name, []]));
    // The first round only warms up.
    for (let round = 0; round <= options.rounds; round += 1) {
      say(round === 0 ? "Warming up…" : `Round ${round} of ${options.rounds}…`);
      for (const { name, command, prepare, printsUsage } of cases) {
        prepare?.();
        const measurement = await measure(command);
        if (printsUsage) Object.assign(measurement, lastLine<AloneResult>(measurement));
        if (round > 0) measured.get(name)?.push(measurement);
      }
    }
    const facts = { rounds: options.rounds, resources: bench.resources, pulumi: pulumi?.version };
    const report = reportOf(cases, measured, facts);
    console.log(table(report));
    if (options.json !== undefined) fs.writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
    return 0;
  } finally {
    pulumi?.stop();
    for (const project of projects) {
      remove(project);
      remove(`${project}-kept`);
    }
  }
}
