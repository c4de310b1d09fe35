import type { PropertyMap } from "../state/types";
import {
  archiveSignature,
  assetSignature,
  isUnknown,
  outputSignature,
  resourceSignature,
  secretSignature,
  signatureKey,
  unknownValue,
} from "./signatures";

export interface Secret {
  [signatureKey]: typeof secretSignature;
  value: unknown;
}

/** A value together with what is known of it: absent `value` means unknown. */
export interface OutputValue {
  [signatureKey]: typeof outputSignature;
  value?: unknown;
  secret?: boolean;
  dependencies?: string[];
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hasSignature = (value: unknown, signature: string): boolean =>
  isObject(value) && value[signatureKey] === signature;

export const isSecret = (value: unknown): value is Secret => hasSignature(value, secretSignature);
export const isOutputValue = (value: unknown): value is OutputValue & Record<string, unknown> =>
  hasSignature(value, outputSignature);
export const isAsset = (value: unknown): boolean => hasSignature(value, assetSignature);
export const isArchive = (value: unknown): boolean => hasSignature(value, archiveSignature);
export const isResourceReference = (value: unknown): boolean => hasSignature(value, resourceSignature);
/** An object of the program's own, not one of the marked kinds. */
export const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && value[signatureKey] === undefined;

export const secretOf = (value: unknown): Secret => ({ [signatureKey]: secretSignature, value });
export const unwrapSecret = (value: unknown): unknown => {
  let inner = value;
  while (isSecret(inner)) inner = inner.value;
  return inner;
};

/** True as soon as `test` holds for the value or anything inside it. */
function some(value: unknown, test: (value: unknown) => boolean): boolean {
  if (test(value)) return true;
  if (Array.isArray(value)) return value.some((element) => some(element, test));
  if (isObject(value)) return Object.values(value).some((element) => some(element, test));
  return false;
}

export const containsUnknowns = (value: unknown): boolean =>
  some(value, (inner) => isUnknown(inner) || (isOutputValue(inner) && inner.value === undefined));
export const containsSecrets = (value: unknown): boolean =>
  some(value, (inner) => isSecret(inner) || (isOutputValue(inner) && inner.secret === true));

/** The URNs that the output values inside depend on. */
export function outputDependencies(value: unknown, found: Set<string> = new Set()): Set<string> {
  some(value, (inner) => {
    if (isOutputValue(inner)) for (const urn of inner.dependencies ?? []) found.add(urn);
    return false;
  });
  return found;
}

/** Rebuilds the value from the inside out; `change` sees each value after its contents were changed. */
export function transform(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return change(value.map((element) => transform(element, change)));
  if (isObject(value)) {
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== undefined) result[key] = transform(inner, change);
    }
    return change(result);
  }
  return change(value);
}

/** Turns output values into what the rest of the engine works with: the sentinel, a secret or the plain value. */
export const downgradeOutputs = (value: unknown): unknown =>
  transform(value, (inner) => (isOutputValue(inner) ? downgraded(inner) : inner));

/** The same, but what depends on resources stays as it is. */
export const downgradeIndependent = (value: unknown): unknown =>
  transform(value, (inner) =>
    isOutputValue(inner) && (inner.dependencies ?? []).length === 0 ? downgraded(inner) : inner,
  );

function downgraded(output: OutputValue): unknown {
  const plain = output.value === undefined ? unknownValue : output.value;
  return output.secret === true ? secretOf(plain) : plain;
}

/** Turns secrets and unknown values into output values; what is inside an output value becomes part of it. */
export function upgradeToOutputs(value: unknown): unknown {
  if (isUnknown(value)) return { [signatureKey]: outputSignature };
  if (Array.isArray(value)) return value.map(upgradeToOutputs);
  if (isSecret(value)) return joinedOutput(upgradeToOutputs(value.value), { secret: true });
  if (isOutputValue(value)) {
    const { value: inner, ...rest } = value;
    return inner === undefined ? value : joinedOutput(upgradeToOutputs(inner), rest);
  }
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, upgradeToOutputs(inner)]));
}

function joinedOutput(inner: unknown, outer: { secret?: boolean; dependencies?: string[] }): OutputValue {
  if (!isOutputValue(inner)) return { [signatureKey]: outputSignature, value: inner, ...outer };
  const dependencies = [...new Set([...(outer.dependencies ?? []), ...(inner.dependencies ?? [])])];
  return {
    ...inner,
    ...(outer.secret === true ? { secret: true } : {}),
    ...(dependencies.length === 0 ? {} : { dependencies }),
  };
}

/** The value without its secret wrappings, at any depth. */
export const revealed = (value: unknown): unknown =>
  transform(value, (inner) => (isSecret(inner) ? inner.value : inner));

export const maskedText = "[secret]";

/** What may leave the engine: every secret replaced by `[secret]`. */
export function masked(value: unknown): unknown {
  if (isSecret(value) || (isOutputValue(value) && value.secret === true)) return maskedText;
  if (Array.isArray(value)) return value.map(masked);
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, masked(inner)]));
  }
  return value;
}

export const maskedMap = (map: PropertyMap | undefined): PropertyMap =>
  map === undefined ? {} : (masked(map) as PropertyMap);

/**
 * Marks in `outputs` what was secret in `inputs`. Objects are compared key by key; anything else that held a secret becomes secret as a whole.
 */
export function annotateSecrets(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  let result = outputs;
  for (const [key, input] of Object.entries(inputs)) {
    const output = outputs[key];
    if (output === undefined || !containsSecrets(input)) continue;
    let marked = output;
    if (isPlainObject(output) && isPlainObject(input)) marked = annotateSecrets(output, input);
    else if (!isSecret(output)) marked = secretOf(output);
    if (marked !== output) result = { ...result, [key]: marked };
  }
  return result;
}
