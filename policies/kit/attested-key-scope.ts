import {
  looksLikeAttestationKey,
  matchesPattern,
  type PolicyModel,
  ROOTS_OF_TRUST,
  type RootOfTrust,
} from "gabion-knowledge";
import type { AttestedKey } from "./attested-keys";
import { type Property, UNKNOWN } from "./property";
import { policyAt } from "./public-access";
import type { ResourceType } from "./resource-types";
import { type ConfigProperty, type Finding, undecided } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";
import { some, type Ternary } from "./statements";

/** Keys, in whatever way they are made. */
export const KEY_TYPES = [
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/key:Key",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
] as const satisfies readonly ResourceType[];

/** What the scope of attested keys can be told by, for the configuration of each rule about them. */
export const SCOPE_CONFIG = {
  tag: {
    type: "string",
    description: "The tag whose value is the root of trust of a key: nitro-tpm, nitro-enclave or nitro-sandbox.",
    default: "gabion:attestation",
  },
  words: {
    type: "array",
    items: { type: "string" },
    description: "Words in the description, the tags or an alias of a key that mark it as one for attested code.",
    default: ["enclave", "enclaves", "attest", "attested", "attestation", "confidential"],
  },
  classTags: {
    type: "array",
    items: { type: "string" },
    description: "Patterns of tags that give data a class, such as confidential, and so say nothing about attestation.",
    default: ["*class*", "*sensitivity*", "*confidentiality*"],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

type Config = Readonly<Record<string, unknown>>;

interface KeyProperties {
  policy?: unknown;
  description?: string;
  tags?: Record<string, string>;
  primaryKeyArn?: string;
}

/** A policy of a key that is in scope, or findings where that cannot be told or the policy not be read. */
export type ScopedPolicy =
  | { readonly key: AttestedKey; readonly findings?: undefined }
  | { readonly key?: undefined; readonly findings: readonly Finding[] };

/** Whether the key's own tags or description say that it is for attested code. */
export function isNamedAttested(properties: Property<unknown>, config: Config): Ternary {
  const { description, tags } = fieldsOf(properties);
  const raw = tags.raw();
  const entries = typeof raw === "object" && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : [];
  return some(
    textNames(description, config),
    raw === UNKNOWN ? "unknown" : false,
    ...entries.map(([key, value]): Ternary => tagNames(key, value, config)),
  );
}

function fieldsOf(properties: Property<unknown>) {
  const typed = properties as Property<KeyProperties>;
  return { description: typed.get("description"), tags: typed.get("tags"), policy: typed.get("policy") };
}

function textNames(text: Property<unknown>, config: Config): Ternary {
  const value = text.text();
  return value === UNKNOWN ? "unknown" : value !== undefined && hasWord(value, config.words);
}

function tagNames(key: string, value: unknown, { tag, words, classTags }: Config): Ternary {
  if (key === tag) return value === UNKNOWN || value !== "";
  if (listOf(classTags).some((pattern) => matchesPattern(pattern, key, true))) return false;
  if (value === UNKNOWN) return hasWord(key, words) ? true : "unknown";
  if (typeof value !== "string" || /^(false|no|none|off|0)$/i.test(value.trim())) return false;
  return hasWord(key, words) || hasWord(value, words);
}

/** Whether a text has one of the words by itself, in any case, as in `modelEnclave` or `alias/attested/weights`; `non-confidential` has none. */
function hasWord(text: string, words: unknown): boolean {
  const plain = text
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return plain.some((word, index) => listOf(words).includes(word) && !/^(no|non|not)$/.test(plain[index - 1] ?? ""));
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Whether something else of the stack says it: the name of an alias, or the key that this one is a replica of. */
export function isNamedByOthers(index: StackIndex, key: StackResource, config: Config): Ternary {
  const aliases = index.linksTo(key, ["aws:kms/alias:Alias"], "targetKeyId", ["keyId", "id", "arn"]);
  return some(
    ...aliases.map(({ resource, certainty }) => {
      const properties = resource.inputs ?? resource.properties;
      const names = some(textNames(properties.get("name"), config), textNames(properties.get("namePrefix"), config));
      return names === true && certainty === "maybe" ? "unknown" : names;
    }),
    ...primariesOf(index, key).map((primary) => isAttested(primary, config)),
  );
}

function primariesOf(index: StackIndex, replica: StackResource): StackResource[] {
  const sources = replica.sources.primaryKeyArn ?? [];
  return index.ofType(...KEY_TYPES).filter(({ urn }) => sources.includes(urn));
}

function isAttested(key: StackResource, config: Config): Ternary {
  const properties: Property<unknown> = key.inputs ?? key.properties;
  return some(isNamedAttested(properties, config), isConditioned(fieldsOf(properties).policy));
}

/** Whether a policy has conditions on attestation documents already. What is known only later is taken to have none. */
function isConditioned(policy: Property<unknown>): boolean {
  if (policy.isAbsent || policy.isUnknown) return false;
  const { policy: model } = policyAt(policy);
  return (
    model?.statements.some(({ conditions }) => conditions.some(({ key }) => looksLikeAttestationKey(key))) ?? false
  );
}

/** Whether a key of the stack is for attested code, by all that the stack says about it. */
export function isAttestedInStack(index: StackIndex, key: StackResource, config: Config): Ternary {
  const policies = keyPoliciesOf(index, key).map(({ resource }) =>
    isConditioned((resource.inputs ?? resource.properties).entry("policy")),
  );
  return some(isAttested(key, config), isNamedByOthers(index, key, config), ...policies);
}

/** Policies that are resources of their own. */
export function keyPoliciesOf(index: StackIndex, key: StackResource) {
  return index.linksTo(key, ["aws:kms/keyPolicy:KeyPolicy"], "keyId", ["keyId", "id", "arn"]);
}

/** The policy at a place, if it is one of an attested key. `named`: whether anything but the policy says so. */
export function scopedPolicy(
  policy: Property<unknown>,
  tags: Property<unknown> | undefined,
  named: Ternary,
  config: Config,
): ScopedPolicy {
  const read = policyAt(policy);
  if (read.findings !== undefined) return { findings: named === false ? [] : read.findings };
  if (named === true || isConditioned(policy)) {
    return { key: { policy: read.policy, property: policy, ...rootOf(tags, config) } };
  }
  return {
    findings:
      named === false ? [] : [undecided(policy, "whether the key is for attested code is known only after deployment")],
  };
}

/** The policy that a resource itself carries. */
export function ownPolicy(properties: Property<unknown>, named: Ternary, config: Config): ScopedPolicy {
  const { policy, tags } = fieldsOf(properties);
  return policy.isAbsent ? { findings: [] } : scopedPolicy(policy, tags, named, config);
}

/** The policy that AWS gives a key that has none: everything to the account. */
export function defaultPolicy(properties: Property<unknown>, config: Config): AttestedKey {
  const { policy, tags } = fieldsOf(properties);
  return { policy: everythingToTheAccount, property: policy, ...rootOf(tags, config) };
}

function rootOf(
  tags: Property<unknown> | undefined,
  { tag }: Config,
): Pick<AttestedKey, "root" | "openTag" | "uselessTag"> {
  if (tags === undefined || typeof tag !== "string") return { root: undefined };
  if (tags.isUnknown) return { root: undefined, openTag: tags };
  const value = (tags as Property<Record<string, string>>).entry(tag);
  const text = value.text();
  // The name of the tag is of the configuration, and no part of the resource.
  if (text === UNKNOWN) return { root: undefined, openTag: value };
  if (text === "sev-snp") return { root: undefined, uselessTag: value };
  return { root: text !== undefined && Object.hasOwn(ROOTS_OF_TRUST, text) ? (text as RootOfTrust) : undefined };
}

const everythingToTheAccount: PolicyModel = {
  flaws: [],
  statements: [
    {
      index: 0,
      effect: "Allow",
      principals: [{ type: "AWS", value: "root" }],
      notPrincipals: [],
      actions: ["kms:*"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      conditions: [],
      unknown: new Set(),
    },
  ],
};
