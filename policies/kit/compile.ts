import {
  type Policies,
  type PolicyConfigSchema,
  type ReportViolation,
  type ResourceValidationPolicy,
  type StackValidationArgs,
  type StackValidationPolicy,
  validateResourceOfType,
} from "@pulumi/policy";
import { resolveConfig } from "./config";
import { type DeviationState, deviationOf } from "./deviations";
import { messageOf } from "./message";
import type { PackSettings } from "./profile";
import { type Plain, Property, toPlain } from "./property";
import type { ResourceType } from "./resource-types";
import {
  type ConfigProperty,
  type Finding,
  fail,
  type Level,
  levelOf,
  type Rule,
  type RuleContext,
  type StackFinding,
} from "./rule";
import { InputRecord, StackIndex, type StackResource } from "./stack-index";

/** The policy that runs all whole-stack checks over one index. */
export const STACK_POLICY = "gabion-whole-stack";

/**
 * Turns rules into what `@pulumi/policy` serves: one typed policy for each rule and resource type, which the SDK skips without
 * reading the resource when the type is another, and one policy for all whole-stack checks. Rules that the profile disables are left out.
 */
export function compileRules(rules: readonly Rule[], settings: PackSettings): Policies {
  const active = rules.filter((rule) => levelOf(rule, settings.profile) !== "disabled");
  const record = new InputRecord();
  const resourcePolicies = active.flatMap((rule) =>
    checksOf(rule).map(([type, check], _, all) =>
      resourcePolicy(rule, type, check, settings, record, all.length === 1 ? "" : type),
    ),
  );
  const stackRules = active.filter((rule) => rule.stack !== undefined);
  return stackRules.length === 0 ? resourcePolicies : [...resourcePolicies, stackPolicy(stackRules, settings, record)];
}

/** A resource of any type, seen by a check that was chosen for its type. */
type AnyCheck = (resource: never, context: RuleContext) => readonly Finding[];

function checksOf(rule: Rule): [ResourceType, AnyCheck][] {
  const checks = Object.entries(rule.checks) as [ResourceType, AnyCheck][];
  const observed = (rule.observes ?? []).filter((type) => rule.checks[type] === undefined);
  return [...checks, ...observed.map((type): [ResourceType, AnyCheck] => [type, () => []])];
}

/** Policy names are unique in a pack: a rule for several types gets the type's last part added. */
export function policyName(rule: Pick<Rule, "id">, type: string): string {
  return type === "" ? rule.id : `${rule.id}.${type.split(":").pop()}`;
}

function resourcePolicy(
  rule: Rule,
  type: ResourceType,
  check: AnyCheck,
  settings: PackSettings,
  record: InputRecord,
  suffix: string,
): ResourceValidationPolicy {
  const level = levelOf(rule, settings.profile);
  return {
    ...describe(rule, level),
    name: policyName(rule, suffix),
    // The helper compares the type alone, so its name is all of the class that is needed.
    validateResource: validateResourceOfType(standIn(type), (_, args, report) => {
      const properties = toPlain(args.props);
      record.remember(args.urn, properties);
      const config = resolveConfig(rule.config ?? {}, configuration(args));
      const view = { urn: args.urn, name: args.name, type, properties: new Property(properties, "") };
      const findings = guarded(() => check(view as never, { ...settings, config: config.values }));
      reportFindings(rule, [...configFindings(config.problems), ...findings], {
        urn: args.urn,
        properties,
        settings,
        report,
      });
    }),
  };
}

function stackPolicy(rules: readonly Rule[], settings: PackSettings, record: InputRecord): StackValidationPolicy {
  return {
    name: STACK_POLICY,
    description: "Resources that complete each other are judged together",
    enforcementLevel: "mandatory",
    configSchema: { properties: mutable(stackConfig) },
    validateStack: (args, report) => {
      const given = resolveConfig(stackConfig, configuration(args));
      if (given.problems.length > 0) report(`its configuration is wrong: ${given.problems.join("; ")}`);
      const disabled = given.values.disabledRules as string[];
      const index = new StackIndex(stackResources(args, record));
      for (const rule of rules.filter((candidate) => !disabled.includes(candidate.id))) {
        const { values } = resolveConfig(rule.config ?? {}, {});
        const level = levelOf(rule, settings.profile);
        const findings = guarded(() => rule.stack?.(index, { ...settings, config: values }) ?? []);
        for (const [resource, own] of byResource(findings)) {
          const properties = resource?.inputs?.raw() ?? resource?.properties.raw() ?? null;
          reportFindings(rule, own, { urn: resource?.urn ?? "", properties, level, settings, report });
        }
      }
    },
  };
}

const stackConfig: Readonly<Record<string, ConfigProperty>> = {
  disabledRules: {
    type: "array",
    description:
      "Rules whose whole-stack part is not run; their part for single resources has its own enforcement level",
    items: { type: "string" },
    default: [],
  },
};

function byResource(findings: readonly Finding[]): Map<StackResource | undefined, Finding[]> {
  const groups = new Map<StackResource | undefined, Finding[]>();
  for (const finding of findings) {
    const resource = "resource" in finding ? (finding as StackFinding).resource : undefined;
    groups.set(resource, [...(groups.get(resource) ?? []), finding]);
  }
  return groups;
}

function stackResources(args: StackValidationArgs, record: InputRecord): StackResource[] {
  return args.resources.map((resource) => ({
    urn: resource.urn,
    name: resource.name,
    type: resource.type,
    properties: new Property(toPlain(resource.props), ""),
    inputs: record.of(resource.urn),
    sources: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, sources]) => [
        property,
        sources.map((source) => source.urn),
      ]),
    ),
  }));
}

/** A rule that breaks must neither pass nor take other rules down: that it broke is a finding. The error's text may hold values. */
function guarded(check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    const kind = error instanceof Error ? error.name : "an error";
    return [
      fail("", `the rule itself failed (${kind}), so the resource was not judged; this is a defect of the policy pack`),
    ];
  }
}

function configFindings(problems: readonly string[]): Finding[] {
  return problems.map((problem) => fail("", `the rule's configuration is wrong: ${problem}`));
}

function configuration(args: { getConfig<T extends object>(): T }): Record<string, unknown> {
  return args.getConfig<Record<string, unknown>>() ?? {};
}

interface ReportTarget {
  readonly urn: string;
  readonly properties: Plain;
  /** Undefined: the level that the policy is served with, which the run's configuration may have changed. */
  readonly level?: Level;
  readonly settings: PackSettings;
  readonly report: ReportViolation;
}

/** The form in which the SDK takes a level for a single finding. Its typings have the text form only. */
type ReportObject = (finding: {
  name: string;
  description: string;
  message: string;
  urn: string;
  enforcementLevel: Level | undefined;
  severity: string;
}) => void;

/** One message for all that fails, and one for all that is open, about a resource. */
function reportFindings(rule: Rule, findings: readonly Finding[], target: ReportTarget): void {
  for (const verdict of ["fail", "undecided"] as const) {
    const own = findings.filter((finding) => finding.verdict === verdict);
    if (own.length > 0) reportVerdict(rule, verdict, own, target);
  }
}

function reportVerdict(
  rule: Rule,
  verdict: Finding["verdict"],
  findings: readonly Finding[],
  target: ReportTarget,
): void {
  const { urn, properties, level, settings } = target;
  const excusable = verdict === "fail" && rule.deviation !== undefined;
  const deviation: DeviationState = excusable
    ? deviationOf(properties, rule.deviation as string, settings.today)
    : { state: "none" };
  (target.report as unknown as ReportObject)({
    name: rule.id,
    description: rule.title,
    message: messageOf(rule, findings, deviation),
    urn,
    enforcementLevel: effectiveLevel(level, verdict, deviation, settings),
    severity: rule.severity,
  });
}

function effectiveLevel(
  level: Level | undefined,
  verdict: Finding["verdict"],
  deviation: DeviationState,
  settings: PackSettings,
): Level | undefined {
  if (deviation.state === "accepted") return "advisory";
  // In an update everything is known; what is still open then cannot be called safe.
  return verdict === "undecided" && settings.preview !== false ? "advisory" : level;
}

function describe(rule: Rule, level: Level): Omit<ResourceValidationPolicy, "name" | "validateResource"> {
  return {
    description: rule.title,
    displayName: rule.title,
    enforcementLevel: level,
    severity: rule.severity,
    tags: rule.mappings.map((mapping) => `${mapping.framework} ${mapping.control}`),
    remediationSteps: rule.remediation,
    ...(rule.config === undefined ? {} : { configSchema: { properties: mutable(rule.config) } }),
  };
}

function mutable(schema: Readonly<Record<string, ConfigProperty>>): PolicyConfigSchema["properties"] {
  return structuredClone(schema) as unknown as PolicyConfigSchema["properties"];
}

function standIn(type: string): Parameters<typeof validateResourceOfType>[0] {
  return { __pulumiType: type } as unknown as Parameters<typeof validateResourceOfType>[0];
}
