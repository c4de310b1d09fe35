import type { InstanceTypeFacts } from "../compute/instance-types";
import { type Problem, printable } from "../problem";
import { documented, type Source } from "../source";

export type AmiFamily = "AL2" | "AL2023" | "BOTTLEROCKET" | "WINDOWS" | "CUSTOM";

export interface AmiType {
  /** As `aws.eks.NodeGroup.amiType` takes it. */
  readonly name: string;
  readonly family: AmiFamily;
  readonly architecture?: "x86_64" | "arm64";
  /** The accelerator whose driver is in the image. */
  readonly driver?: "nvidia" | "neuron";
  readonly fips?: boolean;
  /** Why it is not to be used; absent for usable ones. */
  readonly refused?: string;
}

export const AMI_TYPE_SOURCE: Source = documented("EKS API model in botocore 1.43.67, `AMITypes`");

const al2Ended = "Amazon Linux 2 has reached its end of life, and EKS makes no images of it from 1.33 on";
const windowsRefused =
  "Windows nodes have no Pod Identity, no Bottlerocket-like lockdown and no accelerator support here";

function al2(name: string, architecture: "x86_64" | "arm64", driver?: "nvidia"): AmiType {
  return { name, family: "AL2", architecture, refused: al2Ended, ...(driver === undefined ? {} : { driver }) };
}

function linux(
  family: "AL2023" | "BOTTLEROCKET",
  name: string,
  architecture: "x86_64" | "arm64",
  more: Pick<AmiType, "driver" | "fips"> = {},
): AmiType {
  return { name, family, architecture, ...more };
}

const windows = ["CORE", "FULL"].flatMap((edition) =>
  ["2019", "2022", "2025"].map(
    (year): AmiType => ({
      name: `WINDOWS_${edition}_${year}_x86_64`,
      family: "WINDOWS",
      architecture: "x86_64",
      refused: windowsRefused,
    }),
  ),
);

export const AMI_TYPES: readonly AmiType[] = [
  linux("AL2023", "AL2023_x86_64_STANDARD", "x86_64"),
  linux("AL2023", "AL2023_ARM_64_STANDARD", "arm64"),
  linux("AL2023", "AL2023_x86_64_NVIDIA", "x86_64", { driver: "nvidia" }),
  linux("AL2023", "AL2023_ARM_64_NVIDIA", "arm64", { driver: "nvidia" }),
  linux("AL2023", "AL2023_x86_64_NEURON", "x86_64", { driver: "neuron" }),
  linux("BOTTLEROCKET", "BOTTLEROCKET_x86_64", "x86_64"),
  linux("BOTTLEROCKET", "BOTTLEROCKET_ARM_64", "arm64"),
  linux("BOTTLEROCKET", "BOTTLEROCKET_x86_64_FIPS", "x86_64", { fips: true }),
  linux("BOTTLEROCKET", "BOTTLEROCKET_ARM_64_FIPS", "arm64", { fips: true }),
  linux("BOTTLEROCKET", "BOTTLEROCKET_x86_64_NVIDIA", "x86_64", { driver: "nvidia" }),
  linux("BOTTLEROCKET", "BOTTLEROCKET_ARM_64_NVIDIA", "arm64", { driver: "nvidia" }),
  linux("BOTTLEROCKET", "BOTTLEROCKET_x86_64_NVIDIA_FIPS", "x86_64", { driver: "nvidia", fips: true }),
  linux("BOTTLEROCKET", "BOTTLEROCKET_ARM_64_NVIDIA_FIPS", "arm64", { driver: "nvidia", fips: true }),
  { name: "CUSTOM", family: "CUSTOM" },
  al2("AL2_x86_64", "x86_64"),
  al2("AL2_ARM_64", "arm64"),
  al2("AL2_x86_64_GPU", "x86_64", "nvidia"),
  ...windows,
];

/** The driver that a type's accelerator needs from the image; undefined for a type without, and for AMD GPUs, which have none. */
export function neededDriver(type: InstanceTypeFacts): "nvidia" | "neuron" | undefined {
  if (type.accelerator === undefined) return undefined;
  if (type.accelerator.kind === "neuron") return "neuron";
  return type.accelerator.manufacturer === "NVIDIA" ? "nvidia" : undefined;
}

/** The image types that fit an instance type: its architecture and the driver of its accelerator. Always ends with `CUSTOM`. */
export function amiTypesFor(type: InstanceTypeFacts): string[] {
  return AMI_TYPES.filter((ami) => amiTypeProblems(ami.name, type).length === 0).map((ami) => ami.name);
}

/** Why an image type cannot serve an instance type; empty when it can. */
export function amiTypeProblems(amiType: string, type: InstanceTypeFacts, path = "amiType"): Problem[] {
  const found = printable(amiType);
  const ami = AMI_TYPES.find((candidate) => candidate.name === amiType);
  if (ami === undefined) {
    const names = AMI_TYPES.filter((candidate) => candidate.refused === undefined).map((candidate) => candidate.name);
    return [{ path, found, reason: "not an image type of EKS", remedy: `Take one of ${names.join(", ")}` }];
  }
  if (ami.refused !== undefined)
    return [{ path, found, reason: ami.refused, remedy: `Take one of ${suggestion(type)}` }];
  if (ami.family === "CUSTOM") return [];
  const problems: Problem[] = [];
  if (ami.architecture !== type.architecture) {
    const reason = `the image is for ${ami.architecture} and ${type.name} is ${type.architecture}`;
    problems.push({ path, found, reason, remedy: `Take one of ${suggestion(type)}` });
  }
  const driver = neededDriver(type);
  if (type.accelerator !== undefined && driver === undefined) {
    const reason = `no EKS image has a driver for the ${type.accelerator.name} of ${type.name}`;
    problems.push({ path, found, reason, remedy: "Take CUSTOM with an image of your own, or another instance type" });
  } else if (ami.driver !== driver) {
    const reason =
      driver === undefined
        ? `the image carries the ${ami.driver} driver and ${type.name} has no such device`
        : `${type.name} needs an image with the ${driver} driver`;
    problems.push({ path, found, reason, remedy: `Take one of ${suggestion(type)}` });
  }
  return problems;
}

function suggestion(type: InstanceTypeFacts): string {
  const driver = neededDriver(type);
  const fitting = AMI_TYPES.filter(
    (ami) => ami.refused === undefined && ami.architecture === type.architecture && ami.driver === driver,
  ).map((ami) => ami.name);
  return [...fitting, "CUSTOM"].join(", ");
}

/**
 * The image that a pool gets when none is named. Bottlerocket has no driver for AWS's own accelerators. Whether EKS has it at all is for
 * {@link amiTypeProblems} to say.
 */
export function defaultAmiType(type: InstanceTypeFacts): string {
  const architecture = type.architecture === "arm64" ? "ARM_64" : "x86_64";
  if (type.accelerator === undefined) return `BOTTLEROCKET_${architecture}`;
  return type.accelerator.kind === "neuron" ? `AL2023_${architecture}_NEURON` : `BOTTLEROCKET_${architecture}_NVIDIA`;
}
