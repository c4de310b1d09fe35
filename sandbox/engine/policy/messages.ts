import type * as analyzerMessages from "@pulumi/pulumi/proto/analyzer_pb";
import type { PropertyMap } from "../state/types";
import { isObject } from "../values/inspect";
import { lazy } from "../values/lazy";
import { fromStruct, toStruct } from "../values/wire";
import { levelName, levelNumber, type RuleConfig, type RuleInfo } from "./config";
import type { PolicyResource, PolicyStackResource } from "./types";

/** The generated code is heavy, so it is loaded after the packs' processes were started. */
export const analyzer = lazy(() => require("@pulumi/pulumi/proto/analyzer_pb") as typeof analyzerMessages);

/** Properties as Pulumi sends them to packs: secrets and unknown values marked, internal keys left out. */
export const structOf = (properties: PropertyMap): ReturnType<typeof toStruct> =>
  toStruct(withoutInternalKeys(properties) as PropertyMap, { secrets: true, unknowns: true, resources: false });

function withoutInternalKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutInternalKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith("__"))
      .map(([key, inner]) => [key, withoutInternalKeys(inner)]),
  );
}

function optionsOf({ options }: PolicyResource): analyzerMessages.AnalyzerResourceOptions {
  const message = new (analyzer().AnalyzerResourceOptions)();
  message.setProtect(options.protect ?? false);
  message.setIgnorechangesList(options.ignoreChanges ?? []);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setAdditionalsecretoutputsList(options.additionalSecretOutputs ?? []);
  message.setAliasesList(options.aliases ?? []);
  const timeouts = new (analyzer().AnalyzerResourceOptions.CustomTimeouts)();
  timeouts.setCreate(options.customTimeouts?.create ?? 0);
  timeouts.setUpdate(options.customTimeouts?.update ?? 0);
  timeouts.setDelete(options.customTimeouts?.delete ?? 0);
  message.setCustomtimeouts(timeouts);
  message.setParent(options.parent ?? "");
  return message;
}

function fill(
  message: analyzerMessages.AnalyzeRequest | analyzerMessages.AnalyzerResource,
  resource: PolicyResource,
): void {
  message.setUrn(resource.urn);
  message.setType(resource.type);
  message.setName(resource.name);
  message.setProperties(structOf(resource.properties));
  message.setOptions(optionsOf(resource));
  if (resource.provider === undefined) return;
  const provider = new (analyzer().AnalyzerProviderResource)();
  provider.setUrn(resource.provider.urn);
  provider.setType(resource.provider.type);
  provider.setName(resource.provider.name);
  provider.setProperties(structOf(resource.provider.properties));
  message.setProvider(provider);
}

export function analyzeRequest(resource: PolicyResource): analyzerMessages.AnalyzeRequest {
  const message = new (analyzer().AnalyzeRequest)();
  fill(message, resource);
  return message;
}

export function analyzeStackRequest(resources: readonly PolicyStackResource[]): analyzerMessages.AnalyzeStackRequest {
  const message = new (analyzer().AnalyzeStackRequest)();
  message.setResourcesList(
    resources.map((resource) => {
      const entry = new (analyzer().AnalyzerResource)();
      fill(entry, resource);
      entry.setParent(resource.parent ?? "");
      entry.setDependenciesList(resource.dependencies);
      for (const [key, urns] of Object.entries(resource.propertyDependencies)) {
        if (urns.length === 0) continue;
        const list = new (analyzer().AnalyzerPropertyDependencies)();
        list.setUrnsList(urns);
        entry.getPropertydependenciesMap().set(key, list);
      }
      return entry;
    }),
  );
  return message;
}

const kinds = ["unknown", "resource", "stack"] as const;
const severities = [undefined, "low", "medium", "high", "critical"] as const;

export const severityName = (number: number): RuleInfo["severity"] => severities[number];

export function ruleInfo(message: analyzerMessages.PolicyInfo): RuleInfo {
  const schema = message.getConfigschema();
  const severity = severityName(message.getSeverity());
  return {
    name: message.getName(),
    level: levelName(message.getEnforcementlevel()),
    kind: kinds[message.getPolicyType()] ?? "unknown",
    ...(severity === undefined ? {} : { severity }),
    ...(schema === undefined
      ? {}
      : { schema: { properties: fromStruct(schema.getProperties()), required: schema.getRequiredList() } }),
  };
}

export function initialConfig(info: analyzerMessages.AnalyzerInfo): Map<string, RuleConfig> {
  const result = new Map<string, RuleConfig>();
  info.getInitialconfigMap().forEach((config, name) => {
    result.set(name, {
      level: levelName(config.getEnforcementlevel()),
      properties: fromStruct(config.getProperties()),
    });
  });
  return result;
}

export function configureRequest(
  config: ReadonlyMap<string, Required<RuleConfig>>,
): analyzerMessages.ConfigureAnalyzerRequest {
  const message = new (analyzer().ConfigureAnalyzerRequest)();
  for (const [name, { level, properties }] of config) {
    const entry = new (analyzer().PolicyConfig)();
    entry.setEnforcementlevel(levelNumber[level]);
    entry.setProperties(toStruct(properties, { secrets: true, unknowns: true, resources: true }));
    message.getPolicyconfigMap().set(name, entry);
  }
  return message;
}
