import {
  accessScopeProblems,
  EKS_VERSIONS,
  eksSupport,
  hostPatternProblems,
  regionOfZone,
  warmTargetProblems,
} from "gabion-knowledge";
import type { CheckContext } from "../check";
import type { FoundationSettings } from "../foundation";
import type { Partly } from "../parse";
import { segmentsOf } from "../problem";
import { checkAddresses } from "./addresses";
import { checkAttestation } from "./attestation-checks";
import { checkBuckets } from "./bucket-checks";
import { checkPools } from "./pool-checks";
import { checkRings } from "./ring-checks";
import type { AccessEntrySettings } from "./types";
import { checkWorkloads } from "./workload-checks";

type Context = CheckContext<FoundationSettings>;

/** What single fields of the foundation's settings cannot say. */
export function checkFoundation(context: Context): void {
  checkZones(context);
  checkEgress(context);
  checkVersion(context);
  checkBuckets(context);
  checkPools(context);
  checkAttestation(context);
  checkWorkloads(context);
  checkRings(context);
  checkAccessEntries(context);
  checkWarmTargets(context);
  checkRunners(context);
  checkAddresses(context);
}

function checkRunners(context: Context): void {
  const { runners, maxRunners } = context.settings.access ?? {};
  if (runners === undefined || maxRunners === undefined || runners <= maxRunners) return;
  context.report(["access", "runners"], {
    reason: `it is more than maxRunners, which is ${maxRunners}`,
    remedy: "Lower it, or raise maxRunners",
  });
}

function checkAccessEntries(context: Context): void {
  const entries = context.settings.cluster?.accessEntries ?? [];
  const administrators = context.settings.cluster?.administrators ?? [];
  const roles = entries.map((entry) => entry?.roleArn);
  entries.forEach((entry, index) => {
    if (entry === undefined) return;
    const path = ["cluster", "accessEntries", index];
    if (entry.roleArn !== undefined && administrators.includes(entry.roleArn)) {
      context.report([...path, "roleArn"], {
        reason: "the role administers the whole cluster already, and has one entry in it",
        remedy: "Remove the entry, or take the role out of gabion:cluster.administrators",
      });
    } else if (roles.indexOf(entry.roleArn) !== index && entry.roleArn !== undefined) {
      context.report([...path, "roleArn"], {
        reason: "the role has an entry already, and has one in the cluster",
        remedy: "Put its namespaces into one entry",
      });
    }
    if (!context.isSound(...path) || entry.level === undefined) return;
    for (const { path: at, reason, remedy } of accessScopeProblems(entry.level, namespacesOf(entry), "")) {
      context.report([...path, ...segmentsOf(at)], { reason, remedy });
    }
  });
}

function namespacesOf({ namespaces }: Partly<AccessEntrySettings>): string[] | undefined {
  return namespaces?.filter((name) => name !== undefined);
}

function checkWarmTargets(context: Context): void {
  const path = ["cluster", "warmTargets"];
  const targets = context.settings.cluster?.warmTargets;
  if (targets === undefined || !context.isSound(...path)) return;
  for (const { path: at, reason, remedy } of warmTargetProblems(targets, "")) {
    context.report([...path, ...segmentsOf(at)], { reason, remedy });
  }
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

/** Each name by itself is sound; here they are held against each other. */
function checkEgress(context: Context): void {
  const path = ["network", "egress", "allowedNames"];
  const names = context.settings.network?.egress?.allowedNames;
  if (names === undefined || !context.isSound(...path)) return;
  for (const { path: at, reason, remedy } of hostPatternProblems(names as readonly string[], "")) {
    context.report([...path, ...segmentsOf(at)], { reason, remedy });
  }
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
