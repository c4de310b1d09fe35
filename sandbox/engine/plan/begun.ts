import type { PendingOperation, PropertyMap, ResourceState } from "../state/types";

/**
 * Creations that an earlier run has begun, of whose end nobody knows, and whose provider can tell by the mark they were begun with
 * (`created` of the pending operation). The same creation begun again gives the resource that is there already.
 */
export class Begun {
  private readonly byUrn = new Map<string, PendingOperation[]>();

  constructor(operations: readonly PendingOperation[]) {
    for (const operation of operations) {
      const { urn } = operation.resource;
      this.byUrn.set(urn, [...(this.byUrn.get(urn) ?? []), operation]);
    }
  }

  /** Inputs that the creation was begun with: names that were made for it are kept. */
  inputsOf(urn: string): PropertyMap | undefined {
    return this.byUrn.get(urn)?.at(-1)?.resource.inputs;
  }

  /** The operations that creating the resource now continues; they are no longer left over. With another provider it is another creation. */
  take({ urn, provider }: ResourceState): PendingOperation[] {
    const all = this.byUrn.get(urn) ?? [];
    const mark = all.find(({ resource }) => resource.provider === provider)?.resource.created;
    const continues = ({ resource }: PendingOperation) => resource.provider === provider && resource.created === mark;
    if (mark !== undefined) {
      this.byUrn.set(
        urn,
        all.filter((operation) => !continues(operation)),
      );
    }
    return mark === undefined ? [] : all.filter(continues);
  }

  /** What the program does not want any more. */
  left(): PendingOperation[] {
    return [...this.byUrn.values()].flat();
  }
}
