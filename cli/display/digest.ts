import type { EngineEvent, PolicyFinding, ResourceSnapshot, StepMetadata } from "../engines/contract";
import { isReplacementPart } from "./operations";
import { rootStackType } from "./resources";

/**
 * The document that `pulumi preview --json` prints: fields, their order and what is left out when empty are those of Pulumi's
 * `display.PreviewDigest` (CLI 3.260), which has no place for policies: what they say comes last, under a name of our own.
 */
export interface PreviewDigest {
  config?: Record<string, string>;
  steps?: PreviewStep[];
  diagnostics?: PreviewDiagnostic[];
  /** Nanoseconds. */
  duration?: number;
  changeSummary?: Record<string, number>;
  maybeCorrupt?: true;
  policyEvents?: PolicyEvent[];
}

/** What a policy has to say. The fields are those of Pulumi's `apitype.PolicyEvent`, `undecided` and `exemption` are ours. */
export interface PolicyEvent {
  resourceUrn?: string;
  message: string;
  policyName: string;
  policyPackName: string;
  policyPackVersion: string;
  enforcementLevel: string;
  severity?: string;
  undecided?: true;
  exemption?: PolicyFinding["exemption"];
}

export interface PreviewStep {
  op: string;
  urn: string;
  provider?: string;
  oldState?: Record<string, unknown>;
  newState?: Record<string, unknown>;
  diffReasons?: string[];
  replaceReasons?: string[];
  detailedDiff: Record<string, { kind: string; inputDiff: boolean }> | null;
}

export interface PreviewDiagnostic {
  urn?: string;
  message?: string;
  severity?: string;
}

/** The fields of a resource in the order of Pulumi's `apitype.ResourceV3`. */
const resourceFields = [
  ..."urn custom delete id type inputs outputs parent protect taint external dependencies initErrors provider".split(
    " ",
  ),
  ..."propertyDependencies pendingReplacement additionalSecretOutputs aliases customTimeouts importID".split(" "),
  ..."retainOnDelete deletedWith replaceWith created modified sourcePosition stackTrace ignoreChanges hideDiff".split(
    " ",
  ),
  ..."replaceOnChanges replacementTrigger refreshBeforeUpdate viewOf resourceHooks".split(" "),
];

/** Collects the events of one run. An `up` consists of two passes: the document is that of the last. */
export class DigestBuilder {
  private config: Record<string, string> = {};
  private steps: PreviewStep[] = [];
  private diagnostics: PreviewDiagnostic[] = [];
  private policyEvents: PolicyEvent[] = [];
  private readonly opened = new Map<string, StepMetadata>();
  private summary: Pick<PreviewDigest, "duration" | "changeSummary" | "maybeCorrupt"> = {};

  constructor(private readonly options: { showSames?: boolean } = {}) {}

  add(event: EngineEvent): void {
    switch (event.type) {
      case "prelude":
        this.config = event.config;
        this.steps = [];
        this.diagnostics = [];
        this.policyEvents = [];
        this.opened.clear();
        this.summary = {};
        return;
      case "diagnostic":
        if (event.ephemeral !== true && event.severity !== "debug") this.diagnostics.push(diagnosticOf(event));
        return;
      case "policy":
        this.policyEvents.push(policyEventOf(event.finding));
        return;
      case "resource-pre":
        if (!this.shows(event.metadata)) return;
        this.opened.set(event.metadata.urn, event.metadata);
        this.steps.push(stepOf(event.metadata));
        return;
      case "resource-outputs":
        this.refreshed(event.metadata);
        return;
      case "summary":
        this.summarize(event.summary);
    }
  }

  build(): PreviewDigest {
    return {
      ...(isEmpty(this.config) ? {} : { config: sorted(this.config) }),
      ...(this.steps.length === 0 ? {} : { steps: this.steps }),
      ...(this.diagnostics.length === 0 ? {} : { diagnostics: this.diagnostics }),
      ...this.summary,
      ...(this.policyEvents.length === 0 ? {} : { policyEvents: this.policyEvents }),
    };
  }

  private shows(step: StepMetadata): boolean {
    if (step.type === rootStackType) return true;
    if (step.op === "same") return this.options.showSames === true || step.old?.protect !== step.new?.protect;
    return step.logical || !(isReplacementPart(step.op) || step.op === "replace");
  }

  /** What a refresh found takes the place of the step that went to look. */
  private refreshed(step: StepMetadata): void {
    if (this.opened.get(step.urn)?.op !== "refresh") return;
    if (!((step.op === "update" && step.detailedDiff !== undefined) || step.op === "delete")) return;
    this.steps = this.steps.map((known) => (known.urn === step.urn ? stepOf(step) : known));
  }

  private summarize(summary: Extract<EngineEvent, { type: "summary" }>["summary"]): void {
    const duration = Math.round(summary.durationSeconds * 1e9);
    this.summary = {
      ...(duration === 0 ? {} : { duration }),
      ...(isEmpty(summary.changes) ? {} : { changeSummary: sorted(summary.changes as Record<string, number>) }),
      ...(summary.maybeCorrupt ? { maybeCorrupt: true } : {}),
    };
  }
}

function policyEventOf(finding: PolicyFinding): PolicyEvent {
  const { urn, message, policyName, packName, packVersion, enforcementLevel, severity, undecided, exemption } = finding;
  return {
    ...(urn === "" ? {} : { resourceUrn: urn }),
    message,
    policyName,
    policyPackName: packName,
    policyPackVersion: packVersion,
    enforcementLevel,
    ...(severity === undefined ? {} : { severity }),
    ...(undecided === undefined ? {} : { undecided }),
    ...(exemption === undefined ? {} : { exemption }),
  };
}

function diagnosticOf(event: Extract<EngineEvent, { type: "diagnostic" }>): PreviewDiagnostic {
  const prefix = event.severity === "warning" || event.severity === "error" ? `${event.severity}: ` : "";
  const message = `${prefix}${event.message}${event.message.endsWith("\n") ? "" : "\n"}`;
  return { ...(event.urn === undefined ? {} : { urn: event.urn }), message, severity: event.severity };
}

function stepOf(step: StepMetadata): PreviewStep {
  const { old, new: next } = step;
  return {
    op: step.op,
    urn: step.urn,
    ...(step.provider === undefined || step.provider === "" ? {} : { provider: step.provider }),
    ...(old === undefined ? {} : { oldState: stateOf(old) }),
    ...(next === undefined ? {} : { newState: stateOf(next) }),
    ...(step.diffs === undefined || step.diffs.length === 0 ? {} : { diffReasons: step.diffs }),
    ...(step.keys === undefined || step.keys.length === 0 ? {} : { replaceReasons: step.keys }),
    detailedDiff: step.detailedDiff === undefined ? null : sorted(step.detailedDiff),
  };
}

function stateOf(snapshot: ResourceSnapshot): Record<string, unknown> {
  const resource = snapshot as unknown as Record<string, unknown>;
  const state: Record<string, unknown> = {};
  for (const field of resourceFields) {
    const value = resource[field];
    if (field === "custom" || field === "urn") state[field] = value;
    else if (!isEmpty(value)) state[field] = sortedDeep(value);
  }
  return state;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === false ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

const sorted = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

function sortedDeep(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (typeof value !== "object" || value === null) return value;
  return sorted(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortedDeep(inner)])));
}

/** One document for one stack; for several a list of documents, in the order in which the stacks were worked on. */
export function printDigests(digests: readonly unknown[]): string {
  const [first, ...others] = digests;
  return `${escapeHtml(JSON.stringify(others.length === 0 ? first : digests, null, 4))}\n`;
}

/** Escapes in a JSON text what Go escapes in it. */
const escapeHtml = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
