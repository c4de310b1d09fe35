import {
  defaultPolicy,
  isNamedAttested,
  isNamedByOthers,
  KEY_TYPES,
  keyPoliciesOf,
  ownPolicy,
  SCOPE_CONFIG,
  scopedPolicy,
} from "./attested-key-scope";
import type { AttestedKey } from "./attested-keys";
import type { Property } from "./property";
import type { Finding, ResourceCheck, Rule, RuleContext, StackFinding } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";
import { some, type Ternary } from "./statements";

/** What a rule says about the policy of an attested key. */
export type AttestedKeyJudge = (key: AttestedKey, context: RuleContext) => readonly Finding[];

type KeyType = (typeof KEY_TYPES)[number];

/**
 * All places that the policy of an attested key can be at: the key, a resource of its own, or nowhere, so that AWS gives the account
 * everything. What only other resources tell, such as the name of an alias, is judged at the end of the run.
 */
export function attestedKeyChecks(judge: AttestedKeyJudge): Pick<Rule, "checks" | "observes" | "stack" | "config"> {
  const check: ResourceCheck<KeyType> = ({ properties }, context) =>
    ownFindings(judge, properties, isNamedAttested(properties, context.config), context);
  return {
    config: SCOPE_CONFIG,
    checks: Object.fromEntries(KEY_TYPES.map((type) => [type, check])),
    observes: ["aws:kms/alias:Alias", "aws:kms/keyPolicy:KeyPolicy"],
    stack: (index, context) => [
      ...index.ofType(...KEY_TYPES).flatMap((key) => keyFindings(judge, index, key as StackResource, context)),
      ...index
        .ofType("aws:kms/keyPolicy:KeyPolicy")
        .flatMap((policy) => keyPolicyFindings(judge, index, policy as unknown as StackResource, context)),
    ],
  };
}

function ownFindings(
  judge: AttestedKeyJudge,
  properties: Property<unknown>,
  named: Ternary,
  context: RuleContext,
): readonly Finding[] {
  const found = ownPolicy(properties, named, context.config);
  return found.key === undefined ? found.findings : judge(found.key, context);
}

function keyFindings(
  judge: AttestedKeyJudge,
  index: StackIndex,
  key: StackResource,
  context: RuleContext,
): StackFinding[] {
  const properties: Property<unknown> = key.inputs ?? key.properties;
  const own = isNamedAttested(properties, context.config);
  const others = isNamedByOthers(index, key, context.config);
  const named = some(own, others);
  if (named === false) return [];
  const attach = (findings: readonly Finding[]) => findings.map((finding) => ({ ...finding, resource: key }));
  if (!(properties as Property<{ policy?: string }>).get("policy").isAbsent) {
    // Its own tags and conditions had their say before the key was made.
    const before = ownFindings(judge, properties, own, context);
    if (own === true || others === false || before.some(({ verdict }) => verdict === "fail")) return [];
    return attach(weakened(ownFindings(judge, properties, true, context), others));
  }
  const links = keyPoliciesOf(index, key);
  if (links.some(({ certainty }) => certainty === "sure")) return [];
  const certain = named === true && links.length === 0;
  return attach(weakened(judge(defaultPolicy(properties, context.config), context), certain ? true : "unknown"));
}

function keyPolicyFindings(
  judge: AttestedKeyJudge,
  index: StackIndex,
  resource: StackResource,
  context: RuleContext,
): StackFinding[] {
  const owners = index.ofType(...KEY_TYPES).flatMap((key) => {
    const link = keyPoliciesOf(index, key as StackResource).find(
      (candidate) => candidate.resource.urn === resource.urn,
    );
    return link === undefined ? [] : [{ key: key as StackResource, certainty: link.certainty }];
  });
  const [owner] = owners.filter(({ certainty }) => certainty === "sure");
  const names = owners.map(({ key, certainty }): Ternary => {
    const own = isNamedAttested(key.inputs ?? key.properties, context.config);
    const named = some(own, isNamedByOthers(index, key, context.config));
    return named === true && certainty === "maybe" ? "unknown" : named;
  });
  const properties: Property<unknown> | undefined = owner?.key.inputs ?? owner?.key.properties;
  const tags = (properties as Property<{ tags?: unknown }> | undefined)?.get("tags");
  const policy = (resource.inputs ?? resource.properties).entry("policy");
  const found = scopedPolicy(policy, tags, some(...names), context.config);
  const findings = found.key === undefined ? found.findings : judge(found.key, context);
  return findings.map((finding) => ({ ...finding, resource }));
}

/** What would be wrong with an attested key is open as long as it is not known whether this is one. */
function weakened(findings: readonly Finding[], certain: Ternary): readonly Finding[] {
  return certain === true ? findings : findings.map((finding) => ({ ...finding, verdict: "undecided" }));
}
