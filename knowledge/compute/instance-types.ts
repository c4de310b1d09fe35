import { KnowledgeError, printable } from "../problem";
import { measured, type Source } from "../source";
import { ACCELERATED_ROWS } from "./accelerated-rows";
import { COMPUTE_OPTIMIZED_ROWS } from "./compute-optimized-rows";
import { GENERAL_PURPOSE_ROWS } from "./general-purpose-rows";
import type { AcceleratedRow, InstanceRow } from "./instance-rows";
import { MEMORY_OPTIMIZED_ROWS } from "./memory-optimized-rows";

export type Architecture = "x86_64" | "arm64";
export type BootMode = "legacy-bios" | "uefi";

export interface Accelerator {
  readonly kind: "gpu" | "neuron";
  readonly manufacturer: string;
  /** As EC2 names it, for example `H100`. */
  readonly name: string;
  /** Devices that the instance sees. */
  readonly count: number;
  /** Memory of each, in MiB. */
  readonly memoryMiB: number;
  /** 1 for a whole device; less where the type has a share of one. */
  readonly fraction: number;
}

export interface InstanceTypeFacts {
  readonly name: string;
  readonly family: string;
  readonly size: string;
  readonly architecture: Architecture;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly bareMetal: boolean;
  /** CPU credits: not for steady load. */
  readonly burstable: boolean;
  readonly nitroEnclaves: boolean;
  /** NitroTPM 2.0; the image must also be registered with it and boot by UEFI. */
  readonly nitroTpm: boolean;
  readonly bootModes: readonly BootMode[];
  readonly sevSnp: boolean;
  /** Traffic to other such instances is encrypted by the hardware. */
  readonly encryptionInTransit: boolean;
  readonly capacityBlock: boolean;
  readonly spot: boolean;
  readonly networkCards: number;
  readonly interfacesPerCard: number;
  readonly addressesPerInterface: number;
  readonly efaInterfaces: number;
  readonly accelerator?: Accelerator;
  readonly source: Source;
}

/** Source of every row: what EC2 itself answers to DescribeInstanceTypes. */
export const INSTANCE_TYPE_SOURCE: Source = measured("EC2 DescribeInstanceTypes, state of 2026-08-02");

const rows: readonly (InstanceRow | AcceleratedRow)[] = [
  ...ACCELERATED_ROWS,
  ...GENERAL_PURPOSE_ROWS,
  ...COMPUTE_OPTIMIZED_ROWS,
  ...MEMORY_OPTIMIZED_ROWS,
];

let facts: ReadonlyMap<string, InstanceTypeFacts> | undefined;

/** All types of the matrix by name. */
export function instanceTypes(): ReadonlyMap<string, InstanceTypeFacts> {
  facts ??= new Map(rows.map((row) => [row[0], readRow(row)]));
  return facts;
}

/** The facts of a type; undefined when the matrix does not have it. */
export function findInstanceType(name: string): InstanceTypeFacts | undefined {
  return instanceTypes().get(name);
}

/** The facts of a type. @throws KnowledgeError that tells what is wrong with the name and which names are near. */
export function instanceType(name: string, path = "instanceType"): InstanceTypeFacts {
  const known = findInstanceType(name);
  if (known !== undefined) return known;
  throw new KnowledgeError("Instance type", [{ path, found: printable(name), ...unknownTypeReason(name) }]);
}

/** Whether the type belongs to a family of accelerators. */
export function isAccelerated(type: InstanceTypeFacts): boolean {
  return type.accelerator !== undefined;
}

function unknownTypeReason(name: string): { reason: string; remedy: string } {
  const family = name.split(".")[0] ?? "";
  const siblings = [...instanceTypes().values()].filter((type) => type.family === family).map((type) => type.name);
  if (siblings.length > 0) {
    return { reason: `the family ${family} has no such size`, remedy: `It has ${siblings.join(", ")}` };
  }
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(name)) {
    return { reason: "not the form of an instance type", remedy: 'Write family and size, for example "m7i.2xlarge"' };
  }
  const families = [...new Set([...instanceTypes().values()].map((type) => type.family))];
  return {
    reason: `the family ${family} is not in the instance matrix, so nothing about it can be checked`,
    remedy: `Take one of the families ${families.join(", ")}`,
  };
}

function readRow(row: InstanceRow | AcceleratedRow): InstanceTypeFacts {
  const [name, vcpus, memoryMiB, networkCards, interfacesPerCard, addressesPerInterface, efaInterfaces, words] = row;
  const [family, size] = name.split(".") as [string, string];
  const has = new Set(words.split(" "));
  const bootModes: BootMode[] = [];
  if (has.has("bios")) bootModes.push("legacy-bios");
  if (has.has("uefi")) bootModes.push("uefi");
  return {
    name,
    family,
    size,
    architecture: isGraviton(family) ? "arm64" : "x86_64",
    vcpus,
    memoryMiB,
    bareMetal: size.startsWith("metal"),
    burstable: /^t\d/.test(family),
    nitroEnclaves: has.has("enclaves"),
    nitroTpm: has.has("tpm"),
    bootModes,
    sevSnp: has.has("snp"),
    encryptionInTransit: has.has("transit"),
    capacityBlock: has.has("block"),
    spot: has.has("spot"),
    networkCards,
    interfacesPerCard,
    addressesPerInterface,
    efaInterfaces,
    ...(row.length === 8 ? {} : { accelerator: readAccelerator(row) }),
    source: INSTANCE_TYPE_SOURCE,
  };
}

function readAccelerator(row: AcceleratedRow): Accelerator {
  const [, , , , , , , , manufacturer, name, count, memoryMiB, fraction] = row;
  const kind = /^(Inferentia|Trainium)/.test(name) ? "neuron" : "gpu";
  return { kind, manufacturer, name, count, memoryMiB, fraction };
}

/** A family whose letters after the generation hold a g has Graviton processors; g4ad and the like have the g before it. */
function isGraviton(family: string): boolean {
  return /^[a-z]+\d+[a-z]*g/.test(family);
}
