import {
  type Policies,
  type PolicyConfigSchema,
  type ResourceValidationPolicy,
  remediateResourceOfType,
  validateResourceOfType,
} from "@pulumi/policy";
import { resolveConfig } from "./config";
import { type Plain, Property } from "./property";
import { configFindings, guarded, type ReportTarget, reportFindings } from "./report";
import type { ResourceType } from "./resource-types";
import {
  type ConfigProperty,
  type Finding,
  type Level,
  levelOf,
  type Remedy,
  type Rule,
  type RuleContext,
} from "./rule";
import { plainOf } from "./sdk-properties";
import { selectRules } from "./select";
import type { PackSettings } from "./settings";
import { InputRecord } from "./stack-index";
import { stackPolicy } from "./stack-policy";

/**
 * Turns rules into what `@pulumi/policy` serves: one typed policy for each rule and resource type, which the SDK skips without
 * reading the resource when the type is another, and one policy for all whole-stack checks. Only rules that the settings select.
 *
 * @throws PackConfigurationError when the settings name groups or rules that there are not, or configure a rule wrongly.
 */
export function compileRules(rules: readonly Rule[], settings: PackSettings): Policies {
  const active = selectRules(rules, settings);
  const record = new InputRecord();
  const resourcePolicies = active.flatMap((rule) =>
    checksOf(rule).map(([type, check], _, all) => {
      const types = all.map(([other]) => other);
      return resourcePolicy({ rule, type, check, settings, record, name: policyName(rule, type, types) });
    }),
  );
  const stackRules = active.filter((rule) => rule.stack !== undefined);
  const unneeded = stackRules.length === 0 && settings.exemptions === undefined;
  return unneeded ? resourcePolicies : [...resourcePolicies, stackPolicy(stackRules, settings, record)];
}

/** A resource of any type, seen by a check that was chosen for its type. */
type AnyCheck = (resource: never, context: RuleContext) => readonly Finding[];

function checksOf(rule: Rule): [ResourceType, AnyCheck][] {
  const checks = Object.entries(rule.checks) as [ResourceType, AnyCheck][];
  const observed = (rule.observes ?? []).filter((type) => rule.checks[type] === undefined);
  return [...checks, ...observed.map((type): [ResourceType, AnyCheck] => [type, () => []])];
}

/**
 * Policy names are unique in a pack. A rule for several types gets the type's class added, and its module before that where another of its
 * types has a class of the same name: `vault-auth-pods-bound.kubernetes.AuthBackendRole`. Modules of Kubernetes are versions of an API.
 */
export function policyName(rule: Pick<Rule, "id">, type: string, types: readonly string[]): string {
  if (types.length <= 1) return rule.id;
  const [provider, module = "", name = ""] = type.split(":");
  const isShared = types.some((other) => other !== type && other.split(":").at(-1) === name);
  return [
    rule.id,
    ...(isShared ? [provider === "kubernetes" ? module.replace("/", ".") : module.split("/")[0]] : []),
    name,
  ].join(".");
}

interface ResourcePolicy {
  readonly rule: Rule;
  readonly type: ResourceType;
  readonly check: AnyCheck;
  readonly settings: PackSettings;
  readonly record: InputRecord;
  readonly name: string;
}

function resourcePolicy({ rule, type, check, settings, record, name }: ResourcePolicy): ResourceValidationPolicy {
  const remedy = rule.remedies?.[type] as Remedy<never> | undefined;
  return {
    ...describe(rule, levelOf(rule, settings)),
    name,
    // The helper compares the type alone, so its name is all of the class that is needed.
    validateResource: validateResourceOfType(standIn(type), (_, args, report) => {
      const properties: Plain = plainOf(args.props);
      record.remember(args.urn, properties);
      const { values, problems } = configOf(rule, settings, args);
      const view = { urn: args.urn, name: args.name, type, properties: new Property(properties, "") };
      const findings = guarded(() => check(view as never, { ...settings, config: values }));
      const target: ReportTarget = { urn: args.urn, properties, settings, report };
      reportFindings(rule, [...configFindings(problems), ...findings], target);
    }),
    ...(remedy === undefined
      ? {}
      : { remediateResource: remediation({ rule, type, check, settings, record, name }, remedy) }),
  };
}

/** Changes a resource only where it fails for sure, and only to what the rule then accepts. */
function remediation({ rule, type, check, settings }: ResourcePolicy, remedy: Remedy<never>) {
  return remediateResourceOfType(standIn(type), (_, args) => {
    const properties: Plain = plainOf(args.props);
    const context: RuleContext = { ...settings, config: configOf(rule, settings, args).values };
    const view = { urn: args.urn, name: args.name, type, properties: new Property(properties, "") } as never;
    const isWrong = guarded(() => check(view, context)).some(({ verdict }) => verdict === "fail");
    const change = isWrong ? remedy(view, context) : undefined;
    return change === undefined ? undefined : Object.assign(args.props, change);
  });
}

/** A rule's configuration: what the engine was given for its policy, then what the stack's settings say, then defaults. */
function configOf(rule: Rule, settings: PackSettings, args: { getConfig<T extends object>(): T }) {
  const own = args.getConfig<Record<string, unknown>>() ?? {};
  return resolveConfig(rule.config ?? {}, { ...settings.rules?.[rule.id]?.config, ...own });
}

function describe(rule: Rule, level: Level): Omit<ResourceValidationPolicy, "name" | "validateResource"> {
  return {
    description: rule.title,
    displayName: rule.title,
    enforcementLevel: level,
    severity: rule.severity,
    tags: rule.mappings.map((mapping) => `${mapping.framework} ${mapping.control}`),
    remediationSteps: rule.remediation,
    ...(rule.config === undefined ? {} : { configSchema: { properties: schemaOf(rule.config) } }),
  };
}

/**
 * The schema without defaults: an engine fills those in before it configures a policy, and then nothing could tell them from what the
 * user chose.
 */
function schemaOf(config: Readonly<Record<string, ConfigProperty>>): PolicyConfigSchema["properties"] {
  const entries = Object.entries(config).map(([name, { default: standard, ...schema }]) => [
    name,
    { ...schema, description: `${schema.description} Default: ${JSON.stringify(standard)}` },
  ]);
  return structuredClone(Object.fromEntries(entries)) as PolicyConfigSchema["properties"];
}

function standIn(type: string): Parameters<typeof validateResourceOfType>[0] {
  return { __pulumiType: type } as unknown as Parameters<typeof validateResourceOfType>[0];
}
