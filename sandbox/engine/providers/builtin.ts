import type { PropertyMap, ResourceState } from "../state/types";
import { containsSecrets } from "../values/inspect";
import type { InvokeResult, OperationResult, Provider, ReadRequest, ReadResult } from "./types";

const stackReferenceType = "pulumi:pulumi:StackReference";

export interface BuiltinSources {
  /** Outputs of a stack; `undefined` when there is no such stack. */
  stackOutputs(name: string): Promise<PropertyMap | undefined>;
  /** A resource that this run has registered or read. */
  resource(urn: string): ResourceState | undefined;
}

/** The engine's own provider of the package `pulumi`: stack references and look-ups of resources. */
export function builtinProvider(sources: BuiltinSources): Provider {
  const refuse = (type: string): Error =>
    new Error(
      `${type}: the embedded engine knows of package "pulumi" only StackReference (through its read). Take the resource out of the program or use the Pulumi CLI.`,
    );

  async function readStack(name: unknown): Promise<PropertyMap> {
    if (typeof name !== "string") throw new Error("a stack reference needs the name of a stack");
    const outputs = await sources.stackOutputs(name);
    if (outputs === undefined) throw new Error(`unknown stack ${JSON.stringify(name)}`);
    const secretOutputNames = Object.keys(outputs)
      .filter((key) => containsSecrets(outputs[key]))
      .sort();
    return { name, outputs, secretOutputNames };
  }

  function getResource(urn: unknown): PropertyMap {
    const state = typeof urn === "string" ? sources.resource(urn) : undefined;
    if (state === undefined) throw new Error(`unknown resource ${JSON.stringify(urn)}`);
    return { urn, id: state.id ?? "", provider: state.provider ?? "", state: state.outputs ?? {} };
  }

  const nothing = { replaceKeys: [], changedKeys: [], deleteBeforeReplace: false };
  return {
    check: (request) => Promise.reject(refuse(request.type)),
    diff: () => Promise.resolve({ changes: "none", ...nothing }),
    create: (request): Promise<OperationResult> => Promise.reject(refuse(request.type)),
    update: (request): Promise<OperationResult> => Promise.reject(refuse(request.type)),
    delete: () => Promise.resolve(),
    async read(request: ReadRequest): Promise<ReadResult> {
      if (request.type !== stackReferenceType) throw refuse(request.type);
      const outputs = await readStack(request.state.name ?? request.inputs?.name);
      return {
        id: request.id,
        ...(request.inputs === undefined ? {} : { inputs: request.inputs }),
        outputs,
        refreshBeforeUpdate: false,
        initErrors: [],
      };
    },
    async invoke(token, args): Promise<InvokeResult> {
      if (token === "pulumi:pulumi:getResource") return { result: getResource(args.urn), failures: [] };
      if (token === "pulumi:pulumi:readStackOutputs") return { result: await readStack(args.name), failures: [] };
      throw new Error(
        `${token}: the embedded engine has no such function. Use the Pulumi CLI for a program that needs it.`,
      );
    },
  };
}
