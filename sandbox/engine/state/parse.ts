import { isProviderType, parseReference, parseUrn } from "../urn";
import { isObject } from "../values/inspect";
import {
  archiveSignature,
  assetSignature,
  resourceSignature,
  secretSignature,
  signatureKey,
} from "../values/signatures";
import { type Deployment, features, isEmpty, type Manifest, magicOf, newManifest, resourceFields } from "./deployment";
import { integrityProblems } from "./integrity";
import { jsonErrorAt } from "./json-syntax";
import { kindOf, Problems } from "./problems";
import { byteStringSignature, floatSignature, maxDepth } from "./seal";
import type { OperationType, PendingOperation, ResourceState } from "./types";

const strings = [
  "urn",
  "type",
  "id",
  "parent",
  "provider",
  "importID",
  "deletedWith",
  "created",
  "modified",
  "sourcePosition",
  "viewOf",
] as const;
const booleans = [
  "custom",
  "delete",
  "protect",
  "taint",
  "external",
  "pendingReplacement",
  "retainOnDelete",
  "refreshBeforeUpdate",
] as const;
const lists = [
  "dependencies",
  "initErrors",
  "additionalSecretOutputs",
  "aliases",
  "ignoreChanges",
  "replaceOnChanges",
] as const;
const listMaps = ["propertyDependencies", "resourceHooks"] as const;

const known: ReadonlySet<string> = new Set(resourceFields);

/** Fields of Pulumi's that carry a meaning which this engine does not have, so that dropping them would change what happens. */
const refused: Record<string, string> = {
  replaceWith: "the replaceWith option",
  replacementTrigger: "the replacementTrigger option",
  extensionRef: "parameterised extensions",
  snippetID: "snippets",
};

const operations: ReadonlySet<string> = new Set<OperationType>([
  "creating",
  "updating",
  "deleting",
  "reading",
  "importing",
]);

export interface ParseOptions {
  /** What the text comes from, for messages. */
  source: string;
  /** Last line of a message: what the reader can do. */
  wayOut: string;
  /** What all URNs have to belong to. */
  stack?: string;
  project?: string;
}

/** Reads a deployment and checks all that the engine relies on. Throws an EngineError (`usage`) that names every problem by its path. */
export function parseDeployment(text: string, options: ParseOptions): Deployment {
  const problems = new Problems();
  const intro = `${options.source} cannot be used as a state:`;
  const fail = (path: string, problem: string): never => {
    problems.add(path, problem);
    problems.check(intro, options.wayOut);
    throw new Error("unreachable");
  };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return fail("", text.trim() === "" ? "it is empty" : `it is not JSON: ${positionOf(text)}`);
  }
  if (!isObject(document) || !isObject(document.deployment)) {
    return fail("", 'it is not what `pulumi stack export` prints: {"version": 3, "deployment": {…}}');
  }
  checkVersion(document, problems);
  problems.check(intro, options.wayOut);
  const deployment = readDeployment(document.deployment, problems);
  problems.check(intro, options.wayOut);
  if (Array.isArray(document.features) && document.features.includes("byteString")) deployment.byteStrings = true;
  checkOwner(deployment, options, problems);
  for (const { path, problem } of integrityProblems(deployment.resources)) problems.add(`deployment.${path}`, problem);
  problems.check(intro, options.wayOut);
  return deployment;
}

/** Where a syntax error is, without a word of the text: it may hold secrets. */
function positionOf(text: string): string {
  const at = jsonErrorAt(text) ?? 0;
  if (at === text.length) return "it ends too early";
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function checkVersion(document: Record<string, unknown>, problems: Problems): void {
  const { version } = document;
  if (version !== 3 && version !== 4) {
    const found = typeof version === "number" ? String(version) : kindOf(version);
    problems.add("version", `must be 3 (or 4 with known features), found ${found}`);
  }
  if (document.features === undefined) return;
  if (!Array.isArray(document.features))
    problems.add("features", `must be a list of strings, found ${kindOf(document.features)}`);
  else {
    for (const [at, feature] of document.features.entries()) {
      if (typeof feature !== "string") problems.add(`features[${at}]`, `must be a string, found ${kindOf(feature)}`);
      else if (!Object.hasOwn(features, feature))
        problems.add(`features[${at}]`, `${JSON.stringify(feature)} is not a feature that this engine has`);
    }
  }
}

function readDeployment(found: Record<string, unknown>, problems: Problems): Deployment {
  for (const field of ["snippets", "extensions"]) {
    if (!isEmpty(found[field]) && found[field] !== null)
      problems.add(`deployment.${field}`, "this engine does not have it");
  }
  return {
    manifest: readManifest(found.manifest, problems),
    ...readSecretsProvider(found.secrets_providers, problems),
    resources: readList(found.resources, "deployment.resources", problems).map((found, at) => {
      const path = `deployment.resources[${at}]`;
      const resource = readResource(found, path, problems);
      checkProviderId(resource, path, problems);
      return resource;
    }),
    pending_operations: readList(found.pending_operations, "deployment.pending_operations", problems).map(
      (operation, at) => readOperation(operation, `deployment.pending_operations[${at}]`, problems),
    ),
    metadata: isObject(found.metadata) ? found.metadata : {},
  };
}

/** Absent and null lists are empty, as in Pulumi. */
function readList(found: unknown, path: string, problems: Problems): unknown[] {
  if (found === undefined || found === null) return [];
  if (Array.isArray(found)) return found;
  problems.add(path, `must be a list, found ${kindOf(found)}`);
  return [];
}

function readManifest(found: unknown, problems: Problems): Manifest {
  const path = "deployment.manifest";
  if (!isObject(found)) {
    problems.add(path, `must be an object, found ${kindOf(found)}`);
    return newManifest(new Date(0));
  }
  for (const field of ["time", "magic", "version"]) {
    if (typeof found[field] !== "string")
      problems.add(`${path}.${field}`, `must be a string, found ${kindOf(found[field])}`);
  }
  if (typeof found.version === "string" && found.magic !== magicOf(found.version)) {
    problems.add(`${path}.magic`, "does not fit the version, so something else than a Pulumi engine wrote this");
  }
  return found as unknown as Manifest;
}

function readSecretsProvider(found: unknown, problems: Problems): Pick<Deployment, "secrets_providers"> {
  const path = "deployment.secrets_providers";
  if (found === undefined || found === null) return {};
  if (!isObject(found) || typeof found.type !== "string") {
    problems.add(path, "must be an object with a type");
    return {};
  }
  if (found.type === "") return {};
  if (found.type !== "passphrase") {
    problems.add(
      `${path}.type`,
      `${JSON.stringify(found.type)} is not supported here, only "passphrase"; run \`pulumi stack change-secrets-provider passphrase\` before the export`,
    );
    return {};
  }
  if (!isObject(found.state) || typeof found.state.salt !== "string") {
    problems.add(`${path}.state.salt`, "must be a string");
    return {};
  }
  return {
    secrets_providers: { type: found.type, state: { salt: found.state.salt } },
  };
}

function readOperation(found: unknown, path: string, problems: Problems): PendingOperation {
  if (!isObject(found)) {
    problems.add(path, `must be an object, found ${kindOf(found)}`);
    return { resource: { urn: "", type: "", custom: false }, type: "reading" };
  }
  if (typeof found.type !== "string" || !operations.has(found.type)) {
    problems.add(`${path}.type`, `must be one of ${[...operations].join(", ")}`);
  }
  return {
    resource: readResource(found.resource, `${path}.resource`, problems),
    type: found.type as OperationType,
  };
}

function readResource(found: unknown, path: string, problems: Problems): ResourceState {
  if (!isObject(found)) {
    problems.add(path, `must be an object, found ${kindOf(found)}`);
    return { urn: "", type: "", custom: false };
  }
  const resource = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null));
  for (const field of Object.keys(resource)) {
    if (known.has(field)) continue;
    const feature = refused[field];
    problems.add(
      `${path}.${field}`,
      feature === undefined ? "is not a field that this engine knows" : `this engine does not have ${feature}`,
    );
  }
  checkKinds(resource, path, problems);
  for (const field of ["inputs", "outputs"]) checkProperties(resource[field], `${path}.${field}`, problems);
  return resource as unknown as ResourceState;
}

function checkKinds(resource: Record<string, unknown>, path: string, problems: Problems): void {
  const wrong = (field: string, wanted: string): void =>
    problems.add(`${path}.${field}`, `must be ${wanted}, found ${kindOf(resource[field])}`);
  for (const field of strings)
    if (resource[field] !== undefined && typeof resource[field] !== "string") wrong(field, "a string");
  for (const field of booleans)
    if (resource[field] !== undefined && typeof resource[field] !== "boolean") wrong(field, "true or false");
  for (const field of lists)
    if (resource[field] !== undefined && !isStringList(resource[field])) wrong(field, "a list of strings");
  for (const field of listMaps) {
    const map = resource[field];
    if (map === undefined) continue;
    if (!isObject(map)) wrong(field, "an object");
    else {
      for (const [key, list] of Object.entries(map)) {
        if (list === null) delete map[key];
        else if (!isStringList(list))
          problems.add(`${path}.${field}.${key}`, `must be a list of strings, found ${kindOf(list)}`);
      }
    }
  }
  for (const field of ["stackTrace", "hideDiff"])
    if (resource[field] !== undefined && !Array.isArray(resource[field])) wrong(field, "a list");
  checkTimeouts(resource, path, problems);
  for (const field of ["urn", "type"])
    if (resource[field] === undefined || resource[field] === "") problems.add(`${path}.${field}`, "is missing");
  if (resource.custom === undefined) resource.custom = false;
  checkReferences(resource, path, problems);
}

const isStringList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((element) => typeof element === "string");

function checkTimeouts(resource: Record<string, unknown>, path: string, problems: Problems): void {
  const timeouts = resource.customTimeouts;
  if (timeouts === undefined) return;
  if (!isObject(timeouts)) {
    problems.add(`${path}.customTimeouts`, `must be an object, found ${kindOf(timeouts)}`);
    return;
  }
  for (const [name, seconds] of Object.entries(timeouts)) {
    if (typeof seconds !== "number")
      problems.add(`${path}.customTimeouts.${name}`, `must be a number of seconds, found ${kindOf(seconds)}`);
  }
}

function checkReferences(resource: Record<string, unknown>, path: string, problems: Problems): void {
  const { urn, type, provider } = resource;
  if (typeof urn === "string" && urn !== "") {
    try {
      const parts = parseUrn(urn);
      if (typeof type === "string" && type !== "" && parts.type !== type) {
        problems.add(
          `${path}.type`,
          `${JSON.stringify(type)} is not the type in its URN (${JSON.stringify(parts.type)})`,
        );
      }
    } catch (error) {
      problems.add(`${path}.urn`, (error as Error).message);
    }
  }
  if (typeof provider === "string" && provider !== "") {
    try {
      parseReference(provider);
    } catch (error) {
      problems.add(`${path}.provider`, (error as Error).message);
    }
  }
}

/** One that is only being made, in a pending operation, has none yet. */
function checkProviderId({ type, id }: ResourceState, path: string, problems: Problems): void {
  if (typeof type !== "string" || !isProviderType(type) || (id !== undefined && id !== "")) return;
  problems.add(`${path}.id`, "a provider must have an id");
}

function checkProperties(map: unknown, path: string, problems: Problems): void {
  if (map === undefined) return;
  if (!isObject(map)) {
    problems.add(path, `must be an object, found ${kindOf(map)}`);
    return;
  }
  checkValue(map, path, 0, problems);
}

const signatures: ReadonlySet<unknown> = new Set([
  secretSignature,
  assetSignature,
  archiveSignature,
  resourceSignature,
  byteStringSignature,
  floatSignature,
]);

function checkValue(value: unknown, path: string, depth: number, problems: Problems): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > maxDepth) {
    problems.add(path.slice(0, 200), `is nested more than ${maxDepth} levels deep`);
    return;
  }
  if (Array.isArray(value)) {
    for (const [at, element] of value.entries()) checkValue(element, `${path}[${at}]`, depth + 1, problems);
    return;
  }
  const map = value as Record<string, unknown>;
  const signature = map[signatureKey];
  if (signature !== undefined && !signatures.has(signature)) {
    problems.add(path, "has a signature that this engine does not know");
    return;
  }
  if (signature === secretSignature) {
    const count = ["ciphertext", "plaintext"].filter((field) => typeof map[field] === "string").length;
    if (count !== 1) problems.add(path, "is a malformed secret: it must hold either ciphertext or plaintext");
    return;
  }
  for (const [key, inner] of Object.entries(map)) checkValue(inner, `${path}.${key}`, depth + 1, problems);
}

function checkOwner(deployment: Deployment, options: ParseOptions, problems: Problems): void {
  for (const [at, { urn }] of deployment.resources.entries()) {
    const { stack, project } = parseUrn(urn);
    for (const [what, found, wanted] of [
      ["stack", stack, options.stack],
      ["project", project, options.project],
    ] as const) {
      if (wanted === undefined || found === wanted) continue;
      problems.add(
        `deployment.resources[${at}].urn`,
        `belongs to ${what} ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`,
      );
    }
    if (problems.any) return;
  }
}
