import { type Problem, printable } from "../problem";
import { measured, type Source } from "../source";
import type { InstanceTypeFacts } from "./instance-types";
import { OFFERING_ROWS, REGION_CODES } from "./region-rows";

/** Source of the Regions of every type: what EC2 itself answers, in 30 Regions of the partition `aws`. */
export const OFFERING_SOURCE: Source = measured(
  "EC2 DescribeInstanceTypeOfferings, as kept by moto 5.2.5, state of 2026-10",
  "a Region that gets a type later is not in it; other Regions and partitions are unknown",
);

/** Whether a Region has an instance type; `unknown` for a Region of which the offerings are not in the table. */
export type Offering = "offered" | "not-offered" | "unknown";

/** The Regions of which the offerings are known, sorted. */
export const OFFERING_REGIONS: readonly string[] = Object.values(REGION_CODES).sort();

let offerings: ReadonlyMap<string, readonly string[]> | undefined;

/** The Regions that offer a type, as far as the table reaches, sorted. */
export function regionsOf(type: InstanceTypeFacts): readonly string[] {
  offerings ??= new Map(OFFERING_ROWS.map(([name, words]) => [name, readRegions(words)]));
  return offerings.get(type.name) ?? offerings.get(type.family) ?? [];
}

export function offering(type: InstanceTypeFacts, region: string): Offering {
  if (!OFFERING_REGIONS.includes(region)) return "unknown";
  return regionsOf(type).includes(region) ? "offered" : "not-offered";
}

/** Why a type cannot be had in a Region; empty where it can, and where that is not known. */
export function offeringProblems(type: InstanceTypeFacts, region: string, path = "instanceType"): Problem[] {
  if (offering(type, region) !== "not-offered") return [];
  const regions = regionsOf(type);
  const remedy =
    regions.length === 0
      ? "Take another type: no Region has it any more"
      : `Regions that have it: ${regions.join(", ")}`;
  return [{ path, found: printable(type.name), reason: `${type.name} is not offered in ${region}`, remedy }];
}

function readRegions(words: string): string[] {
  const codes = words.split(" ").filter((word) => word !== "");
  const named = codes[0] === "*" ? Object.keys(REGION_CODES) : codes;
  const left = new Set(codes.filter((code) => code.startsWith("-")).map((code) => code.slice(1)));
  return named
    .filter((code) => !left.has(code))
    .map((code) => REGION_CODES[code] as string)
    .sort();
}
