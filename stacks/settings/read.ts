import type { z } from "zod";
import { type AccountSettings, accountLayer } from "./account";
import { CheckContext, isAtOrUnder } from "./check";
import { LAYERS, type LayerName } from "./common";
import { ASSURANCE_LEVELS, type Assurance } from "./controls/order";
import { fillDefaults, findLoosenings, type Loosening, looseningProblem } from "./controls/resolve";
import { isDate } from "./dates";
import { decode, ownKeys, secretProblems } from "./decode";
import { type Deviation, deviationProblems, unusedDeviationProblem } from "./deviations";
import { type FoundationSettings, foundationLayer } from "./foundation";
import type { LayerSettings } from "./layer-settings";
import { type Partly, parseDocument } from "./parse";
import { formatPath, NAMESPACE, type SettingsProblem } from "./problem";
import { readNode } from "./schema-tree";
import { nearest } from "./suggest";

/** What the settings of all layers have in common. */
export interface CommonSettings {
  readonly layer: LayerName;
  readonly environment: string;
  readonly sandbox: boolean;
  readonly assurance: Assurance;
  readonly region: string;
  readonly accountId: string;
  readonly deployRoleArn?: string | undefined;
  readonly owner: string;
  readonly dataClass: string;
  readonly costCentre: string;
  readonly deviations: readonly Deviation[];
}

export type Settings = AccountSettings | FoundationSettings;

export interface ReadOptions {
  /** The day against which dates are held, `YYYY-MM-DD`. */
  readonly today: string;
  readonly stackName: string;
  /** Keys whose values were given as secrets, as the engine names them (`gabion:token`). */
  readonly secretKeys?: readonly string[];
}

export type ReadResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly SettingsProblem[] };

const layers: Readonly<Record<LayerName, LayerSettings>> = {
  account: accountLayer as unknown as LayerSettings,
  foundation: foundationLayer as unknown as LayerSettings,
};

export function layerSettings(layer: LayerName): LayerSettings {
  return layers[layer];
}

/**
 * Reads the settings of a stack from its configuration, as a program gets it: fully qualified keys, texts, lists and groups as
 * JSON. Defaults are filled in, those of guarded settings from the assurance level. All problems are reported together; then
 * there are no settings. Never throws for a configuration, whatever it holds.
 *
 * @throws RangeError when `today` is not a day: that is the caller's mistake, not the file's.
 */
export function readSettings(config: Readonly<Record<string, string>>, options: ReadOptions): ReadResult {
  if (!isDate(options.today)) throw new RangeError(`today is "${options.today}" and must be a day as YYYY-MM-DD`);
  const keys = ownKeys(config);
  const secrets = secretProblems(config, keys, options.secretKeys ?? []);
  const plain = keys.filter((key) => !secrets.some(({ path }) => path === formatPath([key])));
  const layer = LAYERS.find((name) => name === config[`${NAMESPACE}:layer`]);
  const { problems, settings } =
    layer === undefined ? readWithoutLayer(config, plain) : readLayer(layers[layer], config, plain, options);
  // A key that was refused as a secret is not missing as well.
  const all = [...secrets, ...problems.filter(({ path }) => !secrets.some((secret) => secret.path === path))];
  return all.length === 0 && settings !== undefined ? { ok: true, settings } : { ok: false, problems: all };
}

interface Reading {
  readonly problems: SettingsProblem[];
  readonly settings?: Settings;
}

function readLayer(
  layer: LayerSettings,
  config: Readonly<Record<string, string>>,
  keys: readonly string[],
  options: ReadOptions,
): Reading {
  const schema = layer.schema();
  const given = decode(config, keys, readNode(schema).shape);
  const level = ASSURANCE_LEVELS.find((candidate) => candidate === (given.assurance ?? "baseline"));
  const document = fillDefaults(given, layer.controls, level ?? "baseline");
  const { value, problems } = parseDocument(schema, document, otherOwner(layer.layer));
  const context = new CheckContext({ ...options, settings: value, schema, controls: layer.controls, problems });
  checkCommon(context);
  layer.check(context);
  problems.push(...context.problems);
  if (level !== undefined) {
    const loosenings = [...findLoosenings(value, layer.controls, level), ...context.loosenings];
    problems.push(...judge(layer, value, loosenings, problems, level, options.today));
  }
  if (problems.length === 0) return { problems, settings: value as unknown as Settings };
  return { problems: inFileOrder(problems, Object.keys(readNode(schema).shape)) };
}

/** Problems in the order of the settings reference, which is the order in which people write their files; unknown keys come last. */
function inFileOrder(problems: readonly SettingsProblem[], keys: readonly string[]): SettingsProblem[] {
  const rank = ({ path }: SettingsProblem): number => {
    const index = keys.indexOf(path.slice(NAMESPACE.length + 1).split(/[.[]/)[0] as string);
    return index < 0 ? keys.length : index;
  };
  return [...problems].sort((a, b) => rank(a) - rank(b));
}

/** Holds what is loosened against the deviations: each loosening needs one, each deviation needs a loosening. */
function judge(
  layer: LayerSettings,
  settings: Partly<CommonSettings>,
  loosenings: readonly Loosening[],
  before: readonly SettingsProblem[],
  level: Assurance,
  today: string,
): SettingsProblem[] {
  const deviations = settings.deviations ?? [];
  const excused = new Set(deviations.map((deviation) => deviation?.control));
  const unexcused = loosenings.filter(({ control }) => !excused.has(control.id));
  const needed = new Set(loosenings.map(({ control }) => control.id));
  const unused = deviations.flatMap((deviation, index) => {
    const control = layer.controls.find(({ id }) => id === deviation?.control);
    if (deviation === undefined || control === undefined || needed.has(control.id)) return [];
    // As long as something at the control's field was refused, nobody knows whether the deviation is needed.
    const top = formatPath([control.field.split(/[.[]/)[0] as string]);
    if (before.some(({ path }) => isAtOrUnder(path, top))) return [];
    return [unusedDeviationProblem(deviation, index, `${NAMESPACE}:${control.field}`)];
  });
  return [
    ...deviationProblems(deviations, level, today),
    ...unexcused.map((loosening) => looseningProblem(loosening, level, today)),
    ...unused,
  ];
}

/** Without a layer only the settings that all layers have can be checked, and keys that no layer has. */
function readWithoutLayer(config: Readonly<Record<string, string>>, keys: readonly string[]): Reading {
  const shapes = LAYERS.map((name) => readNode(layers[name].schema()).shape);
  const [first, ...rest] = shapes as [Readonly<Record<string, z.ZodType>>, ...Readonly<Record<string, z.ZodType>>[]];
  const isCommon = (key: string) => rest.every((shape) => Object.hasOwn(shape, key)) && Object.hasOwn(first, key);
  const schema = layers[LAYERS[0]].schema();
  const isLayers = (key: string) => !isCommon(key) && shapes.some((shape) => Object.hasOwn(shape, key));
  const document = decode(
    config,
    keys.filter((key) => !isLayers(key)),
    first,
  );
  const fromFirst = parseDocument(schema, document).problems.filter(({ path }) => {
    const key = path.slice(NAMESPACE.length + 1).split(/[.[]/)[0] as string;
    // Which controls deviations may name depends on the layer.
    return key !== "layer" && key !== "deviations" && (isCommon(key) || !Object.hasOwn(first, key));
  });
  return { problems: [layerProblem(config[`${NAMESPACE}:layer`]), ...fromFirst] };
}

function layerProblem(found: string | undefined): SettingsProblem {
  const meant = found === undefined ? undefined : nearest(found, LAYERS);
  return {
    path: formatPath(["layer"]),
    found: found === undefined ? "absent" : JSON.stringify(found),
    reason: found === undefined ? "it is missing, so the other settings cannot be read" : "there is no such layer",
    allowed: `one of ${LAYERS.join(", ")}`,
    remedy:
      meant === undefined
        ? `Write ${formatPath(["layer"])}: ${LAYERS[0]}, or the layer that it is`
        : `Did you mean ${meant}?`,
  };
}

function otherOwner(layer: LayerName): (key: string) => string | undefined {
  return (key) => LAYERS.find((other) => other !== layer && Object.hasOwn(readNode(layers[other].schema()).shape, key));
}

function checkCommon(context: CheckContext<CommonSettings>): void {
  checkStackName(context);
  const { deployRoleArn, accountId } = context.settings;
  if (deployRoleArn === undefined || accountId === undefined) return;
  const account = deployRoleArn.split(":")[4];
  if (account !== accountId) {
    context.report(["deployRoleArn"], {
      reason: `the role is of the account ${account} and the stack of ${accountId}`,
      remedy: `Give a role of the account ${accountId}, or correct ${formatPath(["accountId"])}`,
    });
  }
}

/** A stack file that was copied and not changed would deploy a second environment under the first one's name. */
function checkStackName(context: CheckContext<CommonSettings>): void {
  const { environment } = context.settings;
  const { stackName } = context;
  if (environment === undefined || stackName === environment || stackName.startsWith(`${environment}-`)) return;
  context.report(["environment"], {
    reason: `the stack is called ${stackName}`,
    allowed: `"${stackName}": a stack is called like its environment, or that with a suffix after a hyphen`,
    remedy: `Write "${stackName}", or rename the stack file to Pulumi.${environment}.yaml`,
  });
}
