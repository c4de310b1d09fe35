import { type PropertiesCheck, sharedChecks } from "./kubernetes/typed-checks";
import type { Plain, Property } from "./property";
import { type ExampleResource, type Rule, undecided } from "./rule";

/** What starts an instance, as far as instances, templates, configurations and requests write it alike. */
export interface Launch {
  readonly associatePublicIpAddress?: boolean;
  readonly instanceType?: string;
  readonly keyName?: string;
  readonly metadataOptions?: unknown;
  readonly userData?: string;
  readonly userDataBase64?: string;
}

export const launchTypes = [
  "aws:ec2/instance:Instance",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
] as const;
export const fleetType = "aws:ec2/spotFleetRequest:SpotFleetRequest";

/** One check for all that starts instances, each specification of a fleet by itself. */
export function launchChecks(check: PropertiesCheck<Launch>): Rule["checks"] {
  return {
    ...sharedChecks(launchTypes, check),
    [fleetType]: ({ properties }, context) => {
      const specifications = properties.get("launchSpecifications") as Property<Launch[]>;
      const { items, complete } = specifications.items();
      return complete ? items.flatMap((item) => check(item, context)) : [undecided(specifications)];
    },
  };
}

/** Something that starts an instance, for examples; a launch template where no type is given. */
export function launchExample(
  properties: Readonly<Record<string, Plain>>,
  type: (typeof launchTypes)[number] = "aws:ec2/launchTemplate:LaunchTemplate",
): ExampleResource[] {
  return [{ type, name: "gpu", properties }];
}

/** A fleet with one specification, for examples. */
export function fleetExample(specification: Plain): ExampleResource[] {
  return [{ type: fleetType, name: "gpu", properties: { targetCapacity: 1, launchSpecifications: [specification] } }];
}
