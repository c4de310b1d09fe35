import {
  amiTypeProblems,
  defaultNodeRelease,
  deviceManagementProblems,
  findInstanceType,
  type InstanceTypeFacts,
  migImageProblems,
  migPartitions,
  migProblems,
  releaseForPool,
  reservedCapacityProblems,
} from "gabion-knowledge";
import { type CheckContext, reportRepeated } from "../check";
import type { FoundationSettings } from "../foundation";
import type { Partly } from "../parse";
import type { PathSegment } from "../problem";
import { releaseMismatch, usableAmiTypes, usableDefaultAmiType } from "./images";
import { patchPlanOf } from "./ring-checks";
import type { AttestedPoolSettings, GpuPoolSettings, PatchRingSettings } from "./types";

type Context = CheckContext<FoundationSettings>;
type PlacedPool = Partly<
  Pick<
    AttestedPoolSettings,
    "instanceType" | "zone" | "capacityBlockId" | "capacityReservationId" | "minSize" | "desiredSize"
  >
>;

/** What single fields of pools cannot say. */
export function checkPools(context: Context): void {
  checkPoolNames(context);
  checkNodePools(context);
  checkGpuPools(context);
}

function checkPoolNames(context: Context): void {
  const places = (["nodePools", "gpuPools", "attestedPools"] as const).flatMap((kind) =>
    (context.settings[kind] ?? []).map((pool, index) => ({ name: pool?.name, path: [kind, index, "name"] })),
  );
  const names = places.map(({ name }) => name);
  reportRepeated(context, names, (index) => places[index]?.path ?? [], "pool");
}

function checkNodePools(context: Context): void {
  (context.settings.nodePools ?? []).forEach((pool, index) => {
    if (pool === undefined) return;
    const path = ["nodePools", index];
    checkSizes(context, path, pool);
    if (index === 0 && pool.minSize === 0) {
      context.report([...path, "minSize"], {
        reason: "the first pool carries the cluster's own add-ons, which need a node",
        remedy: "Write 1 or more; 2 or more keep the cluster's name service up while a node is replaced",
      });
    }
    const types = (pool.instanceTypes ?? []).map((name) => (name === undefined ? undefined : findInstanceType(name)));
    const architecture = types.find((type) => type !== undefined)?.architecture;
    types.forEach((type, position) => {
      if (type !== undefined && type.architecture !== architecture) {
        context.report([...path, "instanceTypes", position], {
          reason: `it is ${type.architecture} and the first type of the pool is ${architecture}`,
          remedy: "Make a pool for each architecture",
        });
      }
    });
    const [first] = types;
    if (first !== undefined) checkImage(context, path, pool, first);
  });
}

function checkGpuPools(context: Context): void {
  const { network, attestation } = context.settings;
  (context.settings.gpuPools ?? []).forEach((pool, index) => {
    if (pool === undefined) return;
    const path = ["gpuPools", index];
    checkSizes(context, path, pool);
    const type = pool.instanceType === undefined ? undefined : findInstanceType(pool.instanceType);
    if (type !== undefined) checkImage(context, path, pool, type);
    checkPlace(context, path, pool);
    if (type !== undefined) checkDevices(context, path, pool, type);
    if (pool.efa === true && type !== undefined && type.efaInterfaces === 0) {
      context.report([...path, "efa"], {
        reason: `${type.name} has no Elastic Fabric Adapter`,
        remedy: "Set it to false, or take a type with EFA, for example g6.12xlarge or p5.48xlarge",
      });
    }
    if (pool.efa === true && pool.zone === undefined && context.isSound(...path, "zone")) {
      context.report([...path, "zone"], {
        reason: "EFA traffic does not leave a zone, so the nodes must share one",
        remedy: `Name the zone, for example "${network?.zones?.[0] ?? "eu-central-1a"}"`,
      });
    }
    if (attestation?.required === true && type !== undefined && !type.nitroTpm) {
      context.report([...path, "instanceType"], {
        reason: `${type.name} has no NitroTPM, and gabion:attestation.required is true`,
        remedy: "Take a type that has it, for example p5.48xlarge or g6.12xlarge, or deviate from attestable-nodes",
      });
    }
  });
}

/** Where the nodes of a pool of one type are: in a zone of the network, and in one alone where their capacity is. */
export function checkPlace(context: Context, path: readonly PathSegment[], pool: PlacedPool): void {
  const zones = context.settings.network?.zones;
  const known = zones !== undefined && context.isSound("network", "zones");
  if (pool.zone !== undefined && known && !zones.includes(pool.zone)) {
    context.report([...path, "zone"], {
      reason: "the network has no subnets there",
      allowed: `one of the network's zones: ${zones.join(", ")}`,
      remedy: "Name one of them, or append the zone to gabion:network.zones",
    });
  }
  checkCapacity(context, path, pool);
}

function checkCapacity(context: Context, path: readonly PathSegment[], pool: PlacedPool): void {
  const { capacityBlockId, capacityReservationId } = pool;
  if (capacityBlockId === undefined && capacityReservationId === undefined) return;
  const type = pool.instanceType === undefined ? undefined : findInstanceType(pool.instanceType);
  const capacity = { capacityBlockId, capacityReservationId };
  const problems = reservedCapacityProblems(capacity, {
    type,
    minSize: pool.minSize ?? 0,
    desiredSize: pool.desiredSize,
    subnets: pool.zone === undefined ? 2 : 1,
  });
  for (const { path: field, reason, remedy } of problems) {
    const [at, way] = field === "subnetIds" ? ["zone", "Name the zone of the reservation"] : [field, remedy];
    if (context.isSound(...path, at)) context.report([...path, at], { reason, remedy: way });
  }
}

/** How a pool's accelerators are divided and handed out. */
function checkDevices(
  context: Context,
  path: readonly PathSegment[],
  pool: Partly<GpuPoolSettings>,
  type: InstanceTypeFacts,
): void {
  const version = context.settings.cluster?.version;
  if (!context.isSound(...path) || version === undefined) return;
  const { migProfiles, deviceManagement, efa } = pool;
  const amiType = pool.amiType ?? usableDefaultAmiType(type) ?? "";
  const release =
    pool.releaseVersion ?? ringRelease(context, pool.name, amiType) ?? defaultNodeRelease(amiType, version);
  const mig = migProfiles !== undefined;
  const choice = { management: deviceManagement ?? "device-plugin", type, amiType, kubernetes: version, release, mig };
  const [device] = deviceManagementProblems(choice);
  if (device !== undefined) context.report([...path, "deviceManagement"], device);
  if (migProfiles === undefined) return;
  const profiles = migProfiles as readonly string[];
  const [layout] = [
    ...migProblems(type, migPartitions(type, profiles), "migProfiles"),
    ...migImageProblems(type, profiles, amiType),
  ];
  if (layout !== undefined) context.report([...path, "migProfiles"], layout);
  else if (efa === true) {
    context.report([...path, "efa"], {
      reason: "collective communication does not work between partitions, so EFA would carry nothing",
      remedy: "Leave out efa or migProfiles",
    });
  }
}

function ringRelease(context: Context, pool: string | undefined, amiType: string): string | undefined {
  if (context.settings.patchRings === undefined || pool === undefined || !context.isSound("patchRings"))
    return undefined;
  return releaseForPool(patchPlanOf(context.settings.patchRings as PatchRingSettings), pool, amiType);
}

/** Whether there is an image for a pool, and a release of it that does not depend on the day of the deployment. */
function checkImage(
  context: Context,
  path: readonly PathSegment[],
  pool: { readonly amiType?: string | undefined; readonly releaseVersion?: string | undefined },
  type: InstanceTypeFacts,
): void {
  const usable = usableAmiTypes(type);
  if (usable.length === 0) {
    context.report([...path, "instanceType"], {
      reason: `EKS has no image with a driver for the ${type.accelerator?.name} of ${type.name}`,
      remedy: "Take another instance type, for example g6.12xlarge",
    });
    return;
  }
  const [problem] = pool.amiType === undefined ? [] : amiTypeProblems(pool.amiType, type);
  if (problem !== undefined) {
    context.report([...path, "amiType"], { reason: problem.reason, remedy: `Take one of ${usable.join(", ")}` });
    return;
  }
  if (context.isSound(...path, "amiType") && context.isSound(...path, "releaseVersion")) {
    checkRelease(context, path, pool.amiType ?? usableDefaultAmiType(type), pool.releaseVersion);
  }
}

function checkRelease(
  context: Context,
  path: readonly PathSegment[],
  amiType: string | undefined,
  releaseVersion: string | undefined,
): void {
  const version = context.settings.cluster?.version;
  if (amiType === undefined || version === undefined || !context.isSound("cluster", "version")) return;
  if (releaseVersion === undefined) {
    if (defaultNodeRelease(amiType, version) !== undefined) return;
    context.report([...path, "releaseVersion"], {
      reason: `Gabion pins no release of ${amiType} for Kubernetes ${version}`,
      remedy: "Name the release that EKS lists for the image type and the version, in quotes",
    });
    return;
  }
  const reason = releaseMismatch(amiType, releaseVersion, version);
  if (reason === undefined) return;
  const remedy = `Name a release that begins with ${version}, or leave it out`;
  context.report([...path, "releaseVersion"], { reason, remedy });
}

export function checkSizes(
  context: Context,
  path: readonly PathSegment[],
  pool: { readonly minSize?: number; readonly maxSize?: number; readonly desiredSize?: number | undefined },
): void {
  const { minSize, maxSize, desiredSize } = pool;
  if (minSize !== undefined && maxSize !== undefined && minSize > maxSize) {
    context.report([...path, "minSize"], {
      reason: `it is more than maxSize, which is ${maxSize}`,
      remedy: "Lower it, or raise maxSize",
    });
    return;
  }
  if (desiredSize === undefined) return;
  if (minSize !== undefined && desiredSize < minSize) {
    context.report([...path, "desiredSize"], {
      reason: `it is less than minSize, which is ${minSize}`,
      remedy: `Write ${minSize} or more`,
    });
  }
  if (maxSize !== undefined && desiredSize > maxSize) {
    context.report([...path, "desiredSize"], {
      reason: `it is more than maxSize, which is ${maxSize}`,
      remedy: `Write ${maxSize} or less`,
    });
  }
}
