import { isDeepStrictEqual } from "node:util";
import type { ProviderCall } from "../support/test-provider";
import { changes, errorsOf, type OperationResult, type StepResult } from "./result";

/** What differs between what the reference and what the engine under test made of one step; empty when nothing does. */
export function differences(reference: StepResult, found: StepResult): string[] {
  return [
    ...differ("status", reference.status, found.status),
    ...listsDiffer("operation", changesByUrn(reference), changesByUrn(found)),
    ...detailsDiffer(reference, found),
    ...differ("counts", reference.counts, found.counts),
    ...listsDiffer("call", callTexts(reference), callTexts(found)),
    ...listsDiffer("message", messageTexts(reference), messageTexts(found)),
    ...stateDiffers(reference, found),
    ...differ("shape of the document", reference.shape, found.shape),
  ];
}

const text = (value: unknown): string => JSON.stringify(value) ?? "nothing";

function differ(what: string, reference: unknown, found: unknown): string[] {
  return isDeepStrictEqual(sorted(reference), sorted(found))
    ? []
    : [`${what}: expected ${text(reference)}, found ${text(found)}`];
}

/** Items with their multiplicity. */
function listsDiffer(what: string, reference: string[], found: string[]): string[] {
  const left = [...found];
  const missing = reference.filter((item) => {
    const at = left.indexOf(item);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [...missing.map((item) => `missing ${what}: ${item}`), ...left.map((item) => `unexpected ${what}: ${item}`)];
}

/** Operations of one resource in their order; the order of different resources is a matter of timing. */
function changesByUrn(result: StepResult): string[] {
  const byUrn = new Map<string, string[]>();
  for (const change of changes(result)) {
    const [operation, urn, failed] = change.split(" ");
    const list = byUrn.get(urn as string) ?? [];
    byUrn.set(urn as string, [...list, [operation, failed].filter(Boolean).join(" ")]);
  }
  return [...byUrn].map(([urn, operations]) => `${urn}: ${inOrder(operations).join(", ")}`);
}

function detailsDiffer(reference: StepResult, found: StepResult): string[] {
  const secrets = secretsIn(reference.state.resources);
  const byOperation = new Map(found.operations.map((operation) => [operation.operation, operation]));
  return reference.operations.flatMap((expected) => {
    const other = byOperation.get(expected.operation);
    if (other === undefined) return [];
    const parts: (keyof OperationResult)[] = ["diffs", "keys", "detailed", "inputs", "outputs"];
    return parts.flatMap((part) =>
      differ(`${expected.operation}, ${part}`, expected[part], unmasked(expected[part], other[part], secrets)),
    );
  });
}

const mask = "[secret]";

/** The embedded engine masks a text that is a secret anywhere in the run also where a program shows it as no secret; the CLI does not. */
function unmasked(expected: unknown, found: unknown, secrets: Set<unknown>): unknown {
  if (found === mask && secrets.has(expected)) return expected;
  if (Array.isArray(found) && Array.isArray(expected))
    return found.map((value, at) => unmasked(expected[at], value, secrets));
  if (!isObject(found) || !isObject(expected)) return found;
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, unmasked(expected[key], value, secrets)]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** The texts inside of all secrets of a state. */
function secretsIn(value: unknown, secret = false, found = new Set<unknown>()): Set<unknown> {
  if (typeof value === "string" && secret) found.add(value);
  if (!isObject(value)) return found;
  for (const [key, inner] of Object.entries(value)) secretsIn(inner, secret || key === "plaintext", found);
  return found;
}

/** An old and a current resource of one URN that both go, go in any order. */
const inOrder = (operations: string[]): string[] =>
  operations.every((operation) => operation.startsWith("delete")) ? operations.sort() : operations;

/** Only with the old configuration at hand could a provider that was replaced be asked anything in a preview; nothing is. */
const isCompared = ({ method }: ProviderCall): boolean => method !== "configure";

const callTexts = ({ calls }: StepResult): string[] => calls.filter(isCompared).map(callText).sort();

const callText = ({ method, urn, name, id, news, timeout }: ProviderCall): string =>
  [method, urn === "urn::::::" ? name : urn, id ?? "", text(sorted(news ?? {})), timeout ?? ""].join(" ").trim();

/** What the Pulumi CLI now and then says of its own end beside the failure that led to it. */
const ownEnd = /client connection is closing|resource monitor shut down/;

/** What programs say has to arrive unchanged; the words of the engines themselves may differ, but not what they are about. */
function messageTexts(result: StepResult): string[] {
  const said = result.messages
    .filter(({ severity }) => severity !== "error")
    .map(({ severity, subject, text: said }) => `${severity} ${subject}: ${said}`);
  return [
    ...said,
    ...errorsOf(result)
      .filter(({ text }) => !ownEnd.test(text))
      .map(({ subject }) => `error about ${subject || "the run"}`),
  ];
}

function stateDiffers(reference: StepResult, found: StepResult): string[] {
  return (["resources", "pending"] as const).flatMap((part) => {
    const left = [...found.state[part]];
    const unmatched = reference.state[part].flatMap((expected) => {
      const at = left.findIndex((other) => other.urn === expected.urn && other.delete === expected.delete);
      if (at < 0) return [`state misses ${String(expected.urn)}`];
      const [other] = left.splice(at, 1);
      const keys = [...new Set([...Object.keys(expected), ...Object.keys(other as object)])].sort();
      return keys.flatMap((key) => differ(`state of ${String(expected.urn)}, ${key}`, expected[key], other?.[key]));
    });
    return [...unmatched, ...left.map(({ urn }) => `state has an unexpected ${String(urn)}`)];
  });
}

/** Keys in order, so that the text of two equal values is equal. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
