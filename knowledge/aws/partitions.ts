import { type Problem, printable, refuseProblems } from "../problem";
import { documented, type Source } from "../source";

export type PartitionName =
  | "aws"
  | "aws-cn"
  | "aws-us-gov"
  | "aws-eusc"
  | "aws-iso"
  | "aws-iso-b"
  | "aws-iso-e"
  | "aws-iso-f";

export interface Partition {
  readonly name: PartitionName;
  /** The suffix of endpoint host names. */
  readonly dnsSuffix: string;
  readonly regionPattern: RegExp;
  /** Where the partition's global services (IAM, Route 53, Organizations) have their control plane. */
  readonly controlPlaneRegion: string;
  readonly source: Source;
}

const botocore = documented("botocore 1.43.67 `partitions.json`");

const partitions: readonly Partition[] = [
  {
    name: "aws",
    dnsSuffix: "amazonaws.com",
    regionPattern:
      /^(us|eu|ap|sa|ca|me|af|il|mx)-(north|south|east|west|central|northeast|northwest|southeast|southwest)-\d+$/,
    controlPlaneRegion: "us-east-1",
    source: botocore,
  },
  {
    name: "aws-cn",
    dnsSuffix: "amazonaws.com.cn",
    regionPattern: /^cn-[a-z]+-\d+$/,
    controlPlaneRegion: "cn-north-1",
    source: botocore,
  },
  {
    name: "aws-us-gov",
    dnsSuffix: "amazonaws.com",
    regionPattern: /^us-gov-[a-z]+-\d+$/,
    controlPlaneRegion: "us-gov-west-1",
    source: botocore,
  },
  {
    name: "aws-eusc",
    dnsSuffix: "amazonaws.eu",
    regionPattern: /^eusc-[a-z]{2}-[a-z]+-\d+$/,
    controlPlaneRegion: "eusc-de-east-1",
    source: botocore,
  },
  {
    name: "aws-iso",
    dnsSuffix: "c2s.ic.gov",
    regionPattern: /^us-iso-[a-z]+-\d+$/,
    controlPlaneRegion: "us-iso-east-1",
    source: botocore,
  },
  {
    name: "aws-iso-b",
    dnsSuffix: "sc2s.sgov.gov",
    regionPattern: /^us-isob-[a-z]+-\d+$/,
    controlPlaneRegion: "us-isob-east-1",
    source: botocore,
  },
  {
    name: "aws-iso-e",
    dnsSuffix: "cloud.adc-e.uk",
    regionPattern: /^eu-isoe-[a-z]+-\d+$/,
    controlPlaneRegion: "eu-isoe-west-1",
    source: botocore,
  },
  {
    name: "aws-iso-f",
    dnsSuffix: "csp.hci.ic.gov",
    regionPattern: /^us-isof-[a-z]+-\d+$/,
    controlPlaneRegion: "us-isof-south-1",
    source: botocore,
  },
];

export const PARTITIONS: Readonly<Record<PartitionName, Partition>> = Object.fromEntries(
  partitions.map((partition) => [partition.name, partition]),
) as Record<PartitionName, Partition>;

/** The partition a Region belongs to; undefined when the text is not a Region's name. Says nothing about whether the Region exists. */
export function partitionOf(region: string): Partition | undefined {
  return partitions.find((partition) => partition.regionPattern.test(region));
}

export function isRegion(text: string): boolean {
  return partitionOf(text) !== undefined;
}

/** Like {@link partitionOf}; throws a KnowledgeError when the text is not a Region's name. */
export function requirePartition(region: string): Partition {
  refuseProblems("Region", regionProblems(region));
  return partitionOf(region) as Partition;
}

export function regionProblems(region: unknown, path = "region"): Problem[] {
  if (typeof region === "string" && isRegion(region)) return [];
  const trimmed = typeof region === "string" ? region.replace(/(\d)[a-z]$/, "$1") : "";
  const remedy =
    trimmed !== region && isRegion(trimmed)
      ? `That is an Availability Zone; its Region is "${trimmed}"`
      : 'Give a Region code such as "eu-central-1"';
  return [{ path, found: printable(region), reason: "not the code of an AWS Region", remedy }];
}

/**
 * Whether the text has the form of an Availability Zone name (`eu-central-1a`), a Local or Wavelength Zone name
 * (`us-west-2-lax-1a`), or a zone id (`euc1-az1`). Ids name the same zone in every account; names need not.
 */
export function isZone(text: string): boolean {
  return regionOfZone(text) !== undefined || /^[a-z]{2,5}\d-(az|[a-z]{3,4}\d-az)\d+$/.test(text);
}

/** The Region of a zone name; undefined for zone ids and for anything else. */
export function regionOfZone(zone: string): string | undefined {
  const match = /^([a-z]+(?:-[a-z]+)+-\d+)(?:-[a-z]+(?:-[a-z]+)?-\d+)?[a-z]$/.exec(zone);
  return match?.[1] !== undefined && isRegion(match[1]) ? match[1] : undefined;
}

/** Whether the text is an account id: twelve digits. A number is not one, because leading zeros are lost in it. */
export function isAccountId(value: unknown): value is string {
  return typeof value === "string" && /^\d{12}$/.test(value);
}

export function accountIdProblems(value: unknown, path = "accountId"): Problem[] {
  if (isAccountId(value)) return [];
  const digits = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
  const remedy = digits
    ? "Write all twelve digits between quotes: without quotes YAML reads a number and drops leading zeros"
    : 'Give the twelve digits of the account, for example "012345678901"';
  return [{ path, found: printable(value), reason: "an account id is text of exactly twelve digits", remedy }];
}

/** The host name of a service's principal, for example `logs.eu-central-1.amazonaws.com` when `region` is given. */
export function servicePrincipal(service: string, region?: string): string {
  // Principals end in amazonaws.com in every partition for almost all services; the regional form is used where a service demands it.
  return region === undefined ? `${service}.amazonaws.com` : `${service}.${region}.amazonaws.com`;
}
