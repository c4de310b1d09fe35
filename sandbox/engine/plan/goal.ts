import type { PropertyMap, ResourceState } from "../state/types";

/** An alias as a program gives it; fields that are left out are those of the resource itself. */
export interface AliasSpec {
  urn?: string;
  name?: string;
  type?: string;
  stack?: string;
  project?: string;
  parent?: string;
  noParent?: boolean;
}

/** The names by which hooks are kept in a state. Source: Pulumi's deployment schema. */
export type HookKind =
  | "BeforeCreate"
  | "AfterCreate"
  | "BeforeUpdate"
  | "AfterUpdate"
  | "BeforeDelete"
  | "AfterDelete"
  | "OnError";

/** What the program wants of one resource, options already inherited and transformed. */
export interface Goal {
  type: string;
  name: string;
  custom: boolean;
  /** Output values are already taken down to sentinels, secrets and plain values. */
  inputs: PropertyMap;
  /** Empty for the root stack and the engine's own default providers. */
  parent: string;
  protect?: boolean;
  dependencies: string[];
  /** Reference of the provider; empty for components and providers. */
  provider: string;
  propertyDependencies: Record<string, string[]>;
  deleteBeforeReplace?: boolean;
  ignoreChanges: string[];
  additionalSecretOutputs: string[];
  aliases: AliasSpec[];
  /** Id to import; empty when nothing is imported. */
  importId: string;
  /** Seconds. */
  customTimeouts: NonNullable<ResourceState["customTimeouts"]>;
  replaceOnChanges: string[];
  hideDiff: string[];
  retainOnDelete?: boolean;
  deletedWith: string;
  sourcePosition: string;
  stackTrace: { sourcePosition?: string }[];
  hooks: Partial<Record<HookKind, string[]>>;
}

export interface ReadGoal {
  type: string;
  name: string;
  id: string;
  parent: string;
  properties: PropertyMap;
  dependencies: string[];
  provider: string;
  additionalSecretOutputs: string[];
  sourcePosition: string;
  stackTrace: { sourcePosition?: string }[];
}

/** How a registration ended. */
export interface RegisterResult {
  state: ResourceState;
  result: "success" | "failed" | "skipped";
}

export const hooksOf = (state: ResourceState, kind: HookKind): string[] => state.resourceHooks?.[kind] ?? [];

const listed = <T>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined);

/** A state without the fields that hold nothing, as Pulumi writes it. */
export function compacted(state: ResourceState): ResourceState {
  const result = state as unknown as Record<string, unknown>;
  for (const key of Object.keys(result)) {
    const value = result[key];
    if (value === undefined || value === "" || (value === false && key !== "custom")) delete result[key];
    else if (typeof value === "object" && Object.keys(value as object).length === 0) delete result[key];
  }
  return state;
}

/** The state that a goal leads to, before anything is known of its outcome. */
export function stateOf(
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
  alias: string | undefined,
): ResourceState {
  return compacted({
    urn,
    custom: goal.custom,
    type: goal.type,
    inputs: goal.inputs,
    parent: goal.parent,
    protect: goal.protect,
    dependencies: goal.dependencies,
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: listed(goal.additionalSecretOutputs),
    aliases: alias === undefined ? undefined : [alias],
    customTimeouts: goal.customTimeouts,
    importID: goal.importId,
    retainOnDelete: goal.retainOnDelete,
    deletedWith: goal.deletedWith,
    created: old?.created,
    modified: old?.modified,
    sourcePosition: goal.sourcePosition,
    stackTrace: goal.stackTrace,
    ignoreChanges: listed(goal.ignoreChanges),
    hideDiff: listed(goal.hideDiff),
    replaceOnChanges: listed(goal.replaceOnChanges),
    refreshBeforeUpdate: old?.refreshBeforeUpdate,
    resourceHooks: goal.hooks as Record<string, string[]>,
  });
}
