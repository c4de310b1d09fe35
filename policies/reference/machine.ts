import type { ConfigProperty, Rule } from "../kit/rule";
import { levelOf } from "../kit/rule";
import { groupNames, groupsOf } from "../kit/select";
import { LEVELS, PROFILES } from "../kit/settings";

/** What programs read of the rules: reports take titles, help and controls from it. */
export function catalogue(rules: readonly Rule[], pageOf: (rule: Rule) => string): object {
  return {
    format: 1,
    rules: rules.map((rule) => ({
      id: rule.id,
      title: rule.title,
      severity: rule.severity,
      groups: groupsOf(rule),
      rationale: rule.rationale,
      remediation: rule.remediation,
      levels: Object.fromEntries(PROFILES.map((profile) => [profile, levelOf(rule, { profile })])),
      controls: rule.mappings,
      help: `${pageOf(rule)}#${rule.id}`,
    })),
  };
}

/** The JSON Schema of the pack's settings in a stack file, for editors. */
export function settingsSchema(rules: readonly Rule[]): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of Gabion's policy pack in a Pulumi stack file",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          "gabion-policies:profile": {
            enum: [...PROFILES],
            description: "How strict the rules are. Default: baseline",
          },
          "gabion-policies:groups": {
            type: "array",
            items: { enum: groupNames(rules) },
            description: "Groups whose rules run. Default: all",
          },
          "gabion-policies:rules": {
            type: "object",
            properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
            additionalProperties: false,
          },
        },
      },
    },
  };
}

function ruleSchema(rule: Rule): object {
  const level = { enum: LEVELS.filter((name) => name !== "remediate" || rule.remedies !== undefined) };
  const properties = Object.entries(rule.config ?? {}).map(([name, property]) => [name, propertySchema(property)]);
  return {
    description: rule.title,
    anyOf: [
      level,
      { type: "object", properties: { level, ...Object.fromEntries(properties) }, additionalProperties: false },
    ],
  };
}

const propertySchema = (property: ConfigProperty): object => ({ ...property });
