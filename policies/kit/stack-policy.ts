import type { PolicyConfigSchema, StackValidationArgs, StackValidationPolicy } from "@pulumi/policy";
import { resolveConfig } from "./config";
import { Property } from "./property";
import { guarded, reportFindings, reportStaleExemptions } from "./report";
import { type Finding, levelOf, type Rule, type StackFinding } from "./rule";
import { plainOf } from "./sdk-properties";
import type { PackSettings } from "./settings";
import { type InputRecord, StackIndex, type StackResource } from "./stack-index";

/** The policy that runs all whole-stack checks over one index. */
export const STACK_POLICY = "gabion-whole-stack";

const configSchema: PolicyConfigSchema = {
  properties: {
    disabledRules: {
      type: "array",
      items: { type: "string" },
      description:
        "Rules whose whole-stack part is not run; their part for single resources has its own enforcement level",
      default: [],
    },
  },
};

/** One policy for all whole-stack checks, because the SDK reads the whole stack anew for each. */
export function stackPolicy(
  rules: readonly Rule[],
  settings: PackSettings,
  record: InputRecord,
): StackValidationPolicy {
  return {
    name: STACK_POLICY,
    description: "Resources that complete each other are judged together",
    enforcementLevel: "mandatory",
    configSchema,
    validateStack: (args, report) => {
      const disabled = args.getConfig<{ disabledRules?: unknown }>().disabledRules;
      const index = new StackIndex(stackResources(args, record));
      for (const rule of rules.filter(({ id }) => !(Array.isArray(disabled) && disabled.includes(id)))) {
        const { values } = resolveConfig(rule.config ?? {}, settings.rules?.[rule.id]?.config ?? {});
        const level = levelOf(rule, settings);
        const findings = guarded(() => rule.stack?.(index, { ...settings, config: values }) ?? []);
        for (const [resource, own] of byResource(findings)) {
          const properties = resource?.inputs?.raw() ?? resource?.properties.raw() ?? null;
          reportFindings(rule, own, { urn: resource?.urn ?? "", properties, level, settings, report });
        }
      }
      reportStaleExemptions(settings, report);
    },
  };
}

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
    properties: new Property(plainOf(resource.props), ""),
    inputs: record.of(resource.urn),
    sources: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, sources]) => [
        property,
        sources.map((source) => source.urn),
      ]),
    ),
  }));
}
