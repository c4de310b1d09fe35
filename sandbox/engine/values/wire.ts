import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyMap } from "../state/types";
import { isArchive, isAsset, isObject, isOutputValue, isResourceReference, isSecret, secretOf } from "./inspect";
import { isUnknown, unknownValue } from "./signatures";

/** What the receiver of a message understands; everything else is taken down to something it does. */
export interface WireOptions {
  secrets: boolean;
  /** Without them unknown properties are left out. */
  unknowns: boolean;
  /** Without them a reference becomes the resource's id, or its URN when it has none. */
  resources: boolean;
  outputs?: boolean;
  /** Only the hash of an asset is sent, not its contents. */
  elideAssets?: boolean;
}

export const everything: WireOptions = { secrets: true, unknowns: true, resources: true, outputs: true };

const dropped = Symbol("dropped");

function prepare(value: unknown, options: WireOptions): unknown {
  if (value === null || typeof value !== "object") {
    return isUnknown(value) && !options.unknowns ? dropped : value === undefined ? dropped : value;
  }
  if (Array.isArray(value)) return value.map((element) => prepare(element, options)).filter((item) => item !== dropped);
  if (isSecret(value)) {
    const inner = prepare(value.value, options);
    return inner === dropped || !options.secrets ? inner : secretOf(inner);
  }
  if (isOutputValue(value) && !options.outputs) {
    const plain = value.value === undefined ? unknownValue : value.value;
    return prepare(value.secret === true ? secretOf(plain) : plain, options);
  }
  if (isResourceReference(value) && !options.resources)
    return prepareReference(value as Record<string, unknown>, options);
  if (options.elideAssets && (isAsset(value) || isArchive(value))) return elided(value as Record<string, unknown>);
  const result: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const prepared = prepare(inner, options);
    if (prepared !== dropped) result[key] = prepared;
  }
  return result;
}

function prepareReference(reference: Record<string, unknown>, options: WireOptions): unknown {
  if (!("id" in reference)) return reference.urn;
  const id = reference.id === "" || reference.id === undefined ? unknownValue : reference.id;
  return isUnknown(id) && !options.unknowns ? dropped : id;
}

function elided(asset: Record<string, unknown>): unknown {
  const { text: _text, assets: _assets, path: _path, uri: _uri, ...rest } = asset;
  return typeof rest.hash === "string" && rest.hash !== "" ? rest : asset;
}

export function toStruct(map: PropertyMap, options: WireOptions): Struct {
  return Struct.fromJavaScript(prepare(map, options) as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** An absent message is an empty map. */
export function fromStruct(message: Struct | undefined): PropertyMap {
  return message === undefined ? {} : (message.toJavaScript() as PropertyMap);
}

/** Fails with the path of the first unknown value: after a preview there must be none. */
export function rejectUnknowns(map: PropertyMap, what: string): PropertyMap {
  const path = findUnknown(map, "");
  if (path !== undefined) throw new Error(`${what}: the value of ${path} is unknown outside of a preview`);
  return map;
}

function findUnknown(value: unknown, path: string): string | undefined {
  if (isUnknown(value)) return path;
  if (Array.isArray(value)) {
    for (const [at, element] of value.entries()) {
      const found = findUnknown(element, `${path}[${at}]`);
      if (found !== undefined) return found;
    }
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const found = findUnknown(inner, path === "" ? key : `${path}.${key}`);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
