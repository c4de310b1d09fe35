import { texts } from "../checks";
import type { Plain, Property } from "../property";
import { type ExampleResource, type Finding, fail, type RuleContext, undecided } from "../rule";
import { longerThan } from "./durations";

/** What roles of all auth methods say about the tokens that they give out. */
export interface TokenRole {
  tokenExplicitMaxTtl?: number;
  tokenMaxTtl?: number;
  tokenPeriod?: number;
  tokenPolicies?: string[];
  tokenTtl?: number;
}

type RoleCheck = (resource: { readonly properties: Property<unknown> }, context: RuleContext) => readonly Finding[];

/** Roles of all auth methods. */
export const tokenRoleTypes = [
  "vault:appRole/authBackendRole:AuthBackendRole",
  "vault:aws/authBackendRole:AuthBackendRole",
  "vault:index/certAuthBackendRole:CertAuthBackendRole",
  "vault:jwt/authBackendRole:AuthBackendRole",
  "vault:kubernetes/authBackendRole:AuthBackendRole",
  "vault:tokenauth/authBackendRole:AuthBackendRole",
] as const;

type ForRoles<T> = Readonly<Record<(typeof tokenRoleTypes)[number], T>>;

/** The same for the roles of all auth methods, for example one check. */
function forRoles<T>(one: T): ForRoles<T> {
  return Object.fromEntries(tokenRoleTypes.map((type) => [type, one])) as ForRoles<T>;
}

/** One check for the roles of all auth methods. */
export function tokenRoleChecks(check: (role: Property<TokenRole>, context: RuleContext) => readonly Finding[]) {
  return forRoles<RoleCheck>(({ properties }, context) => check(properties as Property<TokenRole>, context));
}

type RoleRemedy = (
  resource: { readonly properties: Property<unknown> },
  context: RuleContext,
) => Readonly<Record<string, Plain>> | undefined;

/** One remedy for the roles of all auth methods. */
export function tokenRoleRemedies(
  change: (role: Property<TokenRole>, context: RuleContext) => Readonly<Record<string, Plain>> | undefined,
) {
  return forRoles<RoleRemedy>(({ properties }, context) => change(properties as Property<TokenRole>, context));
}

/** Tokens must end soon: a bounded first life, a bounded life with renewals, and no period, which would renew them forever. */
export function tokenLifeFindings(role: Property<TokenRole>, ttl: number, maxTtl: number): Finding[] {
  return [
    ...longerThan(role.get("tokenTtl"), ttl, "is not set, so that the mount's default of up to 32 days holds"),
    ...lastEnd(role, maxTtl),
    ...longerThan(role.get("tokenPeriod"), 0),
  ];
}

/** Either of two arguments ends a token for good. */
function lastEnd(role: Property<TokenRole>, most: number): Finding[] {
  const bound = (name: "tokenMaxTtl" | "tokenExplicitMaxTtl") =>
    longerThan(role.get(name), most, "is not set, so that renewals go on as long as the mount lets them");
  const renewals = bound("tokenMaxTtl");
  const explicit = bound("tokenExplicitMaxTtl");
  if (renewals.length === 0 || explicit.length === 0) return [];
  const open = [...renewals, ...explicit].filter(({ verdict }) => verdict === "undecided");
  return open.length > 0 ? open : renewals;
}

/** Bound values of a role that hold nobody back: only wildcards, or none at all where `missing` says what that means. */
export function unboundFindings(list: Property<unknown>, everything: string, missing?: string): Finding[] {
  const { values, open } = texts(list);
  const wide = values.filter((value) => /^\*+$/.test(value)).map(() => fail(list, everything));
  if (wide.length > 0) return wide.slice(0, 1);
  if (open) return [undecided(list)];
  return values.length === 0 && missing !== undefined ? [fail(list, missing)] : [];
}

/** A role of a pod, for examples; what is changed to null is left out. */
export function podRole(change: Record<string, Plain> = {}): ExampleResource {
  const properties = {
    backend: "kubernetes",
    roleName: "trainer",
    boundServiceAccountNames: ["trainer"],
    boundServiceAccountNamespaces: ["training"],
    audience: "vault",
    tokenPolicies: ["trainer"],
    tokenTtl: 900,
    tokenMaxTtl: 3600,
    ...change,
  };
  return {
    type: "vault:kubernetes/authBackendRole:AuthBackendRole",
    name: "trainer",
    properties: Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)),
  };
}
