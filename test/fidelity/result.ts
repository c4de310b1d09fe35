import type { EngineEvent, StepMetadata } from "../../sandbox/engine/events";
import type { ProviderCall } from "../support/test-provider";
import { type Document, shapeOf } from "./document";
import { type NormalState, normalState } from "./state";

/** One operation as an engine announced it. */
export interface OperationResult {
  /** `create Resource::first`, ` failed` behind it when it failed; the CLI does not say so of previews. */
  operation: string;
  /** Property paths that differ, that force a replacement, and `path kind` of the detailed difference. */
  diffs: string[];
  keys: string[];
  detailed: string[];
  /** What the resource will be, secrets masked, as the event shows it. */
  inputs: unknown;
  outputs: unknown;
}

export interface Message {
  severity: string;
  /** Empty when the message is about no resource. */
  subject: string;
  text: string;
}

/** What a step led to: the same form for every engine, without times, ports, random ids and what depends on chance. */
export interface StepResult {
  status: "succeeded" | "failed";
  /** In the order of their announcement. */
  operations: OperationResult[];
  /** Counts of the summary. */
  counts: Record<string, number>;
  messages: Message[];
  /** Every call that the provider got, in order. */
  calls: ProviderCall[];
  state: NormalState;
  /** The shape of the document that a preview prints for machines. */
  shape?: unknown;
  /** What a person saw, for reading when something differs; never compared. */
  text: string;
}

/** What a runner gets to know of a step; the events have the form of the embedded engine. */
export interface RawResult {
  failed: boolean;
  events: EngineEvent[];
  /** The deployment as `pulumi stack export --show-secrets` prints it; empty when there is none. */
  deployment: string;
  /** What a preview prints with `--json`. */
  document?: Document;
  text: string;
}

/** `urn:pulumi:dev::fidelity::test:index:Resource::first` is `Resource::first`. */
export const label = (urn: string): string =>
  urn.replace(/urn:pulumi:\w+::fidelity::/g, "").replace(/test:index:/g, "");

export function resultOf(raw: RawResult, calls: ProviderCall[], preview: boolean): StepResult {
  const summary = raw.events.filter((event) => event.type === "summary").at(-1);
  return {
    status: raw.failed ? "failed" : "succeeded",
    operations: operationsOf(raw.events, preview),
    counts: { ...(summary?.type === "summary" ? summary.summary.changes : {}) } as Record<string, number>,
    messages: messagesOf(raw.events),
    calls,
    state: normalState(raw.deployment),
    ...(raw.document === undefined ? {} : { shape: shapeOf(raw.document) }),
    text: raw.text,
  };
}

function operationsOf(events: EngineEvent[], preview: boolean): OperationResult[] {
  const begun = new Map<string, StepMetadata>();
  const failed = new Set<string>();
  const key = ({ op, urn }: StepMetadata): string => `${op} ${urn}`;
  for (const event of events) {
    if (event.type === "resource-pre") begun.set(key(event.metadata), event.metadata);
    if (event.type === "resource-failed") failed.add(key(event.metadata));
    // What a refresh did is known only at its end; of the others the end says nothing new.
    if (event.type !== "resource-outputs") continue;
    const { metadata } = event;
    const before = begun.get(`refresh ${metadata.urn}`);
    if (before !== undefined) begun.set(key(before), metadata);
    else if (begun.has(key(metadata))) begun.set(key(metadata), { ...begun.get(key(metadata)), ...metadata });
  }
  return [...begun]
    .filter(([, { urn }]) => !isDefaultProvider(urn))
    .map(([begunAs, metadata]) => operationOf(metadata, failed.has(begunAs) && !preview));
}

/** The CLI logs when one comes and goes, but neither counts nor shows it. */
const isDefaultProvider = (urn: string): boolean => /::pulumi:providers:\w+::default(_|$)/.test(urn);

function operationOf(metadata: StepMetadata, failed: boolean): OperationResult {
  return {
    operation: `${metadata.op} ${label(metadata.urn)}${failed ? " failed" : ""}`,
    diffs: [...(metadata.diffs ?? [])].sort(),
    keys: [...(metadata.keys ?? [])].sort(),
    detailed: Object.entries(metadata.detailedDiff ?? {})
      .map(([path, { kind, inputDiff }]) => `${path} ${kind}${inputDiff ? "" : " (outside)"}`)
      .sort(),
    inputs: withoutTexts(metadata.new?.inputs ?? {}),
    outputs: withoutTexts(metadata.new?.outputs ?? {}),
  };
}

/** The CLI's event log leaves out the texts of assets; their hashes say enough. */
const withoutTexts = (map: Record<string, unknown>): unknown =>
  JSON.parse(JSON.stringify(map), (_key, value: unknown) =>
    typeof value === "object" && value !== null && "hash" in value && "text" in value ? { ...value, text: "" } : value,
  );

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal begin with one.
const colours = /\u001b\[[0-9;]*m|<\{%.*?%\}>/g;

function messagesOf(events: EngineEvent[]): Message[] {
  return events.flatMap((event) => {
    if (event.type !== "diagnostic" || event.severity === "debug" || event.ephemeral) return [];
    const text = label(event.message.replace(colours, "")).trim();
    return text === "" || isClosing(text) || isOfNode(text)
      ? []
      : [{ severity: event.severity, subject: label(event.urn ?? ""), text }];
  });
}

/** The CLI says at the end, about nothing in particular, that the run failed; that is in the status. */
const isClosing = (text: string): boolean => /^(update|preview|refresh|destroy) failed$/.test(text);

/** Warnings of Node about promises come or do not come by chance. */
const isOfNode = (text: string): boolean => /^\(node:\d+\)|^\(Use `node/.test(text);

/** Calls that change the world or bring something of it in. */
const changing = ["create", "update", "delete", "read"];
export const changingCalls = ({ calls }: StepResult): string[] =>
  calls.filter(({ method }) => changing.includes(method)).map(({ method, name }) => `${method} ${name}`);

export const changes = ({ operations }: StepResult): string[] =>
  operations.map(({ operation }) => operation).filter((operation) => !operation.startsWith("same "));

export const errorsOf = ({ messages }: StepResult): Message[] =>
  messages.filter(({ severity }) => severity === "error");
