import { createUrn, parseUrn, rootStackType } from "../urn";
import type { AliasSpec } from "./goal";

/** What aliases are resolved against. */
export interface AliasContext {
  stack: string;
  project: string;
  /** The URN under which a resource of this pass was found in the state, if that was an alias. */
  usedAlias(urn: string): string | undefined;
}

interface Named {
  name: string;
  type: string;
  parent: string;
}

/**
 * The other URNs by which the last state may hold a resource: those that its aliases name, and those that follow from the alias of its parent. Source: how
 * Pulumi multiplies aliases of parents and children.
 */
export function aliasUrns(resource: Named, aliases: readonly AliasSpec[], context: AliasContext): string[] {
  const own = aliases.map((alias) => resolveAlias(resource, alias, context));
  const found = new Set(own);
  const parentAlias = resource.parent === "" ? undefined : context.usedAlias(resource.parent);
  if (parentAlias !== undefined) {
    const parentName = parseUrn(resource.parent).name;
    found.add(inherited(resource.type, resource.name, parentName, parentAlias, context));
    for (const urn of own) {
      const { type, name } = parseUrn(urn);
      found.add(inherited(type, name, parentName, parentAlias, context));
    }
  }
  return [...found];
}

function resolveAlias({ name, type, parent }: Named, alias: AliasSpec, context: AliasContext): string {
  if (alias.urn) return alias.urn;
  const stated = alias.parent ? (context.usedAlias(alias.parent) ?? alias.parent) : parent;
  const isTop = alias.noParent === true || stated === "" || parseUrn(stated).qualifiedType === rootStackType;
  return createUrn(
    alias.stack || context.stack,
    alias.project || context.project,
    isTop ? undefined : stated,
    alias.type || type,
    alias.name || name,
  );
}

/** A child whose name begins with its parent's was named after it, so it had the parent's old name in its own. */
function inherited(
  type: string,
  name: string,
  parentName: string,
  parentAlias: string,
  { stack, project }: AliasContext,
): string {
  const oldName = name.startsWith(parentName) ? parseUrn(parentAlias).name + name.slice(parentName.length) : name;
  return createUrn(stack, project, parentAlias, type, oldName);
}
