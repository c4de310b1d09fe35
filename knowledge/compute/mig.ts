import { type Problem, printable } from "../problem";
import { documented, type Source, unsure } from "../source";
import type { InstanceTypeFacts } from "./instance-types";

export interface MigProfile {
  /** As `nvidia-mig-parted` and the device plugin name it, for example `1g.10gb`. */
  readonly name: string;
  /** How many of it one GPU holds. */
  readonly perGpu: number;
}

export interface MigFacts {
  readonly profiles: readonly MigProfile[];
  readonly note?: string;
  readonly source: Source;
}

const guide = documented("EKS User Guide, `device-management-nvidia-mig.adoc`");
const countsInferred = documented(
  "EKS User Guide, `device-management-nvidia-mig.adoc`",
  "names are printed there; counts per GPU follow the slices of the name, as for the 80 GB GPUs",
);

function profiles(text: string): MigProfile[] {
  return text.split(" ").map((entry) => {
    const [name, count] = entry.split("*") as [string, string | undefined];
    return { name, perGpu: Number(count ?? 1) };
  });
}

const byGpu: Readonly<Record<string, MigFacts>> = {
  "A100/40960": { profiles: profiles("1g.5gb*7 1g.10gb*4 2g.10gb*3 3g.20gb*2 4g.20gb 7g.40gb"), source: guide },
  "A100/81920": { profiles: profiles("1g.10gb*7 1g.20gb*4 2g.20gb*3 3g.40gb*2 4g.40gb 7g.80gb"), source: guide },
  "H100/81920": { profiles: profiles("1g.10gb*7 1g.20gb*4 2g.20gb*3 3g.40gb*2 4g.40gb 7g.80gb"), source: guide },
  "H200/144384": {
    profiles: profiles("1g.18gb*7 1g.35gb*4 2g.35gb*3 3g.71gb*2 4g.71gb 7g.141gb"),
    source: countsInferred,
  },
  "B200/183359": {
    profiles: profiles("1g.23gb*7 1g.45gb*4 2g.45gb*3 3g.90gb*2 4g.90gb 7g.180gb"),
    source: countsInferred,
  },
  "RTX PRO 4500/32768": {
    profiles: profiles("1g.16gb*2 2g.32gb"),
    note: "needs the 595 driver, which only a custom image has",
    source: guide,
  },
  "RTX PRO Server 6000/98304": { profiles: profiles("1g.24gb*4 2g.48gb*2 4g.96gb"), source: guide },
};

/** Types the guide names; the same GPU in another type is not partitioned. */
const capableTypes: ReadonlySet<string> = new Set([
  "p4d.24xlarge",
  "p4de.24xlarge",
  "p5.48xlarge",
  "p5e.48xlarge",
  "p5en.48xlarge",
  "p6-b200.48xlarge",
  "p6-b300.48xlarge",
  "g7.48xlarge",
  "g7e.48xlarge",
]);

/** What is left open about MIG. */
export const MIG_GAPS: readonly { readonly type: string; readonly source: Source }[] = [
  {
    type: "p5.4xlarge",
    source: unsure("EKS User Guide", "has the same GPU as p5.48xlarge but is not named: refused until it is"),
  },
  { type: "p6-b300.48xlarge", source: unsure("EKS User Guide", "named as capable, but its profiles are not printed") },
];

/** Partitioning of a type's GPUs; undefined where MIG is not documented for it, or its profiles are not. */
export function migFacts(type: InstanceTypeFacts): MigFacts | undefined {
  if (!capableTypes.has(type.name) || type.accelerator === undefined) return undefined;
  return byGpu[`${type.accelerator.name}/${type.accelerator.memoryMiB}`];
}

/**
 * Why a list of profiles, one entry per partition of each GPU, cannot be set on a type; empty when it can. Compute slices
 * (the number before `g`) and memory slices are counted, and no profile exceeds its own number.
 */
export function migProblems(type: InstanceTypeFacts, layout: readonly string[], path = "mig"): Problem[] {
  const known = migFacts(type);
  if (known === undefined) {
    const gap = MIG_GAPS.find((entry) => entry.type === type.name)?.source.note;
    const reason =
      gap === undefined ? `${type.name} has no GPU that can be partitioned` : `MIG on ${type.name}: ${gap}`;
    const remedy = `Leave MIG out, or take one of ${[...capableTypes].join(", ")}`;
    return [{ path, found: printable(layout), reason, remedy }];
  }
  const names = known.profiles.map((profile) => profile.name);
  const problems: Problem[] = layout.flatMap((name, index) =>
    names.includes(name)
      ? []
      : [
          {
            path: `${path}[${index}]`,
            found: printable(name),
            reason: `the ${type.accelerator?.name} of ${type.name} has no such profile`,
            remedy: `It has ${names.join(", ")}`,
          },
        ],
  );
  if (layout.length === 0) {
    problems.push({
      path,
      found: "empty",
      reason: "no partition is named",
      remedy: `Name some of ${names.join(", ")}`,
    });
  }
  if (problems.length > 0) return problems;
  for (const [kind, slicesOf] of [
    ["compute", computeSlices],
    ["memory", memorySlices(known)],
  ] as const) {
    const needed = layout.reduce((sum, name) => sum + slicesOf(name), 0);
    const available = Math.max(...names.map(slicesOf));
    if (needed > available) {
      const reason = `the partitions need ${needed} ${kind} slices and the GPU has ${available}`;
      problems.push({ path, found: printable(layout), reason, remedy: "Name fewer or smaller partitions" });
    }
  }
  for (const profile of known.profiles) {
    const wanted = layout.filter((name) => name === profile.name).length;
    if (wanted > profile.perGpu) {
      const reason = `one GPU holds ${profile.perGpu} of ${profile.name}`;
      problems.push({
        path,
        found: printable(layout),
        reason,
        remedy: `Name ${profile.name} at most ${profile.perGpu} times`,
      });
    }
  }
  return problems;
}

function computeSlices(profile: string): number {
  return Number.parseInt(profile, 10);
}

/** Memory is dealt in slices of the smallest profile's size; names round them, so the quotient is rounded too. */
function memorySlices(facts: MigFacts): (profile: string) => number {
  const gigabytes = (profile: string) => Number.parseInt(profile.split("g.")[1] ?? "", 10);
  const unit = Math.min(...facts.profiles.map((profile) => gigabytes(profile.name)));
  return (profile) => Math.round(gigabytes(profile) / unit);
}
