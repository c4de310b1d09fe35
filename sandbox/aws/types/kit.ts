import type { Properties, WorldResource } from "../world/model";
import { type Context, type Reference, type Refusal, sources } from "./entry";
import { list, object, text, texts } from "./templates";

/** Seconds until a new IAM principal is known everywhere. AWS says "a few seconds"; the provider waits up to two minutes for it. */
export const principalDelay = 10;
export const principalRetry = 120;

/** Durations in the form of the table: creation, update, deletion. */
export const lasts = (create: number, update: number, remove: number) => ({
  create,
  update,
  delete: remove,
  source: sources.seen,
});

/** A reference to a resource by its id that AWS checks. */
export function needs(path: string, to: string | string[], missing: Refusal, more: Partial<Reference> = {}): Reference {
  return { path, to: typeof to === "string" ? [to] : to, missing, ...more };
}

/** A reference that AWS takes without looking, noted for the graph. */
export function names(
  path: string,
  to: string | string[],
  by: string[] = ["id"],
  more: Partial<Reference> = {},
): Reference {
  return { path, to: typeof to === "string" ? [to] : to, by, ...more };
}

export interface Statement {
  effect: string;
  actions: string[];
  notActions: string[];
  /** `*`, service names, ARNs and account numbers. */
  principals: { kind: string; value: string }[];
  resources: string[];
  hasCondition: boolean;
}

/** The statements of a policy document; undefined when the text is no policy. */
export function readPolicy(document: unknown): Statement[] | undefined {
  let parsed: unknown = document;
  if (typeof document === "string") {
    try {
      parsed = JSON.parse(document);
    } catch {
      return undefined;
    }
  }
  const { Statement: raw } = object(parsed);
  if (raw === undefined) return undefined;
  return (Array.isArray(raw) ? raw : [raw]).map((one) => {
    const statement = object(one);
    return {
      effect: String(statement.Effect ?? ""),
      actions: many(statement.Action),
      notActions: many(statement.NotAction),
      principals: principalsOf(statement.Principal),
      resources: many(statement.Resource),
      hasCondition: Object.keys(object(statement.Condition)).length > 0,
    };
  });
}

const many = (value: unknown): string[] => (typeof value === "string" ? [value] : texts(value));

function principalsOf(value: unknown): Statement["principals"] {
  if (typeof value === "string") return [{ kind: "AWS", value }];
  return Object.entries(object(value)).flatMap(([kind, inner]) => many(inner).map((one) => ({ kind, value: one })));
}

/** Whether a pattern of an IAM policy (`kms:*`, `kms:Put?ey`) matches, letters compared without case. */
export function matches(pattern: string, action: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "i").test(action);
}

export function allowsAction(statement: Statement, action: string): boolean {
  if (statement.effect !== "Allow") return false;
  if (statement.notActions.length > 0) return !statement.notActions.some((pattern) => matches(pattern, action));
  return statement.actions.some((pattern) => matches(pattern, action));
}

export const roleType = "aws:iam/role:Role";
export const serviceLinkedRoleType = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
export const keyType = "aws:kms/key:Key";

/** The IAM principals of this account that a document names. */
function ownPrincipals(context: Context, statements: Statement[]): string[] {
  return statements
    .flatMap((statement) => statement.principals)
    .filter(({ kind, value }) => kind === "AWS" && value.startsWith("arn:") && value.split(":")[4] === context.account)
    .map(({ value }) => value)
    .filter((arn) => !arn.endsWith(":root") && arn.split(":")[2] === "iam");
}

/** Roles that policies name; AWS refuses a policy with a principal that does not exist, or that is not visible yet. */
export function checkPrincipals(
  context: Context,
  document: unknown,
  refusal: Refusal,
): { seconds: number; reason: string }[] {
  const statements = readPolicy(document);
  const waits: { seconds: number; reason: string }[] = [];
  for (const arn of ownPrincipals(context, statements ?? [])) {
    const role = context.world.find([roleType, serviceLinkedRoleType, "aws:iam/user:User"], arn, ["arn"]);
    if (role === undefined) context.refuse(refusal, { value: arn });
    const wait = waitUntilVisible(role, context);
    if (wait > 0) waits.push({ seconds: wait, reason: `${role.urn ?? arn} was not visible yet` });
  }
  return waits;
}

/** Seconds until a role is visible to the service that is asked. */
export function waitUntilVisible(role: WorldResource, context: Context): number {
  return Math.max(0, role.created.end + principalDelay - Math.max(context.now, role.created.end));
}

/** Refuses a document that is no policy. */
export function checkDocument(context: Context, property: string, refusal: Refusal): void {
  const value = context.inputs[property];
  if (value === undefined) return;
  const statements = readPolicy(value);
  if (statements === undefined || statements.some(({ effect }) => effect !== "Allow" && effect !== "Deny"))
    context.refuse(refusal);
}

/** Whether a key's policy lets a service use it: directly, or by `*` with a condition. */
export function keyAllowsService(key: WorldResource, service: string): boolean {
  const statements = readPolicy(key.outputs.policy) ?? [];
  return statements.some(
    (statement) =>
      (allowsAction(statement, "kms:GenerateDataKey") || allowsAction(statement, "kms:Encrypt")) &&
      statement.principals.some(({ kind, value }) => (kind === "Service" && matches(value, service)) || value === "*"),
  );
}

/** Whether a role can be assumed by a service. */
export function trusts(role: WorldResource, services: string[]): boolean {
  const statements = readPolicy(role.outputs.assumeRolePolicy) ?? [];
  return statements.some(
    (statement) =>
      (allowsAction(statement, "sts:AssumeRole") || allowsAction(statement, "sts:TagSession")) &&
      statement.principals.some(({ kind, value }) => kind === "Service" && services.includes(value)),
  );
}

/** ARNs of the managed policies that are attached to a role. */
export function attachedPolicies(context: Context, role: WorldResource): string[] {
  const attached = context.world
    .resources("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter((one) => one.outputs.role === role.id)
    .map((one) => String(one.outputs.policyArn));
  return [...attached, ...texts(role.outputs.managedPolicyArns)];
}

export { list, object, text, texts };
