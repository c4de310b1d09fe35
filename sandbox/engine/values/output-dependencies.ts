import type { PropertyMap } from "../state/types";
import { isOutputValue, outputDependencies } from "./inspect";
import { outputSignature, signatureKey } from "./signatures";

/** Adds to each property, as an output value, what the program says it depends on. */
export function withDependencies(
  inputs: PropertyMap,
  dependencies: ReadonlyMap<string, Iterable<string>>,
): PropertyMap {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      const wanted = new Set(dependencies.get(key) ?? []);
      const known = outputDependencies(value);
      if ([...wanted].every((urn) => known.has(urn))) return [key, value];
      const output = isOutputValue(value) ? value : { [signatureKey]: outputSignature, value };
      return [
        key,
        {
          ...output,
          dependencies: [...new Set([...(isOutputValue(value) ? (value.dependencies ?? []) : []), ...wanted])],
        },
      ];
    }),
  );
}
