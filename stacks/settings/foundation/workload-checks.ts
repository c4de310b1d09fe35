import { type CheckContext, reportRepeated } from "../check";
import type { FoundationSettings } from "../foundation";
import type { Partly } from "../parse";
import type { PathSegment } from "../problem";
import type { ConfidentialWorkloadSettings } from "./types";

type Context = CheckContext<FoundationSettings>;

/** What single fields of confidential workloads cannot say. */
export function checkWorkloads(context: Context): void {
  const { attestedKeys = [], confidentialWorkloads = [] } = context.settings;
  const names = [...attestedKeys, ...confidentialWorkloads].map((one) => one?.name);
  const pathOf = (index: number): PathSegment[] =>
    index < attestedKeys.length
      ? ["attestedKeys", index, "name"]
      : ["confidentialWorkloads", index - attestedKeys.length, "name"];
  reportRepeated(context, names, pathOf, "attested key or workload");
  const accounts = confidentialWorkloads.map((one) => `${one?.namespace}/${one?.serviceAccount}`);
  confidentialWorkloads.forEach((workload, index) => {
    if (workload === undefined) return;
    const path = ["confidentialWorkloads", index];
    if (accounts.indexOf(accounts[index] as string) !== index && context.isSound(...path)) {
      context.report([...path, "serviceAccount"], {
        reason: "another workload has this service account, and its pods have one role",
        remedy: "Give each workload a service account of its own",
      });
    }
    checkPool(context, workload, path);
    checkPublishers(context, workload, path);
  });
}

function checkPool(context: Context, workload: Partly<ConfidentialWorkloadSettings>, path: PathSegment[]): void {
  if (workload.pool === undefined || !context.isSound("attestedPools")) return;
  const pool = (context.settings.attestedPools ?? []).find((candidate) => candidate?.name === workload.pool);
  const at = [...path, "pool"];
  if (pool === undefined) {
    context.report(at, { reason: "there is no such pool", remedy: "Name one of gabion:attestedPools" });
  } else if (pool.sandboxRuntime === undefined) {
    context.report(at, {
      reason: "nodes of the pool run no sandboxes",
      remedy: "Name a pool with a sandboxRuntime, or give it one",
    });
  } else if (workload.policies !== undefined && pool.sandboxRuntime !== "confidential-sandbox") {
    context.report([...path, "policies"], {
      reason: "only a confidential sandbox has an attestation document, so no pod of this pool could open the key",
      remedy: "Name a pool with the sandboxRuntime confidential-sandbox, or leave policies out",
    });
  }
}

function checkPublishers(context: Context, workload: Partly<ConfidentialWorkloadSettings>, path: PathSegment[]): void {
  const { publishers = [], policies } = workload;
  if (policies !== undefined || publishers.length === 0 || !context.isSound(...path, "policies")) return;
  context.report([...path, "publishers"], {
    reason: "without policies there is no key to wrap with",
    remedy: "Give policies, or remove publishers",
  });
}
