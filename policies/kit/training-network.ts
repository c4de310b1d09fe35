import { UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import type { ExampleResource, StackFinding } from "./rule";
import { undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

type Subnet = StackResource<"aws:ec2/subnet:Subnet">;
type Vpc = StackResource<"aws:ec2/vpc:Vpc">;

/** A subnet that is for training, or may be: then `certain` is false. */
interface TrainingSubnet {
  readonly subnet: Subnet;
  readonly certain: boolean;
}

/** By which tags of a subnet rules tell that training runs in it. */
export const trainingTags = {
  trainingTags: {
    type: "array",
    description: "Keys of tags that subnets of training have; the second is the one by which pods get their addresses",
    items: { type: "string" },
    default: ["gabion:training", "kubernetes.io/role/cni"],
  },
} as const;

/** What the program asked for, or else what the engine shows. */
export function askedOf<T extends ResourceType>(resource: StackResource<T>) {
  return resource.inputs ?? resource.properties;
}

/** The subnets that are for training, or may be. */
export function trainingSubnets(index: StackIndex, keys: unknown): TrainingSubnet[] {
  return index.ofType("aws:ec2/subnet:Subnet").flatMap((subnet): TrainingSubnet[] => {
    const raw = askedOf(subnet).get("tags").raw();
    if (raw === UNKNOWN) return [{ subnet, certain: false }];
    const named = typeof raw === "object" && raw !== null ? Object.keys(raw) : [];
    return Array.isArray(keys) && named.some((key) => keys.includes(key)) ? [{ subnet, certain: true }] : [];
  });
}

/** Findings for each VPC of the stack that has subnets of training. What is not sure of a subnet is not sure of its VPC. */
export function forTrainingVpcs(
  index: StackIndex,
  keys: unknown,
  judge: (vpc: Vpc) => readonly StackFinding[],
): StackFinding[] {
  const subnets = trainingSubnets(index, keys);
  return index.ofType("aws:ec2/vpc:Vpc").flatMap((vpc) => {
    const links = index.linksTo(vpc, ["aws:ec2/subnet:Subnet"], "vpcId", ["id"]);
    const own = links.flatMap(({ resource, certainty }) =>
      subnets.filter(({ subnet }) => subnet.urn === resource.urn).map(({ certain }) => certain && certainty === "sure"),
    );
    if (own.length === 0) return [];
    const findings = judge(vpc);
    return own.includes(true) ? [...findings] : findings.map((finding) => uncertain(finding));
  });
}

/** The same finding where it is open whether it matters. */
export function uncertain(finding: StackFinding): StackFinding {
  return {
    ...undecided(finding.path, `whether this is a network of training is known only after deployment: ${finding.text}`),
    resource: finding.resource,
  };
}

/** A VPC with a subnet of training, for examples. */
export const exampleNetwork: readonly ExampleResource[] = [
  { type: "aws:ec2/vpc:Vpc", name: "training", properties: { cidrBlock: "10.0.0.0/16" } },
  {
    type: "aws:ec2/subnet:Subnet",
    name: "gpu",
    properties: { vpcId: UNKNOWN, tags: { "gabion:training": "true" } },
    dependencies: { vpcId: ["training"] },
  },
];
