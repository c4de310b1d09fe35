import type { Companion, Effects } from "../types/entry";
import type { Found } from "./checks";
import type { Change, OperationRecord, Properties, Span, WorldResource } from "./model";

/** The journal entries of what happens beside the resource itself. */
export function effectChanges(effects: Effects, made: WorldResource): Change[] {
  return [
    ...(effects.companions ?? []).map((companion): Change => ({ do: "put", resource: companionOf(companion, made) })),
    ...(effects.removed ?? []).map((resource): Change => ({ do: "drop", key: resource.key })),
    ...(effects.remains ?? []).map((remains): Change => ({ do: "leave", remains })),
  ];
}

function companionOf(companion: Companion, made: WorldResource): WorldResource {
  const region = companion.global === true ? "global" : made.region;
  const owner = companion.owner ?? (companion.owned === false ? undefined : made.key);
  return {
    key: `${companion.type}|${region}|${companion.id}`,
    type: companion.type,
    id: companion.id,
    region,
    ...(companion.arn === undefined ? {} : { arn: companion.arn }),
    ...(owner === undefined ? {} : { owner }),
    inputs: companion.inputs ?? {},
    outputs: { ...companion.outputs, id: companion.id, ...(companion.arn === undefined ? {} : { arn: companion.arn }) },
    refers: [...(owner === undefined ? [] : [owner]), ...(companion.holds ?? [])],
    holds: companion.holds ?? [],
    created: made.created,
  };
}

export interface Assembly {
  key: string;
  type: string;
  id: string;
  region: string;
  urn: string;
  inputs: Properties;
  outputs: Properties;
  found: Found[];
}

export function assemble({ found, ...rest }: Assembly): WorldResource {
  return {
    ...rest,
    ...(typeof rest.outputs.arn === "string" ? { arn: rest.outputs.arn } : {}),
    outputs: rest.outputs.id === undefined ? { ...rest.outputs, id: rest.id } : rest.outputs,
    refers: [...new Set(found.map((one) => one.resource.key))],
    holds: [...new Set(found.filter((one) => one.holds).map((one) => one.resource.key))],
    created: { start: 0, end: 0 },
  };
}

export function recordOf(
  operation: OperationRecord["operation"],
  resource: WorldResource,
  urn: string,
  span: Span,
  after: string[],
  waits: OperationRecord["waits"],
): Change {
  return { do: "record", record: { operation, type: resource.type, urn, key: resource.key, span, after, waits } };
}
