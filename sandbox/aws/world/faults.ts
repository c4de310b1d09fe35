import { createHash } from "node:crypto";
import type { Refusal } from "../types/entry";

export type FaultKind =
  /** AWS answers that there are too many requests. */
  | "throttling"
  /** AWS answers with a 5xx. */
  | "server-error"
  /** No answer within the client's time-out; the call was not carried out. */
  | "time-out"
  /** The call was carried out, the answer got lost; a read is repeated. */
  | "lost-answer"
  /** The answer comes late. */
  | "slow";

export type FaultOperation = "create" | "update" | "delete" | "read";

export interface FaultRule {
  kind: FaultKind;
  /** A type token, or its beginning followed by `*`. Default: every type. */
  type?: string;
  operation?: FaultOperation;
  /** How many answers in a row are hit for each resource. Default 1. */
  times?: number;
  /** Share of the resources that are hit, 0 to 1, chosen by the seed. Default 1. */
  share?: number;
  /** Of `slow`: virtual seconds. Default 60. */
  seconds?: number;
}

export interface FaultPlan {
  seed: string;
  rules: FaultRule[];
}

export interface FaultSource {
  plan?: FaultPlan;
  /** Attempts of the provider before it gives up. */
  maxRetries: number;
}

/** What became of one operation under a plan. */
export interface InjectedFault {
  /** The rule of the plan, counted from 0. */
  rule: number;
  kind: FaultKind;
  type: string;
  operation: FaultOperation;
  urn: string;
  /** `repeated`: the provider got over it. `failed`: nothing was carried out. `lost`: carried out, and nobody was told. `slow`: it took longer. */
  effect: "repeated" | "failed" | "lost" | "slow";
}

export interface Hit {
  /** The operation fails with it; nothing was carried out. */
  error?: Refusal;
  /** Carried out, but the caller does not learn it. */
  lost: boolean;
  waits: { seconds: number; reason: string }[];
  injected: InjectedFault[];
}

const answers: Record<"throttling" | "server-error" | "time-out", Refusal> = {
  throttling: { code: "ThrottlingException", message: "Rate exceeded", status: 400 },
  "server-error": {
    code: "InternalFailure",
    message: "The request processing has failed because of an unknown error.",
    status: 500,
  },
  "time-out": { code: "RequestTimeout", message: "context deadline exceeded", status: 408 },
};

/**
 * What a fault plan does to one operation. The provider repeats throttled, failed and unanswered calls with growing pauses (at most 20 seconds, as
 * the AWS SDK does) until it is out of attempts.
 */
export function faultsFor(source: FaultSource, type: string, operation: FaultOperation, urn: string): Hit {
  const hit: Hit = { lost: false, waits: [], injected: [] };
  for (const [at, rule] of (source.plan?.rules ?? []).entries()) {
    if (!applies(rule, type, operation) || !chosen(source.plan?.seed ?? "", at, rule, operation, urn)) continue;
    const times = rule.times ?? 1;
    const inject = (effect: InjectedFault["effect"]) =>
      hit.injected.push({ rule: at, kind: rule.kind, type, operation, urn, effect });
    switch (rule.kind) {
      case "slow":
        hit.waits.push({ seconds: rule.seconds ?? 60, reason: "slow answer" });
        inject("slow");
        break;
      case "lost-answer":
        // What only asks is asked again.
        hit.lost = operation !== "read";
        inject(hit.lost ? "lost" : "repeated");
        break;
      default: {
        if (times > source.maxRetries) {
          inject("failed");
          return { ...hit, error: answers[rule.kind] };
        }
        inject("repeated");
        const pause = Array.from({ length: times }, (_, attempt) => Math.min(20, 2 ** attempt)).reduce(
          (a, b) => a + b,
          0,
        );
        const own = rule.kind === "time-out" ? 30 * times : 0;
        hit.waits.push({ seconds: pause + own, reason: `${times} × ${answers[rule.kind].code}` });
      }
    }
  }
  return hit;
}

function applies(rule: FaultRule, type: string, operation: FaultOperation): boolean {
  if (rule.operation !== undefined && rule.operation !== operation) return false;
  if (rule.type === undefined) return true;
  return rule.type.endsWith("*") ? type.startsWith(rule.type.slice(0, -1)) : type === rule.type;
}

function chosen(seed: string, at: number, rule: FaultRule, operation: string, urn: string): boolean {
  if (rule.share === undefined || rule.share >= 1) return true;
  const digest = createHash("sha256").update(`${seed}\n${at}\n${operation}\n${urn}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32 < rule.share;
}
