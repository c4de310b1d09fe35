import { gunzipSync } from "node:zlib";
import { type SecretKind, secretsIn } from "gabion-knowledge";
import { fleetType, type Launch, launchTypes } from "./launches";
import { type Property, UNKNOWN } from "./property";
import { type Finding, fail, type StackFinding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";

/** Amazon takes no more than 16 KiB; packed, that can be many times as much. */
const largest = 4 * 1024 * 1024;

const scriptNames = ["userData", "userDataBase64"] as const;

/**
 * Passes when no script of what starts an instance holds a secret, as it is, in base64 or packed. The secret is named by its kind.
 * Scripts that are not known yet are for {@link unseenScriptFindings}.
 */
export function launchScriptFindings(launch: Property<Launch>): Finding[] {
  return scriptNames.flatMap((name) => scriptFindings(launch.get(name)));
}

/**
 * Scripts that are known only later. One that is made of other resources of the stack is judged by the update, before anything starts;
 * the preview says so where one of those resources holds a secret, or nothing shows where the script comes from.
 */
export function unseenScriptFindings(index: StackIndex, preview: boolean | undefined): StackFinding[] {
  const launches = index
    .ofType(...launchTypes)
    .map((resource) => ({ resource, open: openScript(resource, scriptNames) }));
  const fleets = index.ofType(fleetType).map((resource) => ({ resource, open: openSpecification(resource) }));
  return [...launches, ...fleets].flatMap(({ resource, open }) => {
    if (open === undefined) return [];
    const [argument = ""] = open.path.split(/[.[]/);
    const sources = (resource.sources[argument] ?? []).map((urn) => index.find(urn)?.type ?? "");
    const isJudgedLater = preview === true && sources.length > 0 && !sources.some((type) => secretTypes.test(type));
    return isJudgedLater ? [] : [{ ...undecided(open, "is known only after deployment"), resource }];
  });
}

/** Resources whose outputs are secrets, by what they are called. */
const secretTypes = /password|secret|privatekey|accesskey|token|credential|ssm\/parameter|^$/i;

function openScript(
  { inputs, properties }: StackResource,
  names: readonly (keyof Launch & string)[],
): Property<unknown> | undefined {
  const launch = (inputs ?? properties) as Property<Launch>;
  return names.map((name) => launch.get(name)).find((script) => script.isUnknown);
}

function openSpecification({ inputs, properties }: StackResource<typeof fleetType>): Property<unknown> | undefined {
  const { items } = (inputs ?? properties).get("launchSpecifications").items();
  return items.map((item) => item.get("userData")).find((script) => script.isUnknown);
}

/** Passes when a script holds no secret, as it is, in base64 or packed; one that is known only later is for the caller. */
export function scriptFindings(script: Property<unknown>): Finding[] {
  const text = script.text();
  if (text === UNKNOWN || text === undefined) return [];
  const kinds = new Set<SecretKind>([text, ...unpacked(text)].flatMap(secretsIn));
  return [...kinds].map((kind) => fail(script, `holds ${kind}`));
}

function unpacked(text: string): string[] {
  const compact = text.replace(/\s/g, "");
  if (compact.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return [];
  const bytes = Buffer.from(compact, "base64");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return [bytes.toString("utf8")];
  try {
    return [gunzipSync(bytes, { maxOutputLength: largest }).toString("utf8")];
  } catch {
    return [];
  }
}
