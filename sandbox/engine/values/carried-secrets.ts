import type { PropertyMap } from "../state/types";
import { deepEqual } from "./compare";
import { annotateSecrets, containsSecrets, isObject, isPlainObject, isSecret, secretOf } from "./inspect";
import { SecretMask } from "./mask";

/**
 * What a provider that takes no marks of secrets has answered, with the marks it cannot give: what was secret in `inputs`, and each text in which one of those secrets
 * turns up (an address with a password in it). Pulumi's own engine marks only the first.
 */
export function carriedSecrets(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  if (!containsSecrets(inputs)) return outputs;
  const mask = new SecretMask();
  mask.addSecrets(inputs);
  return marked(annotateSecrets(outputs, inputs), mask) as PropertyMap;
}

function marked(value: unknown, mask: SecretMask): unknown {
  if (typeof value === "string") return mask.masked(value) === value ? value : secretOf(value);
  if (isSecret(value)) return value;
  if (Array.isArray(value)) return value.map((element) => marked(element, mask));
  if (!isObject(value)) return value;
  // An asset or a reference is one thing.
  if (!isPlainObject(value)) return deepEqual(mask.maskedValue(value), value) ? value : secretOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, marked(inner, mask)]));
}
