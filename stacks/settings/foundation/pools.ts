import { AMI_TYPES, findInstanceType, instanceType, isAccelerated, KnowledgeError } from "gabion-knowledge";
import { choice, flag, group, integer, list, text } from "../field";
import { type Finding, firstFinding } from "../problem";

const usableAmiTypes = AMI_TYPES.filter((ami) => ami.refused === undefined && ami.family !== "CUSTOM").map(
  (ami) => ami.name,
) as [string, ...string[]];

export const poolName = () =>
  text(
    {
      description: "The pool's name, unique among all pools of the cluster. Nodes carry it as a label.",
      allowed: "2 to 24 lower-case letters, digits and hyphens, a letter first",
      example: "system",
    },
    /^[a-z][a-z0-9-]{0,22}[a-z0-9]$/,
  );

export const sizes = {
  minSize: integer({ description: "Fewest nodes.", example: 2 }, { min: 0, max: 450 }),
  maxSize: integer({ description: "Most nodes. EKS allows 450 in a node group.", example: 4 }, { min: 1, max: 450 }),
  desiredSize: integer(
    {
      description: "Nodes to start with; later changes are left to whoever scales the pool. Default: minSize.",
      example: 2,
    },
    { min: 0, max: 450 },
  ).optional(),
};

export const image = (amiTypeExample: string) => ({
  amiType: choice(
    {
      description:
        "The kind of node image, as EKS names it. Default: Bottlerocket for the instance type's architecture and accelerator.",
      example: amiTypeExample,
    },
    usableAmiTypes,
  ).optional(),
  releaseVersion: text(
    {
      description: "The release of the node image. Default: the release that Gabion pins for the cluster's version.",
      allowed: "a release as EKS lists it for the image type, in quotes",
      example: "1.35.0-20260714",
    },
    /^\d+\.\d+\.\d+-[0-9a-f]{8}$/,
  ).optional(),
});

export const diskGiB = (example: number) =>
  integer(
    { description: "Size of each node's data volume, in GiB. It is encrypted.", example },
    { min: 20, max: 16384 },
  );

/** A pool of ordinary nodes. */
export function nodePoolField() {
  return group(
    { description: "A pool of nodes without accelerators, spread over all zones." },
    {
      name: poolName(),
      instanceTypes: list(
        {
          description: "Instance types that nodes may have, in order of preference. All of one architecture.",
          allowed: "a list of 1 to 10 instance types without accelerators",
          example: ["m7i.xlarge"],
        },
        text(
          {
            description: "An instance type without accelerators.",
            allowed: "an EC2 instance type of the instance matrix, without accelerators",
            example: "m7i.xlarge",
          },
          plainTypeFinding,
        ),
        { min: 1, max: 10 },
      ),
      ...sizes,
      ...image("BOTTLEROCKET_x86_64"),
      diskGiB: diskGiB(100).default(80),
    },
  );
}

/** A pool of nodes with accelerators. */
export function gpuPoolField() {
  return group(
    {
      description:
        "A pool of nodes with accelerators of one instance type. Nodes are tainted for workloads that ask for them.",
    },
    {
      name: poolName(),
      instanceType: text(
        {
          description: "The instance type of all nodes.",
          allowed: "an EC2 instance type of the instance matrix, with accelerators",
          example: "g6.12xlarge",
        },
        acceleratedTypeFinding,
      ),
      zone: text(
        {
          description:
            "The one zone of the pool. Needed with EFA, whose traffic does not leave a zone. Without it the pool spans all zones.",
          allowed: "one of the network's zones",
          example: "eu-central-1a",
        },
        /^[a-z0-9-]+$/,
      ).optional(),
      efa: flag({
        description:
          "Whether nodes get all Elastic Fabric Adapter interfaces of their type and are placed close together (cluster placement group).",
      }).default(false),
      ...capacity(),
      migProfiles: list(
        {
          description:
            "MIG profiles that each GPU is partitioned into before the kubelet starts. One alone stands for as many as the GPU holds. Left out, GPUs are whole.",
          allowed: "a list of 1 to 7 MIG profiles of the instance type's GPU",
          example: ["1g.10gb"],
        },
        text(
          { description: "A MIG profile.", allowed: "a MIG profile of the instance type's GPU", example: "1g.10gb" },
          /^[1-9]g\.\d{1,3}gb$/,
        ),
        { min: 1, max: 7 },
      ).optional(),
      deviceManagement: choice(
        {
          description:
            "How pods get the accelerators: by count from a device plugin, or by claims from a driver of dynamic resource allocation (dra). Never both on a node.",
        },
        ["device-plugin", "dra"],
      ).default("device-plugin"),
      ...sizes,
      ...image("BOTTLEROCKET_x86_64_NVIDIA"),
      diskGiB: diskGiB(500).default(200),
    },
  );
}

const reservation = (description: string) =>
  text(
    {
      description,
      allowed: 'the id of a capacity reservation, "cr-" and hexadecimal digits',
      example: "cr-0123456789abcdef0",
    },
    /^cr-[0-9a-f]{8,17}$/,
  );

/** Where a pool's capacity comes from, when it is not on demand. */
export function capacity() {
  return {
    capacityBlockId: reservation(
      "The Capacity Block for ML that nodes start in. The pool stays at 0 nodes until the block starts; forty minutes before its end EKS scales it to 0. Needs a zone.",
    ).optional(),
    capacityReservationId: reservation(
      "The on-demand capacity reservation that nodes start in; without room in it none starts. Needs a zone.",
    ).optional(),
  };
}

function plainTypeFinding(value: string): Finding | undefined {
  const unknown = unknownTypeFinding(value);
  if (unknown !== undefined) return unknown;
  const facts = instanceType(value);
  if (!isAccelerated(facts)) return undefined;
  return {
    reason: `${value} has accelerators (${facts.accelerator?.count} x ${facts.accelerator?.name})`,
    remedy: "Move it to gabion:gpuPools, or take a type without, for example m7i.xlarge",
  };
}

function acceleratedTypeFinding(value: string): Finding | undefined {
  const unknown = unknownTypeFinding(value);
  if (unknown !== undefined) return unknown;
  if (isAccelerated(instanceType(value))) return undefined;
  return {
    reason: `${value} has no accelerators`,
    remedy: "Move it to gabion:nodePools, or take a type with, for example g6.12xlarge",
  };
}

export function unknownTypeFinding(value: string): Finding | undefined {
  if (findInstanceType(value) !== undefined) return undefined;
  try {
    instanceType(value);
  } catch (error) {
    if (error instanceof KnowledgeError) return firstFinding(error.problems);
    throw error;
  }
  return undefined;
}
