import { type Context, sources, type TypeEntry } from "../entry";
import { checkDocument, known, lasts, needs, readPolicy, text } from "../kit";

export const malformed = { code: "MalformedPolicyDocument", message: "Syntax errors in policy." };

export const pathOf = (context: Context): string => text(context.inputs.path) ?? "/";

export function checkName(context: Context, longest: number): void {
  const name = text(context.inputs.name);
  if (name !== undefined && (name.length > longest || !/^[\w+=,.@-]+$/.test(name))) {
    context.refuse({
      code: "ValidationError",
      message: `1 validation error detected: Value '${name}' failed to satisfy constraint: 1 to ${longest} characters of [\\w+=,.@-]`,
    });
  }
}

/** An identity policy says nothing about who: that is the identity it is attached to. */
export function noPrincipals(context: Context, document: unknown): void {
  if ((readPolicy(document) ?? []).some((statement) => statement.principals.length > 0)) {
    context.refuse({ code: "MalformedPolicyDocument", message: "Policy document should not specify a principal." });
  }
}

interface NamedIdentity {
  readonly type: string;
  /** As the API calls it. */
  readonly kind: "Group" | "User";
  /** As it stands in ARNs. */
  readonly path: "group" | "user";
  /** Characters. */
  readonly longestName: number;
  readonly idPrefix: string;
  readonly fact: string;
}

/** A user or a group: named once in an account, whatever the case, and kept while it has policies. */
export function namedIdentity({ type, kind, path, longestName, idPrefix, fact }: NamedIdentity): TypeEntry {
  return {
    type,
    label: `IAM ${kind}`,
    api: "IAM",
    global: true,
    provider: `aws_iam_${path}`,
    cloudFormation: `AWS::IAM::${kind}`,
    id: "{name}",
    arn: (context) => `arn:${context.partition}:iam::${context.account}:${path}${pathOf(context)}${context.id}`,
    autoname: { property: "name", maxLength: longestName },
    computed: { uniqueId: (context) => context.ids.iam(idPrefix) },
    unique: [
      {
        by: (properties) => text(properties.name)?.toLowerCase(),
        refusal: { code: "EntityAlreadyExists", message: `${kind} with name {value} already exists.`, status: 409 },
        global: true,
      },
    ],
    deletionRefused: {
      code: "DeleteConflict",
      message: "Cannot delete entity, must delete policies first.",
      status: 409,
    },
    seconds: lasts(1, 1, 1),
    facts: [known(fact, sources.api)],
  };
}

/** A policy in a user or a group. */
export function inlinePolicy(path: NamedIdentity["path"], kind: NamedIdentity["kind"], identity: string): TypeEntry {
  return {
    type: `aws:iam/${path}Policy:${kind}Policy`,
    label: `IAM ${kind} Policy`,
    api: "IAM",
    global: true,
    operations: { create: `Put${kind}Policy`, update: `Put${kind}Policy` },
    provider: `aws_iam_${path}_policy`,
    cloudFormation: `AWS::IAM::${kind}Policy`,
    id: `{${path}}:{name}`,
    autoname: { property: "name", maxLength: 128 },
    computed: {},
    settings: true,
    references: [
      needs(
        path,
        identity,
        { code: "NoSuchEntity", message: `The ${path} with name {value} cannot be found.`, status: 404 },
        { holds: true },
      ),
    ],
    seconds: lasts(1, 1, 1),
    facts: [known(`the ${path} must exist, the document must be a policy`, sources.api)],
    rules(context) {
      checkDocument(context, "policy", malformed);
      noPrincipals(context, context.inputs.policy);
    },
  };
}
