import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

/** How the line begins that a preview writes when a layer below is not deployed yet, for whoever wants to find it. */
export const NOT_DEPLOYED_YET = "Not deployed yet:";

/**
 * Reads the outputs of another stack of this project and holds them against their schema at run time.
 *
 * In a preview, a stack that was never deployed (or was destroyed) gives unknown outputs, and a warning says so. In an update it
 * is an error. Outputs of another shape are an error in both: then the other stack was deployed by another version of its program.
 *
 * @param stackName Short name, for example `sandbox-account`.
 */
export function readLayerOutputs<S extends z.ZodObject>(stackName: string, schema: S): pulumi.Output<z.output<S>> {
  const name = `${pulumi.getOrganization()}/${pulumi.getProject()}/${stackName}`;
  const reference = new pulumi.StackReference(stackName, { name });
  return reference.outputs.apply((found) => judgeOutputs(stackName, schema, found ?? {}));
}

function judgeOutputs<S extends z.ZodObject>(
  stackName: string,
  schema: S,
  found: Record<string, unknown>,
): z.output<S> {
  if (!Object.keys(schema.shape).some((key) => found[key] !== undefined)) {
    if (!pulumi.runtime.isDryRun()) {
      throw new pulumi.RunError(
        `The stack "${stackName}" has no outputs, because it was never deployed or was destroyed, and this stack is built on it. ` +
          `Deploy it first: pulumi up -s ${stackName}, or the whole environment with gabion up.`,
      );
    }
    void pulumi.log.warn(
      `${NOT_DEPLOYED_YET} the stack "${stackName}" has no outputs, so whatever depends on them is shown as unknown. It has to be deployed before this stack.`,
    );
    return pulumi.unknown as unknown as z.output<S>;
  }
  const result = schema.safeParse(found);
  if (result.success) return result.data;
  // Names and rules only: what another stack exports is not ours to print.
  const wrong = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new pulumi.RunError(
    [
      `The outputs of the stack "${stackName}" are not those that this version of the program reads:`,
      ...new Set(wrong),
      `Deploy that stack with this version first: pulumi up -s ${stackName}.`,
    ].join("\n"),
  );
}

/** The outputs of a layer as its function returns them: the same fields, each perhaps known only later, at any depth. */
export type LayerOutputs<S extends z.ZodObject> = { readonly [K in keyof z.output<S>]: Later<z.output<S>[K]> };

type Later<T> = pulumi.Input<Inside<T>>;
type Inside<T> = T extends readonly (infer E)[]
  ? readonly Later<E>[]
  : T extends object
    ? { readonly [K in keyof T]: Later<T[K]> }
    : T;
