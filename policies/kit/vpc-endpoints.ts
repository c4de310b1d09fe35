import { UNKNOWN } from "./property";
import type { Link, StackIndex, StackResource } from "./stack-index";
import { askedOf } from "./training-network";

const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** The endpoint of a VPC for a service of AWS; `unknown` where one has a service that is known only later. */
export function endpointFor(
  index: StackIndex,
  vpc: StackResource,
  service: string,
): Link<typeof endpointType> | "unknown" | undefined {
  const named = index
    .linksTo(vpc, [endpointType], "vpcId", ["id"])
    .map((link) => ({ link, name: askedOf(link.resource).get("serviceName").text() }));
  const ends = [`.${service}`, `.${service}-fips`];
  const own = named
    .filter(({ name }) => typeof name === "string" && ends.some((end) => name.endsWith(end)))
    .map(({ link }) => link);
  const sure = own.find(({ certainty }) => certainty === "sure") ?? own[0];
  return sure ?? (named.some(({ name }) => name === UNKNOWN) ? "unknown" : undefined);
}
