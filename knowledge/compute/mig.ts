import { type Problem, printable } from "../problem";
import { documented, inferred, type Source, unsure } from "../source";
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

/**
 * The partitions of each GPU, one entry each. One profile alone stands for as many of it as the GPU holds; several are a layout of
 * their own, in which each entry is one partition.
 */
export function migPartitions(type: InstanceTypeFacts, profiles: readonly string[]): string[] {
  const [only, ...more] = profiles;
  if (only === undefined || more.length > 0) return [...profiles];
  const count = migFacts(type)?.profiles.find(({ name }) => name === only)?.perGpu ?? 1;
  return Array.from({ length: count }, () => only);
}

/** GPUs as Bottlerocket's own partitioning names them, by name and memory. */
const bottlerocketGpus: Readonly<Record<string, string>> = {
  "A100/40960": "a100.40gb",
  "A100/81920": "a100.80gb",
  "H100/81920": "h100.80gb",
  "H200/144384": "h200.141gb",
  "B200/183359": "b200.180gb",
};

export const BOTTLEROCKET_MIG_SOURCE: Source = documented(
  "bottlerocket-core-kit, nvidia-migmanager; EKS User Guide, `device-management-nvidia-mig.adoc`",
  "one profile for all GPUs of a node (single strategy), as many of it as they hold",
);

export const MIG_BEFORE_KUBELET_SOURCE: Source = inferred(
  "NVIDIA/gpu-operator 2415; NVIDIA MIG User Guide",
  "partitioning under a running kubelet can leave a node NotReady for good, so it is done before there is one",
);

/** Why an image cannot partition a type's GPUs so; empty when it can. The layout itself is judged by {@link migProblems}. */
export function migImageProblems(
  type: InstanceTypeFacts,
  profiles: readonly string[],
  amiType: string,
  path = "migProfiles",
): Problem[] {
  const problems: Problem[] = [];
  const add = (reason: string, remedy: string) => problems.push({ path, found: printable(profiles), reason, remedy });
  const note = migFacts(type)?.note;
  if (note !== undefined && amiType !== "CUSTOM") add(`${type.name} ${note}`, "Leave it out, or take another type");
  if (!amiType.startsWith("BOTTLEROCKET")) return problems;
  if (bottlerocketGpu(type) === undefined) {
    add(`Bottlerocket does not partition the ${type.accelerator?.name}`, "Take an image of Amazon Linux 2023");
  }
  if (profiles.length > 1) {
    const reason = "Bottlerocket has one profile for all GPUs of a node and fills them with it";
    add(reason, "Name one profile, or take an image of Amazon Linux 2023");
  } else if (
    profiles[0]?.startsWith("4g.") === true &&
    migFacts(type)?.profiles.some(({ name }) => name.startsWith("7g."))
  ) {
    const reason = "a GPU holds one such partition, and Bottlerocket would leave the rest of it unused";
    add(reason, "Take another profile, or an image of Amazon Linux 2023");
  }
  return problems;
}

function bottlerocketGpu(type: InstanceTypeFacts): string | undefined {
  return bottlerocketGpus[`${type.accelerator?.name}/${type.accelerator?.memoryMiB}`];
}

/** Settings of Bottlerocket that partition all GPUs of a type, before the kubelet starts. */
export function bottlerocketMigSettings(
  type: InstanceTypeFacts,
  profile: string,
): Record<string, Record<string, string>> {
  return {
    "settings.kubelet-device-plugins.nvidia": { "device-partitioning-strategy": "mig" },
    "settings.kubelet-device-plugins.nvidia.mig.profile": { [bottlerocketGpu(type) ?? ""]: profile },
  };
}

/**
 * Commands that partition all GPUs of a node of Amazon Linux 2023. They need nothing but the driver's own tool, which EKS's images
 * have: there is nothing to download. An A100 takes the mode only with a reset, for which nothing may hold it.
 */
export function migCommands(partitions: readonly string[]): string[] {
  return [
    "for attempt in $(seq 60); do if nvidia-smi --list-gpus > /dev/null; then break; fi; sleep 2; done",
    "systemctl stop nvidia-persistenced.service || true",
    "nvidia-smi --multi-instance-gpu=1",
    "if nvidia-smi --query-gpu=mig.mode.current --format=csv,noheader | grep --quiet --invert-match Enabled; then nvidia-smi --gpu-reset; fi",
    `nvidia-smi mig --create-gpu-instance ${partitions.join(",")} --default-compute-instance`,
    "systemctl start nvidia-persistenced.service || true",
  ];
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
