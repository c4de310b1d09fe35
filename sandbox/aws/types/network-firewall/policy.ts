import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, list, needs, object } from "../kit";
import {
  inUse,
  invalid,
  isStrict,
  ownName,
  policyType,
  ruleGroupType,
  taken,
  tlsType,
  updateToken,
  withKey,
} from "./shared";

const policy: TypeEntry = {
  type: policyType,
  label: "NetworkFirewall Firewall Policy",
  api: "Network Firewall",
  provider: "aws_networkfirewall_firewall_policy",
  cloudFormation: "AWS::NetworkFirewall::FirewallPolicy",
  id: "arn:{partition}:network-firewall:{region}:{account}:firewall-policy/{name}",
  arn: "{id}",
  autoname: { property: "name", maxLength: 128 },
  computed: { updateToken },
  changing: ["updateToken"],
  replaces: [
    {
      property: "firewallPolicy.statefulEngineOptions.ruleOrder",
      source: sources.code,
      sure: "certain",
      when: (before, after) => isStrict(before) !== isStrict(after),
    },
  ],
  references: [
    needs(
      "firewallPolicy.statefulRuleGroupReferences[].resourceArn",
      ruleGroupType,
      invalid("Rule group {value} does not exist"),
      { by: ["arn"], holds: true },
    ),
    needs(
      "firewallPolicy.statelessRuleGroupReferences[].resourceArn",
      ruleGroupType,
      invalid("Rule group {value} does not exist"),
      { by: ["arn"], holds: true },
    ),
    needs(
      "firewallPolicy.tlsInspectionConfigurationArn",
      tlsType,
      invalid("TLS inspection configuration {value} does not exist"),
      { by: ["arn"], holds: true },
    ),
    withKey,
  ],
  unique: [{ by: ownName, refusal: taken("FirewallPolicy") }],
  quotas: [
    {
      limit: 20,
      per: ({ region }) => region,
      refusal: { code: "LimitExceededException", message: "The maximum number of firewall policies has been reached." },
    },
  ],
  deletionRefused: inUse,
  deletionRetrySeconds: 600,
  seconds: lasts(3, 3, 15),
  facts: [
    known(
      "rule groups with the policy's own order of rules; priorities in strict order and there alone",
      sources.guide,
    ),
    known("a policy in use stays; the provider tries for ten minutes", sources.code),
    known("20 policies a Region; 30 000 units of capacity in a policy", sources.quotas),
    likely("wording of the refusals about order and priorities", sources.api),
  ],
  rules: policyRules,
};

const actionsOf = (value: unknown): string[] => list(value).map(String);

function policyRules(context: Context): undefined {
  const inner = object(context.inputs.firewallPolicy);
  const strict = isStrict(object(inner.statefulEngineOptions).ruleOrder);
  const references = list(inner.statefulRuleGroupReferences).map(object);
  const refuse = (message: string) => context.refuse(invalid(message));
  const priorities = references.map((one) => one.priority).filter((one) => one !== undefined);
  if (strict && priorities.length < references.length) {
    refuse("Priority is required for stateful rule groups when the rule order is STRICT_ORDER");
  }
  if (!strict && priorities.length > 0) {
    refuse("Priority must not be given for stateful rule groups when the rule order is DEFAULT_ACTION_ORDER");
  }
  if (new Set(priorities).size < priorities.length) refuse("Priorities of stateful rule groups must be unique");
  if (!strict && actionsOf(inner.statefulDefaultActions).length > 0) {
    refuse("StatefulDefaultActions are allowed only with the rule order STRICT_ORDER");
  }
  for (const actions of [inner.statelessDefaultActions, inner.statelessFragmentDefaultActions]) {
    const standard = actionsOf(actions).filter((one) => ["aws:pass", "aws:drop", "aws:forward_to_sfe"].includes(one));
    if (standard.length !== 1) {
      refuse("Stateless default actions need exactly one of aws:pass, aws:drop, aws:forward_to_sfe");
    }
  }
  checkGroups(context, strict);
}

function checkGroups(context: Context, strict: boolean): void {
  const stateful = context.targets("firewallPolicy.statefulRuleGroupReferences[].resourceArn");
  const other = stateful.find((group) => isStrict(orderOf(group)) !== strict);
  if (other !== undefined) {
    context.refuse(
      invalid(`Rule order of rule group ${String(other.arn)} does not match the firewall policy's rule order`),
    );
  }
  const capacity = stateful.reduce((sum, group) => sum + Number(group.outputs.capacity), 0);
  if (capacity > 30_000) {
    context.refuse({
      code: "LimitExceededException",
      message: `Stateful rule group capacity ${capacity} exceeds the limit of 30000 of a firewall policy`,
    });
  }
}

const orderOf = (group: WorldResource): unknown =>
  object(object(group.outputs.ruleGroup).statefulRuleOptions).ruleOrder;

export const entries: TypeEntry[] = [policy];
