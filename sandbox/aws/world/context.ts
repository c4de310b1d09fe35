import { awsError } from "../types/aws-error";
import type { Context, TypeEntry, WorldView } from "../types/entry";
import { show, text, valuesAt } from "../types/templates";
import type { Identifiers } from "./ids";
import type { Properties, WorldResource } from "./model";

/** What an operation is about. */
export interface Subject {
  entry: TypeEntry;
  urn: string;
  name: string;
  region: string;
  /** ARN of who calls, as STS tells it. */
  caller: string;
}

export type Doing = "creating" | "updating" | "deleting" | "reading";

export interface Setting {
  account: string;
  partition: string;
  world: WorldView;
  ids: Identifiers;
  /** Virtual seconds. */
  now: number;
}

/** Virtual time zero of every account, so that dates in outputs are the same in every run. */
const epoch = Date.UTC(2026, 0, 1);

/** The date that the virtual clock shows. */
export const dateAt = (seconds: number): string =>
  new Date(epoch + Math.floor(seconds) * 1000).toISOString().replace(".000Z", "Z");

export function makeContext(
  subject: Subject,
  setting: Setting,
  inputs: Properties,
  doing: Doing,
  old?: WorldResource,
): Context {
  const { entry, urn, name, region } = subject;
  const context: Context = {
    ...setting,
    region,
    caller: roleOf(subject.caller),
    urn,
    name,
    inputs,
    ...(old === undefined ? {} : { old }),
    id: old?.id ?? "",
    get date() {
      return dateAt(context.now);
    },
    target: (path) => context.targets(path)[0],
    targets: (path) => {
      const reference = entry.references?.find((one) => one.path === path);
      if (reference === undefined) throw new Error(`${entry.type} declares no reference ${path}`);
      return valuesAt(inputs, path).flatMap((value) => {
        const resource =
          typeof value === "string"
            ? setting.world.find(reference.to, value, reference.by ?? ["id"], region)
            : undefined;
        return resource === undefined ? [] : [resource];
      });
    },
    refuse: (refusal, values) => {
      throw awsError(refusal.code, words(refusal.message, { ...inputs, ...values }), refusal.status ?? 400, {
        doing,
        label: entry.label,
        subject: context.id === "" ? (text(inputs[entry.autoname?.property ?? "name"]) ?? name) : context.id,
        api: entry.api,
        operation: operationName(entry, doing),
        requestId: setting.ids.uuid(`request ${doing}`),
      });
    },
  };
  return context;
}

function words(message: string, values: Properties): string {
  return message.replace(/\{([A-Za-z]+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : show(values[name]),
  );
}

function operationName(entry: TypeEntry, doing: Doing): string {
  const noun = apiNoun(entry);
  if (doing === "creating") return entry.operations?.create ?? `Create${noun}`;
  if (doing === "updating") return entry.operations?.update ?? `Update${noun}`;
  if (doing === "deleting") return entry.operations?.delete ?? `Delete${noun}`;
  return `Describe${noun}`;
}

/** The label as the API's operations spell it: `EC2 NAT Gateway` is `NatGateway`, `Secrets Manager Secret` is `Secret`. */
export function apiNoun({ label, api }: Pick<TypeEntry, "label" | "api">): string {
  const noun = label.startsWith(`${api} `) ? label.slice(api.length + 1) : label.slice(label.indexOf(" ") + 1);
  const words = noun.split(/[^A-Za-z0-9]+/);
  // EC2 alone writes abbreviations like words.
  return words
    .map((word) => word.charAt(0).toUpperCase() + (api === "EC2" ? word.slice(1).toLowerCase() : word.slice(1)))
    .join("");
}

/** The role behind a session of it; other principals are themselves. */
function roleOf(arn: string): string {
  const match = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.+$/.exec(arn);
  return match === null ? arn : `arn:${match[1]}:iam::${match[2]}:role/${match[3]}`;
}
