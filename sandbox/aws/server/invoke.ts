import { partitionOf } from "gabion-knowledge";
import { zoneId } from "../types/ec2/vpc";
import { text } from "../types/templates";
import type { Properties } from "../world/model";
import type { Configuration } from "./config";

type Lookup = (args: Properties, configuration: Configuration) => Properties;

const regionOf = (args: Properties, configuration: Configuration): string =>
  text(args.region) ?? text(args.name) ?? configuration.region;

/** Look-ups whose answer follows from the configuration alone. */
const lookups: Record<string, Lookup> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, configuration) => ({
    accountId: configuration.accountId,
    arn: configuration.callerArn,
    id: configuration.accountId,
    userId: `AIDA${configuration.accountId}GABION`,
  }),
  "aws:index/getRegion:getRegion": (args, configuration) => {
    const region = regionOf(args, configuration);
    return {
      id: region,
      name: region,
      region,
      description: region,
      endpoint: `ec2.${region}.${suffix(region)}`,
    };
  },
  "aws:index/getPartition:getPartition": (_args, configuration) => ({
    id: partitionOf(configuration.region)?.name ?? "aws",
    partition: partitionOf(configuration.region)?.name ?? "aws",
    dnsSuffix: suffix(configuration.region),
    reverseDnsPrefix: suffix(configuration.region).split(".").reverse().join("."),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, configuration) => zones(regionOf(args, configuration)),
};

/** Every simulated Region has three zones. */
function zones(region: string): Properties {
  const names = ["a", "b", "c"].map((letter) => `${region}${letter}`);
  return { id: region, region, names, zoneIds: names.map(zoneId), groupNames: names.map(() => region) };
}

const suffix = (region: string): string => partitionOf(region)?.dnsSuffix ?? "amazonaws.com";

export const knownLookups = (): string[] => Object.keys(lookups);

/** The result, or undefined when the twin does not have the look-up. */
export function invoke(token: string, args: Properties, configuration: Configuration): Properties | undefined {
  return lookups[token]?.(args, configuration);
}
