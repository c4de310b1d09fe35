import { type Property, type Reading, UNKNOWN } from "../property";
import { allOf, anyOf } from "../readings";
import { fail, undecided } from "../rule";
import type { PolicyRule, RoleArgs, RoleBindingArgs, Subject } from "../types/kubernetes-cluster";
import { eachKnownItem } from "./pod";
import { sharedChecks } from "./typed-checks";

export const ROLE_TYPES = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
  "kubernetes:rbac.authorization.k8s.io/v1:RolePatch",
] as const;

export const BINDING_TYPES = [
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch",
] as const;

/** Requests that a rule of a role may allow: any of the verbs on any of the resources. */
export interface Permission {
  /** The API group; empty for the core group. */
  readonly apiGroup: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/**
 * Whether a rule of a role allows some of the requests. As the API server matches: case counts, `*` is everything, `*` before `/exec` is that
 * subresource of everything, and no other pattern exists.
 */
export function grants(rule: Property<PolicyRule>, { apiGroup, resources, verbs }: Permission): Reading<boolean> {
  return allOf([
    someText(rule.get("verbs"), (verb) => verb === "*" || verbs.includes(verb)),
    someText(rule.get("apiGroups"), (group) => group === "*" || group === apiGroup),
    someText(rule.get("resources"), (named) => resources.some((resource) => covers(named, resource))),
  ]);
}

function covers(named: string, resource: string): boolean {
  if (named === "*" || named === resource) return true;
  return named.startsWith("*/") && resource.includes("/") && resource.endsWith(named.slice(1));
}

/** Whether some text of a list is of a kind. The empty text counts, because it names the core API group. */
export function someText(list: Property<string[] | undefined>, accepts: (text: string) => boolean): Reading<boolean> {
  const { items, complete } = list.items();
  const values = items.map((item) => item.raw());
  if (values.some((value) => typeof value === "string" && accepts(value))) return true;
  return !complete || values.includes(UNKNOWN) ? UNKNOWN : false;
}

/** Whether a rule holds for objects of certain names alone. Names that are known only later are names all the same. */
export function isNamed(rule: Property<PolicyRule>): Reading<boolean> {
  const names = rule.get("resourceNames");
  if (names.isBelowUnknown) return UNKNOWN;
  if (names.isUnknown) return true;
  const { items } = names.items();
  return items.length > 0 && items.every((item) => item.isUnknown || item.text() !== undefined);
}

export interface ForbiddenPermissions {
  readonly permissions: readonly Permission[];
  /** What is wrong with a rule that has one of them. */
  readonly otherwise: string;
  /** Whether a rule is harmless once it names the objects that it is for. */
  readonly allowedByName?: boolean;
}

/** Whether a rule of a role has one of the permissions, for more than objects that it names where that is allowed. */
export function hasPermission(
  rule: Property<PolicyRule>,
  { permissions, allowedByName = false }: Omit<ForbiddenPermissions, "otherwise">,
): Reading<boolean> {
  if (rule.isUnknown) return UNKNOWN;
  if (allowedByName && isNamed(rule) === true) return false;
  return anyOf(permissions.map((permission) => grants(rule, permission)));
}

/** Checks for roles of all kinds, none of whose rules may have the permissions. */
export function forbidPermissions(forbidden: ForbiddenPermissions) {
  return ruleChecks((rule) => {
    const has = hasPermission(rule, forbidden);
    if (has === UNKNOWN) return [undecided(rule)];
    return has === true ? [fail(rule, forbidden.otherwise)] : [];
  });
}

/** One check for each rule of roles of all kinds. */
export function ruleChecks(check: (rule: Property<PolicyRule>) => ReturnType<typeof eachKnownItem>) {
  return sharedChecks<(typeof ROLE_TYPES)[number], RoleArgs>(ROLE_TYPES, (role) =>
    eachKnownItem(role.get("rules"), check),
  );
}

/** Whether a subject of a binding is of a kind, such as the group of all users. */
export interface SubjectPattern {
  readonly kind: "Group" | "ServiceAccount" | "User";
  readonly name: RegExp | string;
}

export function isSubject(subject: Property<Subject>, patterns: readonly SubjectPattern[]): Reading<boolean> {
  const kind = subject.get("kind").text();
  const name = subject.get("name").text();
  if (subject.isUnknown) return UNKNOWN;
  const matches = patterns.map((pattern) =>
    allOf([
      kind === UNKNOWN ? UNKNOWN : kind === pattern.kind,
      name === UNKNOWN ? UNKNOWN : name !== undefined && isNameOf(name, pattern),
    ]),
  );
  return anyOf(matches);
}

function isNameOf(name: string, pattern: SubjectPattern): boolean {
  return typeof pattern.name === "string" ? pattern.name === name : pattern.name.test(name);
}

/** Checks for bindings of all kinds, none of whose subjects may be like one of the patterns. */
export function forbidSubjects(patterns: readonly SubjectPattern[], otherwise: string) {
  return sharedChecks<(typeof BINDING_TYPES)[number], RoleBindingArgs>(BINDING_TYPES, (binding) =>
    eachKnownItem(binding.get("subjects"), (subject) => {
      const found = isSubject(subject, patterns);
      if (found === UNKNOWN) return [undecided(subject)];
      return found === true ? [fail(subject, otherwise)] : [];
    }),
  );
}
