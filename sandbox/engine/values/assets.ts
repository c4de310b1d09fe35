import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { PropertyMap } from "../state/types";
import { isArchive, isAsset, isObject } from "./inspect";

/** Gives assets the hash by which they are compared. Throws on what has no hash here: archives, and assets that have to be fetched. */
export async function withHashes(map: PropertyMap, programFolder: string): Promise<PropertyMap> {
  return (await hashed(map, programFolder)) as PropertyMap;
}

async function hashed(value: unknown, folder: string): Promise<unknown> {
  if (!holdsAssets(value)) return value;
  if (isArchive(value)) {
    throw new Error(
      "archives (FileArchive, AssetArchive, …) are something that the embedded engine does not have. Use the Pulumi CLI.",
    );
  }
  if (isAsset(value)) return hashedAsset(value as Record<string, unknown>, folder);
  if (Array.isArray(value)) return Promise.all(value.map((element) => hashed(element, folder)));
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(await Promise.all(entries.map(async ([key, inner]) => [key, await hashed(inner, folder)])));
}

function holdsAssets(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsAssets);
  return isObject(value) && (isAsset(value) || isArchive(value) || Object.values(value).some(holdsAssets));
}

async function hashedAsset(asset: Record<string, unknown>, folder: string): Promise<Record<string, unknown>> {
  // The mark by which the SDK knows its own objects.
  const { __pulumiAsset: _mark, ...rest } = asset;
  if (typeof rest.hash === "string" && rest.hash !== "") return rest;
  return {
    ...rest,
    hash: createHash("sha256")
      .update(await contents(rest, folder))
      .digest("hex"),
  };
}

async function contents(asset: Record<string, unknown>, folder: string): Promise<string | Buffer> {
  if (typeof asset.text === "string") return asset.text;
  if (typeof asset.path === "string") return fs.readFile(path.resolve(folder, asset.path));
  throw new Error(`the asset ${String(asset.uri)} would have to be fetched; the embedded engine takes text and files`);
}
