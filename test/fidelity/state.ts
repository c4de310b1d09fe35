/** A deployment without what differs from run to run: times, places in the source, random ids, order. */
export interface NormalState {
  resources: Record<string, unknown>[];
  pending: Record<string, unknown>[];
}

interface Resource extends Record<string, unknown> {
  urn: string;
  type: string;
  id?: string;
}

const fleeting = ["created", "modified", "sourcePosition", "stackTrace"];

export function normalState(deployment: string): NormalState {
  if (deployment === "") return { resources: [], pending: [] };
  const parsed = JSON.parse(deployment) as {
    deployment: { resources?: Resource[]; pending_operations?: { resource: Resource; type: string }[] };
  };
  const found = parsed.deployment.resources ?? [];
  const pending = parsed.deployment.pending_operations ?? [];
  const named = namer([...found, ...pending.map(({ resource }) => resource)]);
  return {
    resources: found.map((resource) => named(resource)).sort(byName),
    pending: pending.map(({ resource, type }): Record<string, unknown> => ({ type, ...named(resource) })).sort(byName),
  };
}

/** Providers have random ids: they are called after their names instead. */
function namer(resources: Resource[]): (resource: Resource) => Record<string, unknown> {
  const names = resources
    .filter(({ type, id }) => type.startsWith("pulumi:providers:") && id !== undefined)
    .map(({ urn, id }) => [id as string, `id-of-${urn.split("::").at(-1)}`] as const);
  return (resource) => {
    const kept = Object.fromEntries(Object.entries(resource).filter(([key]) => !fleeting.includes(key)));
    let text = JSON.stringify(kept).replace(/urn:pulumi:\w+::fidelity::/g, "");
    for (const [id, name] of names) text = text.split(id).join(name);
    const normal = JSON.parse(text, opened) as Record<string, unknown>;
    // Sets.
    if (Array.isArray(normal.dependencies)) normal.dependencies.sort();
    for (const urns of Object.values((normal.propertyDependencies ?? {}) as Record<string, string[]>)) urns.sort();
    return normal;
  };
}

/** The text of a secret may be escaped in more than one way. */
const opened = (key: string, value: unknown): unknown =>
  key === "plaintext" && typeof value === "string" ? (JSON.parse(value) as unknown) : value;

const nameOf = (resource: Record<string, unknown>): string =>
  JSON.stringify([resource.urn, resource.type, resource.delete ?? false, resource.id ?? ""]);
const byName = (one: Record<string, unknown>, other: Record<string, unknown>): number =>
  nameOf(one) < nameOf(other) ? -1 : 1;

const flags = ["delete", "protect", "external", "retainOnDelete", "pendingReplacement"];

/** One line a resource: `Resource::first protect`. The stack itself and default providers are left out. */
export function stateLines({ resources, pending }: NormalState): string[] {
  const line = (resource: Record<string, unknown>): string =>
    [
      String(resource.urn).replace(/test:index:/g, ""),
      ...flags.filter((flag) => resource[flag] === true),
      ...(resource.initErrors === undefined ? [] : ["initErrors"]),
    ].join(" ");
  const shown = (resource: Record<string, unknown>): boolean =>
    !/^pulumi:(pulumi:Stack|providers:\w+::default)/.test(String(resource.urn));
  return [
    ...resources.filter(shown).map(line),
    ...pending.map((resource) => `${String(resource.type)} ${line(resource)}`),
  ].sort();
}
