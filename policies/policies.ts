import type { Policies } from "@pulumi/policy";
import { compileRules } from "./kit/compile";
import type { PackSettings } from "./kit/settings";
import { rules } from "./rules";

/** The policies of the pack for a run. Building them starts nothing, unlike the pack itself. */
export function policiesFor(settings: PackSettings): Policies {
  return compileRules(rules, settings);
}
