import { addDays } from "../dates";
import { type Problem, printable } from "../problem";
import { documented, inferred, type Source, unsure } from "../source";

export interface EksVersion {
  /** Minor version, for example `1.35`. */
  readonly version: string;
  /** First day on EKS, `YYYY-MM-DD`. */
  readonly released: string;
  /** The day on which extended support begins, from its first hour (UTC). */
  readonly standardSupportEnds: string;
  /** The day on which extended support is over, twelve months later. */
  readonly extendedSupportEnds: string;
  readonly source: Source;
}

const calendar = documented("EKS User Guide, Amazon EKS Kubernetes release calendar");
const calendarOf135 = documented("endoflife.date, from the EKS User Guide's release calendar");
const calendarOf136 = inferred(
  "endoflife.date in mid-2026, as other projects quote it; 14 and 26 months after the release, as the EKS User Guide says",
  "compare with `aws eks describe-cluster-versions`",
);

/** Versions that can still be run. Standard support lasts 14 months, extended support 12 more. */
export const EKS_VERSIONS: readonly EksVersion[] = [
  row("1.31", "2024-09-26", "2025-11-26", "2026-11-26", calendar),
  row("1.32", "2025-01-23", "2026-03-23", "2027-03-23", calendar),
  row("1.33", "2025-05-29", "2026-07-29", "2027-07-29", calendar),
  row("1.34", "2025-10-02", "2026-12-02", "2027-12-02", calendar),
  row("1.35", "2026-01-28", "2027-03-27", "2028-03-27", calendarOf135),
  row("1.36", "2026-06-02", "2027-08-02", "2028-08-02", calendarOf136),
];

/** Versions that EKS has but whose dates no source at hand gives, so they are refused until a row is added. */
export const EKS_VERSION_GAPS: Source = unsure("EKS User Guide", "1.37 exists; add its row with the printed dates");

function row(
  version: string,
  released: string,
  standardSupportEnds: string,
  extendedSupportEnds: string,
  source: Source,
): EksVersion {
  return { version, released, standardSupportEnds, extendedSupportEnds, source };
}

/** The newest version that all pinned charts and admission rules are tested with, in standard support well into 2027. */
export const DEFAULT_EKS_VERSION = "1.35";

/**
 * What a cluster is set to do when the standard support of its version ends. `STANDARD`: AWS upgrades the control plane to the next
 * version by itself, at a time of its choice. `EXTENDED`: it stays for up to twelve months more, at a higher price and with security
 * patches only; then it is upgraded all the same. In both cases nodes and add-ons stay where they are.
 */
export type SupportType = "STANDARD" | "EXTENDED";

export const SUPPORT_TYPE_SOURCE: Source = documented("EKS User Guide, View current cluster upgrade policy");

/**
 * What to know on a day (`YYYY-MM-DD`) about a version that is about to leave standard support; undefined while that is more than
 * `days` away, or past. After it AWS has upgraded the cluster, and the version that is written down cannot be gone back to.
 */
export function supportEndNotice(version: string, today: string, days = 60): string | undefined {
  const row = EKS_VERSIONS.find((candidate) => candidate.version === version);
  if (row === undefined || eksSupport(version, today) !== "standard") return undefined;
  if (today < addDays(row.standardSupportEnds, -days)) return undefined;
  return (
    `Standard support of Kubernetes ${version} ends on ${row.standardSupportEnds}. AWS then upgrades the cluster by itself, ` +
    "unless its extended support was asked for. Upgrade before, one minor version at a time."
  );
}

export type EksSupport = "standard" | "extended" | "ended" | "unknown";

/** In which support a version is on a day (`YYYY-MM-DD`); `unknown` for a version that the table does not have. */
export function eksSupport(version: string, today: string): EksSupport {
  const known = EKS_VERSIONS.find((candidate) => candidate.version === version);
  if (known === undefined) return "unknown";
  if (today < known.standardSupportEnds) return "standard";
  return today < known.extendedSupportEnds ? "extended" : "ended";
}

/**
 * Why a version should not be used on a day (`YYYY-MM-DD`): not a version, not in the table, or out of standard support.
 * `allowExtended` accepts extended support, which costs more and gets security patches only.
 */
export function eksVersionProblems(
  version: unknown,
  today: string,
  options: { readonly allowExtended?: boolean; readonly path?: string } = {},
): Problem[] {
  const { allowExtended = false, path = "version" } = options;
  const found = printable(version);
  const usable = EKS_VERSIONS.filter((row) => eksSupport(row.version, today) === "standard").map((row) => row.version);
  const remedy =
    usable.length > 0 ? `In standard support are ${usable.join(", ")}` : "Add newer versions to the version table";
  if (typeof version !== "string" || !/^1\.\d{2}$/.test(version)) {
    const quote = typeof version === "number" ? `Write it between quotes. ${remedy}` : remedy;
    return [{ path, found, reason: "not a minor version of Kubernetes such as 1.35", remedy: quote }];
  }
  const support = eksSupport(version, today);
  if (support === "standard" || (support === "extended" && allowExtended)) return [];
  const known = EKS_VERSIONS.find((candidate) => candidate.version === version);
  const reasons: Record<Exclude<EksSupport, "standard">, string> = {
    unknown: "its support dates are not in the version table",
    extended: `standard support ended on ${known?.standardSupportEnds}`,
    ended: `all support ended on ${known?.extendedSupportEnds}`,
  };
  return [{ path, found, reason: reasons[support as Exclude<EksSupport, "standard">], remedy }];
}
