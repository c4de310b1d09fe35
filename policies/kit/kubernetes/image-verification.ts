import { type Property, type Reading, UNKNOWN } from "../property";
import { allOf, anyOf, not } from "../readings";
import type { StackIndex } from "../stack-index";
import type {
  ClusterImagePolicyArgs,
  ImageValidatingPolicyArgs,
  KyvernoFilter,
  KyvernoMatch,
  KyvernoPolicyArgs,
  KyvernoRule,
} from "../types/kubernetes-custom";
import type { ObjectMeta } from "../types/kubernetes-workloads";
import { namespaceLabel, selectsNamespace } from "./label-selectors";

export const KYVERNO_POLICY = "kubernetes:kyverno.io/v1:ClusterPolicy";
const imageValidatingPolicies = [
  "kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy",
  "kubernetes:policies.kyverno.io/v1beta1:ImageValidatingPolicy",
] as const;
const clusterImagePolicies = [
  "kubernetes:policy.sigstore.dev/v1alpha1:ClusterImagePolicy",
  "kubernetes:policy.sigstore.dev/v1beta1:ClusterImagePolicy",
] as const;

/** Policies that verify the signatures of images. */
export const VERIFYING_TYPES = [KYVERNO_POLICY, ...imageValidatingPolicies, ...clusterImagePolicies] as const;

type Namespace = Property<ObjectMeta | undefined>;

/** Whether some policy of the stack verifies the images of a namespace and rejects what is not signed, also when it breaks. */
export function isVerified(index: StackIndex, namespace: Namespace): Reading<boolean> {
  return anyOf([
    ...index.ofType(KYVERNO_POLICY).map((found) => byKyverno(found.inputs ?? found.properties, namespace)),
    ...index
      .ofType(...imageValidatingPolicies)
      .map((found) => byImagePolicy(found.inputs ?? found.properties, namespace)),
    ...index.ofType(...clusterImagePolicies).map((found) => bySigstore(found.inputs ?? found.properties, namespace)),
  ]);
}

/** Kyverno's older kind: rules with their own matches; it only reports unless it is told to enforce. */
function byKyverno(policy: Property<KyvernoPolicyArgs>, namespace: Namespace): Reading<boolean> {
  const spec = policy.get("spec");
  const action = spec.get("validationFailureAction");
  const rules = spec.get("rules").items();
  return allOf([
    differs(spec.get("failurePolicy"), "Ignore"),
    differs(spec.get("webhookConfiguration").get("failurePolicy"), "Ignore"),
    anyOf([
      rules.complete ? false : UNKNOWN,
      ...rules.items.map((item) => {
        const rule = item as unknown as Property<KyvernoRule>;
        const verified = rule.get("verifyImages").items();
        return allOf([
          anyOf([
            verified.complete ? false : UNKNOWN,
            ...verified.items.map((images) =>
              allOf([
                given(images.get("attestors")),
                notFalse(images.get("required")),
                is(images.get("failureAction").isAbsent ? action : images.get("failureAction"), "enforce"),
              ]),
            ),
          ]),
          matches(rule.get("match"), namespace),
          not(matches(rule.get("exclude"), namespace)),
        ]);
      }),
    ]),
  ]);
}

/** A part of a match of Kyverno that is absent matches nothing; `any`, `all` and the plain form exclude each other. */
function matches(match: Property<KyvernoMatch | undefined>, namespace: Namespace): Reading<boolean> {
  if (match.isUnknown) return UNKNOWN;
  const any = match.get("any").items();
  const all = match.get("all").items();
  const parts = (list: typeof any) =>
    list.items.map((part) => filterMatches(part as unknown as Property<KyvernoFilter>, namespace));
  return anyOf([
    match.get("resources").isAbsent ? false : filterMatches(match as unknown as Property<KyvernoFilter>, namespace),
    anyOf([...parts(any), any.complete ? false : UNKNOWN]),
    all.complete && all.items.length === 0 ? false : allOf([...parts(all), all.complete ? true : UNKNOWN]),
  ]);
}

/** Whether a filter takes all pods of a namespace: a selector of objects takes only some. */
function filterMatches(filter: Property<KyvernoFilter>, namespace: Namespace): Reading<boolean> {
  const resources = filter.get("resources");
  if (resources.isAbsent) return false;
  const names = resources.get("namespaces");
  const name = namespace.get("name").text();
  return allOf([
    resources.get("kinds").isAbsent || someText(resources.get("kinds"), (kind) => /^(\*|(v1\/|\*\/)?Pod)$/.test(kind)),
    names.isAbsent || (name === UNKNOWN ? UNKNOWN : someText(names, (pattern) => matchesWildcard(pattern, name ?? ""))),
    selectsNamespace(resources.get("namespaceSelector"), namespace),
    not(given(resources.get("selector"))),
  ]);
}

/** `*` is any text, `?` any letter. */
function matchesWildcard(pattern: string, text: string): boolean {
  let states = new Set([0]);
  const skip = (from: Iterable<number>) => {
    const reached = new Set(from);
    for (const at of reached) if (pattern[at] === "*") reached.add(at + 1);
    return reached;
  };
  states = skip(states);
  for (const letter of text) {
    const next = [...states].flatMap((at) => {
      if (pattern[at] === "*") return [at];
      return pattern[at] === "?" || pattern[at] === letter ? [at + 1] : [];
    });
    states = skip(next);
  }
  return states.has(pattern.length);
}

/** Kyverno's newer kind rejects unless it is told otherwise. */
function byImagePolicy(policy: Property<ImageValidatingPolicyArgs>, namespace: Namespace): Reading<boolean> {
  const spec = policy.get("spec");
  const actions = spec.get("validationActions");
  const constraints = spec.get("matchConstraints");
  return allOf([
    given(spec.get("attestors")),
    actions.isAbsent || someText(actions, (action) => action === "Deny"),
    differs(spec.get("failurePolicy"), "Ignore"),
    notFalse(spec.get("evaluation").get("admission").get("enabled")),
    notFalse(spec.get("validationConfigurations").get("required")),
    selectsNamespace(constraints.get("namespaceSelector"), namespace),
    not(given(constraints.get("objectSelector"))),
  ]);
}

/** The policy controller of sigstore looks only at namespaces that have its label. */
function bySigstore(policy: Property<ClusterImagePolicyArgs>, namespace: Namespace): Reading<boolean> {
  const spec = policy.get("spec");
  const included = namespaceLabel(namespace, "policy.sigstore.dev/include");
  const authorities = spec.get("authorities").items();
  return allOf([
    included === UNKNOWN ? UNKNOWN : included === "true",
    differs(spec.get("mode"), "warn"),
    given(spec.get("authorities")),
    ...authorities.items.map((authority) => differs(authority.get("static").get("action"), "pass")),
  ]);
}

function differs(property: Property<string | undefined>, word: string): Reading<boolean> {
  const text = property.text();
  return text === UNKNOWN ? UNKNOWN : text !== word;
}

function is(property: Property<string | undefined>, word: string): Reading<boolean> {
  const text = property.text();
  return text === UNKNOWN ? UNKNOWN : text?.toLowerCase() === word;
}

function notFalse(property: Property<boolean | undefined>): Reading<boolean> {
  const flag = property.flag();
  return flag === UNKNOWN ? UNKNOWN : flag !== false;
}

/** Whether a list or object has anything in it. */
function given(property: Property<unknown>): Reading<boolean> {
  const raw = property.raw();
  if (raw === UNKNOWN) return UNKNOWN;
  return typeof raw === "object" && raw !== null && Object.keys(raw).length > 0;
}

function someText(list: Property<string[] | undefined>, accepts: (text: string) => boolean): Reading<boolean> {
  const { items, complete } = list.items();
  return anyOf([
    complete ? false : UNKNOWN,
    ...items.map((item): Reading<boolean> => {
      const text = item.text();
      return text === UNKNOWN ? UNKNOWN : text !== undefined && accepts(text);
    }),
  ]);
}
