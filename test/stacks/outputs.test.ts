import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { NOT_DEPLOYED_YET, readLayerOutputs } from "../../stacks/outputs/read";
import { type InstantEngineOptions, type Recording, runInProcess, UNKNOWN } from "../support/instant-engine";

const schema = z.object({ name: z.string(), size: z.number().optional() });

/** What a program sees of the outputs of the stack `dev-account`. */
function readIn(options: InstantEngineOptions): Promise<Recording> {
  return runInProcess(() => {
    const found = readLayerOutputs("dev-account", schema);
    return { name: found.name, text: pulumi.interpolate`<${found.name}>` };
  }, options);
}

const outputsOf = ({ outputs }: Recording) => [...outputs.values()][0];

describe("the outputs of another layer", () => {
  it.each([true, false])("are read as they are (preview: %s)", async (preview) => {
    const recording = await readIn({ preview, stackOutputs: { "dev-account": { name: "a", size: 1, other: true } } });
    expect(outputsOf(recording)).toEqual({ name: "a", text: "<a>" });
    expect(recording.logs).toEqual([]);
  });

  it("are unknown in a preview of what is not deployed yet, and that is said", async () => {
    const recording = await readIn({ preview: true });
    expect(outputsOf(recording)).toEqual({ name: UNKNOWN, text: UNKNOWN });
    expect(recording.logs).toEqual([
      {
        severity: "warning",
        message: `${NOT_DEPLOYED_YET} the stack "dev-account" has no outputs, so whatever depends on them is shown as unknown. It has to be deployed before this stack.`,
      },
    ]);
  });

  it("are missed in an update", async () => {
    await expect(readIn({ preview: false })).rejects.toThrow(
      'The stack "dev-account" has no outputs, because it was never deployed or was destroyed, and this stack is built on it. ' +
        "Deploy it first: pulumi up -s dev-account, or the whole environment with gabion up.",
    );
  });

  it.each([true, false])("of another shape are refused, and not shown (preview: %s)", async (preview) => {
    const read = readIn({ preview, stackOutputs: { "dev-account": { name: 7, size: "hunter2" } } });
    await expect(read).rejects.toThrow(
      'The outputs of the stack "dev-account" are not those that this version of the program reads:\n' +
        "  name: Invalid input: expected string, received number\n" +
        "  size: Invalid input: expected number, received string\n" +
        "Deploy that stack with this version first: pulumi up -s dev-account.",
    );
    await expect(readIn({ preview, stackOutputs: { "dev-account": { size: "hunter2" } } })).rejects.not.toThrow(
      /hunter2/,
    );
  });
});
