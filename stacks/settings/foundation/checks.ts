import { EKS_VERSIONS, eksSupport, regionOfZone } from "gabion-knowledge";
import { type CheckContext, reportRepeated } from "../check";
import type { FoundationSettings } from "../foundation";
import { checkPools } from "./pool-checks";

type Context = CheckContext<FoundationSettings>;

/** What single fields of the foundation's settings cannot say. */
export function checkFoundation(context: Context): void {
  checkZones(context);
  checkVersion(context);
  checkBucketNames(context);
  checkPools(context);
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
