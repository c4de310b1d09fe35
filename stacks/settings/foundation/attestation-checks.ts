import {
  attestationProblems,
  attestedKeyProblems,
  enclaveAllocationProblems,
  findInstanceType,
  type ImageFacts,
  type InstanceTypeFacts,
  type Measurement,
  measurementProblems,
  type Problem,
  rootOfTrustOf,
  sandboxTypeProblems,
  sandboxVersionProblems,
} from "gabion-knowledge";
import type { CheckContext } from "../check";
import type { FoundationSettings } from "../foundation";
import type { Partly } from "../parse";
import { type PathSegment, segmentsOf } from "../problem";
import { checkPlace, checkSizes } from "./pool-checks";
import type { AttestedKeySettings, AttestedPoolSettings, MeasurementSettings } from "./types";

type Context = CheckContext<FoundationSettings>;
type Pool = Partly<AttestedPoolSettings>;

/** What single fields of attested keys and pools cannot say. */
export function checkAttestation(context: Context): void {
  const keys = context.settings.attestedKeys ?? [];
  keys.forEach((key, index) => {
    if (key !== undefined) checkMeasurements(context, key, ["attestedKeys", index]);
  });
  (context.settings.attestedPools ?? []).forEach((pool, index) => {
    if (pool !== undefined) checkPool(context, pool, ["attestedPools", index]);
  });
}

function checkMeasurements(context: Context, key: Partly<AttestedKeySettings>, path: PathSegment[]): void {
  const { rootOfTrust, measurements } = key;
  if (rootOfTrust === undefined || measurements === undefined || !context.isSound(...path)) return;
  measurements.forEach((measurement, index) => {
    const { registers } = measurement as MeasurementSettings;
    const at = [...path, "measurements", index];
    const repeated = registers.findIndex(
      ({ pcr }, place) => registers.findIndex((other) => other.pcr === pcr) !== place,
    );
    if (repeated >= 0) {
      const remedy = "Name each register once; other values of it belong into a measurement of their own";
      context.report([...at, "registers", repeated, "pcr"], { reason: "the register is named twice", remedy });
      return;
    }
    const [problem] = measurementProblems(rootOfTrust, [measurementOf({ registers })]);
    if (problem !== undefined) context.report(at, problem);
  });
  if (context.isSound(...path)) checkKeyPolicy(context, key as AttestedKeySettings, path);
}

/** What is left once each measurement is sound by itself: how they go together. */
function checkKeyPolicy(context: Context, key: AttestedKeySettings, path: PathSegment[]): void {
  const { region, accountId } = context.settings;
  if (region === undefined || accountId === undefined) return;
  const { rootOfTrust: root, openers, publishers } = key;
  const input = { region, accountId, root, measurements: key.measurements.map(measurementOf), openers, publishers };
  for (const { path: at, reason, remedy } of attestedKeyProblems(input)) {
    context.report([...path, ...segmentsOf(at)], { reason, remedy });
  }
}

/** A measurement by the numbers of its registers. */
export function measurementOf({ registers }: MeasurementSettings): Measurement {
  return Object.fromEntries(registers.map(({ pcr, value }) => [pcr, value]));
}

function checkPool(context: Context, pool: Pool, path: PathSegment[]): void {
  checkSizes(context, path, pool);
  checkPlace(context, path, pool);
  if (pool.sandboxRuntime === undefined) checkKey(context, pool, path);
  else checkSandboxes(context, pool, path);
  checkTier(context, pool, path);
}

/** What a pool for sandboxes must be like besides what its tier asks for. */
function checkSandboxes(
  context: Context,
  { tier, key, image, enclave, instanceType }: Pool,
  path: PathSegment[],
): void {
  const version = context.settings.cluster?.version;
  const at = [...path, "sandboxRuntime"];
  if (tier !== undefined && tier !== "enclave") {
    const remedy = "Take the tier enclave, or remove sandboxRuntime";
    context.report(at, { reason: "sandboxes are made of Nitro Enclaves", remedy });
    return;
  }
  const type = instanceType === undefined ? undefined : findInstanceType(instanceType);
  const [problem] = [
    ...(version === undefined ? [] : sandboxVersionProblems(version)),
    ...(type === undefined ? [] : sandboxTypeProblems(type)),
  ];
  if (problem !== undefined) context.report(at, problem);
  if (image === undefined && context.isSound(...path, "image")) {
    context.report([...path, "image"], {
      reason: "EKS's own images have no runtime for sandboxes outside of Auto Mode",
      remedy: "Give an image of your own that has it",
    });
  }
  if (key !== undefined) {
    context.report([...path, "key"], {
      reason: "what opens a key in a sandbox is the policy of a workload, not the node",
      remedy: "Remove it, and give the workload policies",
    });
  }
  if (enclave !== undefined) {
    const reason = "sandboxes take what their pods ask for";
    context.report([...path, "enclave"], { reason, remedy: "Remove it" });
  }
}

function checkKey(context: Context, { tier, key }: Pool, path: PathSegment[]): void {
  if (tier === undefined || !context.isSound(...path, "key")) return;
  const root = rootOfTrustOf(tier);
  const at = [...path, "key"];
  if (root === undefined) {
    if (key === undefined) return;
    const reason = "KMS has no condition for reports of AMD SEV-SNP, so no key could tell these nodes from others";
    context.report(at, { reason, remedy: "Leave it out, or take another tier" });
    return;
  }
  if (key === undefined) {
    const reason = `what ${tier} proves opens nothing without a key that asks for it`;
    context.report(at, { reason, remedy: `Name a key of gabion:attestedKeys with the root of trust ${root}` });
    return;
  }
  const found = (context.settings.attestedKeys ?? []).find((candidate) => candidate?.name === key);
  if (found === undefined) {
    if (!context.isSound("attestedKeys")) return;
    context.report(at, { reason: "there is no such key", remedy: "Name one of gabion:attestedKeys, or add it there" });
  } else if (found.rootOfTrust !== undefined && found.rootOfTrust !== root) {
    const reason = `nodes of ${tier} have documents of ${root} alone, and the key asks for those of ${found.rootOfTrust}`;
    context.report(at, { reason, remedy: `Name a key with the root of trust ${root}` });
  }
}

/** Whether type, image, boot mode and Region can do what the tier says; one problem a field, the first of them. */
function checkTier(context: Context, pool: Pool, path: PathSegment[]): void {
  const { tier, instanceType, image } = pool;
  const type = instanceType === undefined ? undefined : findInstanceType(instanceType);
  if (tier === undefined || type === undefined || !context.isSound(...path, "image")) return;
  const { region } = context.settings;
  const amiType = image?.family ?? (tier === "enclave" ? "AL2023" : "BOTTLEROCKET");
  const facts = image === undefined ? undefined : imageFacts(image);
  const options = region === undefined ? { amiType } : { region, amiType };
  const [problem] = attestationProblems(tier, type, facts, "tier", options);
  if (problem !== undefined) reportTier(context, path, problem);
  if (tier === "attestable-image" && image !== undefined && image.attestable !== true) {
    const reason =
      "nothing says that all of the image is measured, so its measurements would also match a changed root";
    context.report([...path, "image", "attestable"], {
      reason,
      remedy: "Build it with a measured read-only root, or take measured-boot",
    });
  }
  if (pool.sandboxRuntime !== undefined) return;
  if ((tier === "enclave") !== (pool.enclave !== undefined) && context.isSound(...path, "enclave")) {
    const reason =
      pool.enclave === undefined
        ? "without memory and vCPUs set aside no enclave can start"
        : `nodes of the tier ${tier} run no enclaves`;
    const remedy = pool.enclave === undefined ? "Set vcpus and memoryMiB" : "Remove it, or take the tier enclave";
    context.report([...path, "enclave"], { reason, remedy });
  }
  checkEnclave(context, pool, type, path);
}

function checkEnclave(context: Context, { tier, enclave }: Pool, type: InstanceTypeFacts, path: PathSegment[]): void {
  const { vcpus, memoryMiB } = enclave ?? {};
  if (tier !== "enclave" || vcpus === undefined || memoryMiB === undefined || !type.nitroEnclaves) return;
  for (const { path: at, reason, remedy } of enclaveAllocationProblems(type, { vcpus, memoryMiB })) {
    context.report([...path, ...segmentsOf(at)], { reason, remedy });
  }
}

function reportTier(context: Context, path: PathSegment[], { reason, remedy }: Problem): void {
  context.report([...path, "tier"], { reason, remedy });
}

function imageFacts({ bootMode, tpmSupport }: NonNullable<Pool["image"]>): ImageFacts {
  return { bootMode: bootMode ?? "legacy-bios", ...(tpmSupport === "v2.0" ? { tpmSupport } : {}) };
}
