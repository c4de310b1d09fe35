import {
  amiTypeProblems,
  amiTypesFor,
  defaultNodeRelease,
  findInstanceType,
  type InstanceTypeFacts,
} from "gabion-knowledge";
import { type CheckContext, reportRepeated } from "../check";
import type { FoundationSettings } from "../foundation";
import type { PathSegment } from "../problem";

type Context = CheckContext<FoundationSettings>;

/** What single fields of pools cannot say. */
export function checkPools(context: Context): void {
  checkPoolNames(context);
  checkNodePools(context);
  checkGpuPools(context);
}

function checkPoolNames(context: Context): void {
  const nodePools = context.settings.nodePools ?? [];
  const gpuPools = context.settings.gpuPools ?? [];
  const names = [...nodePools, ...gpuPools].map((pool) => pool?.name);
  const pathOf = (index: number): PathSegment[] =>
    index < nodePools.length ? ["nodePools", index, "name"] : ["gpuPools", index - nodePools.length, "name"];
  reportRepeated(context, names, pathOf, "pool");
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
    if (pool.zone !== undefined && network?.zones !== undefined && context.isSound("network", "zones")) {
      if (!network.zones.includes(pool.zone)) {
        context.report([...path, "zone"], {
          reason: "the network has no subnets there",
          allowed: `one of the network's zones: ${network.zones.join(", ")}`,
          remedy: "Name one of them, or append the zone to gabion:network.zones",
        });
      }
    }
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

/** Images that the settings take: a pool of one's own images is not among them. */
function usableAmiTypes(type: InstanceTypeFacts): string[] {
  return amiTypesFor(type).filter((name) => name !== "CUSTOM");
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
    checkRelease(context, path, pool.amiType ?? defaultAmiType(usable), pool.releaseVersion);
  }
}

function defaultAmiType(usable: readonly string[]): string | undefined {
  return usable.find((name) => name.startsWith("BOTTLEROCKET") && !name.endsWith("FIPS")) ?? usable[0];
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
  // Releases of Amazon Linux are named after the version they are for; Bottlerocket has numbers of its own.
  if (amiType.startsWith("AL2023") && !releaseVersion.startsWith(`${version}.`)) {
    context.report([...path, "releaseVersion"], {
      reason: `the release is for Kubernetes ${releaseVersion.split(".", 2).join(".")} and gabion:cluster.version is "${version}"`,
      remedy: `Name a release that begins with ${version}, or leave it out`,
    });
  }
}

function checkSizes(
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
