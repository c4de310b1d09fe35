/** Parts of a URN: `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`. Names may hold `::`. */
export interface UrnParts {
  stack: string;
  project: string;
  /** Types of the ancestors and of the resource, joined by `$`. */
  qualifiedType: string;
  type: string;
  name: string;
}

export const rootStackType = "pulumi:pulumi:Stack";

const prefix = "urn:pulumi:";

export function parseUrn(urn: string): UrnParts {
  const [stack, project, qualifiedType, ...name] = urn.startsWith(prefix) ? urn.slice(prefix.length).split("::") : [];
  if (stack === undefined || project === undefined || qualifiedType === undefined || name.length === 0) {
    throw new Error(`${JSON.stringify(urn)} is not a URN (urn:pulumi:<stack>::<project>::<type>::<name>)`);
  }
  return {
    stack,
    project,
    qualifiedType,
    type: qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** The root stack is no part of its children's types. */
export function createUrn(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parentType = parent === undefined || parent === "" ? "" : parseUrn(parent).qualifiedType;
  const qualified = parentType === "" || parentType === rootStackType ? type : `${parentType}$${type}`;
  return `${prefix}${stack}::${project}::${qualified}::${name}`;
}

export const urnType = (urn: string): string => parseUrn(urn).type;

const providerPrefix = "pulumi:providers:";
export const isProviderType = (type: string): boolean => type.startsWith(providerPrefix);
export const providerType = (packageName: string): string => `${providerPrefix}${packageName}`;
export const providerPackage = (type: string): string => type.slice(providerPrefix.length);
/** The package of a resource type or function token. */
export const packageOf = (token: string): string =>
  token.slice(0, token.indexOf(":") < 0 ? token.length : token.indexOf(":"));

/** A provider reference is `<urn>::<id>`. */
export function parseReference(reference: string): { urn: string; id: string } {
  const at = reference.lastIndexOf("::");
  const urn = reference.slice(0, at);
  if (at < 0 || !isProviderType(urnType(urn))) {
    throw new Error(`${JSON.stringify(reference)} is not a provider reference (<urn>::<id>)`);
  }
  return { urn, id: reference.slice(at + 2) };
}

export const referenceTo = (urn: string, id: string): string => `${urn}::${id}`;
