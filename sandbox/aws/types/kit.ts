import type { WorldResource } from "../world/model";
import { type Context, type Fact, type Reference, type Refusal, sources, type Wait } from "./entry";
import { list, nameOf, object, show, text, texts } from "./templates";

/** Seconds until a new IAM principal is known everywhere. AWS says "a few seconds"; the provider waits up to two minutes for it. */
export const principalDelay = 10;

/** A fact that was read in its source. */
export const known = (about: string, source: string): Fact => ({ about, source, sure: "certain" });
/** A fact that follows from a source for something near it, or whose wording is not AWS's own. */
export const likely = (about: string, source: string): Fact => ({ about, source, sure: "likely" });
/** A fact from experience; check it before relying on it. */
export const unsure = (about: string, source: string): Fact => ({ about, source, sure: "unsure" });

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
      effect: text(statement.Effect) ?? "",
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
export const userType = "aws:iam/user:User";
export const policyType = "aws:iam/policy:Policy";
export const rolePolicyType = "aws:iam/rolePolicy:RolePolicy";
export const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const keyType = "aws:kms/key:Key";
export const replicaKeyType = "aws:kms/replicaKey:ReplicaKey";
/** Everything that can be used as a key. */
export const keyTypes = [keyType, replicaKeyType];
export const keyPolicyType = "aws:kms/keyPolicy:KeyPolicy";
export const bucketType = "aws:s3/bucket:Bucket";

/** The IAM principals of this account that a document names. */
function ownPrincipals(context: Context, statements: Statement[]): string[] {
  return statements
    .flatMap((statement) => statement.principals)
    .filter(({ kind, value }) => kind === "AWS" && value.startsWith("arn:") && value.split(":")[4] === context.account)
    .map(({ value }) => value)
    .filter((arn) => !arn.endsWith(":root") && arn.split(":")[2] === "iam")
    .filter((arn) => !arn.includes(":role/aws-service-role/"));
}

/**
 * Roles that policies name; AWS refuses a policy with a principal that does not exist, or that is not visible yet. Service-linked roles are taken as
 * there: the account is one that has been used before, and services make them on first use.
 */
export function checkPrincipals(context: Context, document: unknown, refusal: Refusal): Wait[] {
  return ownPrincipals(context, readPolicy(document) ?? []).flatMap((arn) => {
    const principal = context.world.find([roleType, serviceLinkedRoleType, userType], arn, ["arn"]);
    if (principal === undefined) return context.world.assumes(arn) ? [] : context.refuse(refusal, { value: arn });
    const wait = waitUntilVisible(principal, context);
    return wait > 0 ? [{ seconds: wait, reason: `${principal.urn ?? arn} was not visible yet` }] : [];
  });
}

/** Seconds until a role is visible to the service that is asked. */
export function waitUntilVisible(role: WorldResource, context: Context): number {
  return Math.max(0, role.created.end + principalDelay - context.now);
}

/** Refuses a document that is no policy. */
export function checkDocument(context: Context, property: string, refusal: Refusal): void {
  const value = context.inputs[property];
  if (value === undefined) return;
  const statements = readPolicy(value);
  if (statements === undefined || statements.some(({ effect }) => effect !== "Allow" && effect !== "Deny"))
    context.refuse(refusal);
}

/** The policy that a key has now: that of its `KeyPolicy`, if there is one, else its own. */
export function keyStatements(context: Context, key: WorldResource): Statement[] {
  const apart = context.world
    .resources(keyPolicyType, key.region)
    .find((one) => one.outputs.keyId === key.id || one.outputs.keyId === key.arn);
  return readPolicy(apart?.outputs.policy ?? key.outputs.policy) ?? [];
}

/** Whether a key's policy lets a service use it: directly, or by `*` (then a condition says for whom). */
export function keyAllowsService(context: Context, key: WorldResource, service: string): boolean {
  return keyStatements(context, key).some(
    (statement) =>
      ["kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:Encrypt"].some((action) =>
        allowsAction(statement, action),
      ) &&
      statement.principals.some(({ kind, value }) => (kind === "Service" && matches(value, service)) || value === "*"),
  );
}

/** Whether a key's policy itself lets a role use it; what the account may do by IAM policies does not reach service-linked roles. */
export function keyAllowsRole(context: Context, key: WorldResource, roleName: string): boolean {
  return keyStatements(context, key).some(
    (statement) =>
      (allowsAction(statement, "kms:CreateGrant") || allowsAction(statement, "kms:GenerateDataKeyWithoutPlaintext")) &&
      statement.principals.some(
        ({ kind, value }) => value === "*" || (kind === "AWS" && value.endsWith(`/${roleName}`)),
      ),
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
    .referrers(role.key)
    .filter((one) => one.type === attachmentType)
    .map((one) => String(one.outputs.policyArn));
  return [...attached, ...texts(role.outputs.managedPolicyArns)];
}

/** Everything that policies of this account allow or deny to a role. What AWS's managed policies say is not known here. */
export function statementsOf(context: Context, role: WorldResource): Statement[] {
  const inline = context.world
    .referrers(role.key)
    .filter((one) => one.type === rolePolicyType)
    .map((one) => one.outputs.policy);
  const managed = attachedPolicies(context, role).map(
    (arn) => context.world.find([policyType], arn, ["arn"])?.outputs.policy,
  );
  const own = list(role.outputs.inlinePolicies).map((one) => object(one).policy);
  return [...inline, ...managed, ...own].flatMap((document) => readPolicy(document) ?? []);
}

/** True when one of the managed policies of AWS, or a statement of a policy of this account, lets the role do it. */
export function roleMay(context: Context, role: WorldResource, action: string, byManaged: string[]): boolean {
  const names = attachedPolicies(context, role).map((arn) => arn.slice(arn.lastIndexOf("/") + 1));
  return (
    names.some((name) => byManaged.includes(name)) ||
    statementsOf(context, role).some((statement) => allowsAction(statement, action))
  );
}

/** What a network interface stands in: of what a resource holds, subnets, groups and their VPC. */
export const interfaceHolds = (resource: WorldResource): string[] =>
  resource.holds.filter((key) => /^aws:ec2\/(vpc|subnet|securityGroup|defaultSecurityGroup):/.test(key));

/** The account number, Region and partition in an ARN template. */
export const arnOf = (service: string, resource: string): string =>
  `arn:{partition}:${service}:{region}:{account}:${resource}`;

export { list, nameOf, object, show, text, texts };
