import { amiTypeProblems, EKS_VERSIONS, eksSupport, findInstanceType, regionOfZone } from "gabion-knowledge";
import type { CheckContext } from "./check";
import type { FoundationSettings } from "./foundation";
import type { PathSegment } from "./problem";

type Context = CheckContext<FoundationSettings>;

/** What single fields of the foundation's settings cannot say. */
export function checkFoundation(context: Context): void {
  checkStackName(context);
  checkZones(context);
  checkVersion(context);
  checkBucketNames(context);
  checkPoolNames(context);
  checkNodePools(context);
  checkGpuPools(context);
}

/** A stack file that was copied and not changed would deploy a second environment under the first one's name. */
function checkStackName(context: Context): void {
  const { environment } = context.settings;
  const { stackName } = context;
  if (environment === undefined || stackName === environment || stackName.startsWith(`${environment}-`)) return;
  context.report(["environment"], {
    reason: `the stack is called ${stackName}`,
    allowed: `"${stackName}": a foundation stack is called like its environment, or that with a suffix after a hyphen`,
    remedy: `Write "${stackName}", or rename the stack file to Pulumi.${environment}.yaml`,
  });
}

function checkZones(context: Context): void {
  const { region, network } = context.settings;
  const zones = network?.zones ?? [];
  zones.forEach((zone, index) => {
    const path = ["network", "zones", index];
    if (zone === undefined) return;
    if (zones.indexOf(zone) !== index) {
      context.report(path, { reason: "the zone is named twice", remedy: "Name each zone once" });
      return;
    }
    const zoneRegion = regionOfZone(zone);
    if (region !== undefined && zoneRegion !== undefined && zoneRegion !== region) {
      context.report(path, {
        reason: `the zone is in ${zoneRegion} and the stack in ${region}`,
        remedy: `Name a zone of ${region}, for example "${region}a", or correct gabion:region`,
      });
    }
  });
}

function checkVersion(context: Context): void {
  const version = context.settings.cluster?.version;
  if (version === undefined) return;
  const path = ["cluster", "version"];
  const usable = EKS_VERSIONS.filter((row) => eksSupport(row.version, context.today) === "standard").map(
    (row) => `"${row.version}"`,
  );
  const remedy = usable.length > 0 ? `Take ${usable.join(" or ")}` : "Update Gabion: its version table is out of date";
  const row = EKS_VERSIONS.find((candidate) => candidate.version === version);
  switch (eksSupport(version, context.today)) {
    case "standard":
      return;
    case "extended":
      context.loosens("eks-extended-support", path);
      return;
    case "ended":
      context.report(path, { reason: `EKS ended all support on ${row?.extendedSupportEnds}`, remedy });
      return;
    case "unknown":
      context.report(path, { reason: "Gabion knows no support dates of this version", remedy });
  }
}

function checkBucketNames(context: Context): void {
  const names = (context.settings.buckets ?? []).map((bucket) => bucket?.name);
  reportRepeated(context, names, (index) => ["buckets", index, "name"], "bucket");
}

function checkPoolNames(context: Context): void {
  const nodePools = context.settings.nodePools ?? [];
  const gpuPools = context.settings.gpuPools ?? [];
  const names = [...nodePools, ...gpuPools].map((pool) => pool?.name);
  const pathOf = (index: number): PathSegment[] =>
    index < nodePools.length ? ["nodePools", index, "name"] : ["gpuPools", index - nodePools.length, "name"];
  reportRepeated(context, names, pathOf, "pool");
}

function reportRepeated(
  context: Context,
  names: readonly (string | undefined)[],
  pathOf: (index: number) => PathSegment[],
  what: string,
): void {
  names.forEach((name, index) => {
    if (name !== undefined && names.indexOf(name) !== index) {
      context.report(pathOf(index), {
        reason: `another ${what} has this name`,
        remedy: `Give each ${what} its own name`,
      });
    }
  });
}

function checkNodePools(context: Context): void {
  (context.settings.nodePools ?? []).forEach((pool, index) => {
    if (pool === undefined) return;
    const path = ["nodePools", index];
    checkSizes(context, path, pool);
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
    if (pool.amiType !== undefined && types[0] !== undefined) {
      checkAmiType(context, path, pool.amiType, types[0].name);
    }
  });
}

function checkGpuPools(context: Context): void {
  const { network, attestation } = context.settings;
  (context.settings.gpuPools ?? []).forEach((pool, index) => {
    if (pool === undefined) return;
    const path = ["gpuPools", index];
    checkSizes(context, path, pool);
    const type = pool.instanceType === undefined ? undefined : findInstanceType(pool.instanceType);
    if (pool.amiType !== undefined && type !== undefined) checkAmiType(context, path, pool.amiType, type.name);
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

function checkAmiType(context: Context, path: readonly PathSegment[], amiType: string, typeName: string): void {
  const type = findInstanceType(typeName);
  if (type === undefined) return;
  for (const { reason, remedy } of amiTypeProblems(amiType, type))
    context.report([...path, "amiType"], { reason, remedy });
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
