import type { ResourceState } from "../state/types";
import { parseReference, parseUrn } from "../urn";
import type { ProviderRegistry } from "./registry";

/** Tells of each change from one provider to another whether it makes the provider's resources new ones; asks the provider once for each. */
export class ProviderChanges {
  private readonly answers = new Map<string, Promise<boolean>>();

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly find: (urn: string) => { old: ResourceState | undefined; next: ResourceState | undefined },
  ) {}

  replaces(oldReference: string, newReference: string): Promise<boolean> {
    const key = `${oldReference}\n${newReference}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.compared(parseReference(oldReference).urn, parseReference(newReference).urn);
    this.answers.set(key, answer);
    return answer;
  }

  private async compared(oldUrn: string, newUrn: string): Promise<boolean> {
    const { old } = this.find(oldUrn);
    const { next } = this.find(newUrn);
    if (old === undefined || next === undefined) return true;
    const { name, type } = parseUrn(newUrn);
    const diff = await this.registry.diff({
      urn: newUrn,
      name,
      type,
      id: next.id ?? "",
      oldInputs: old.inputs ?? {},
      oldOutputs: old.outputs ?? {},
      newInputs: next.inputs ?? {},
      allowUnknowns: true,
      ignoreChanges: [],
    });
    return diff.replaceKeys.length > 0;
  }
}
