/**
 * Who may open a key, as KMS decides it: written from IAM's rules of evaluation alone. Nothing here is shared with the rules.
 */
export interface Statement {
  Effect: "Allow" | "Deny";
  Principal?: "*" | { AWS: string | string[] };
  NotPrincipal?: { AWS: string | string[] };
  Action?: string | string[];
  NotAction?: string | string[];
  Resource: string;
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface KeyRequest {
  /** The ARN of a role of the key's account, whose own policies allow it everything. */
  readonly role: string;
  readonly action: string;
  /** Condition keys in lower case with their values; none of attestation where the caller has no document. */
  readonly context: Readonly<Record<string, string>>;
}

export const KEY_ARN = "arn:aws:kms:eu-central-1:111122223333:key/1";

/** Whether the request is allowed. Who can be allowed by the account's identity policies is taken to be. */
export function isAllowed(statements: readonly Statement[], request: KeyRequest): boolean {
  const matching = statements.filter((statement) => matches(statement, request));
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

function matches(statement: Statement, request: KeyRequest): boolean {
  return (
    namesPrincipal(statement, request.role) &&
    namesAction(statement, request.action) &&
    like(statement.Resource, KEY_ARN) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        holds(operator, listOf(values), request.context[key.toLowerCase()]),
      ),
    )
  );
}

function namesPrincipal({ Principal, NotPrincipal }: Statement, role: string): boolean {
  if (NotPrincipal !== undefined) return !isOf(NotPrincipal.AWS, role);
  return Principal === "*" || (Principal !== undefined && isOf(Principal.AWS, role));
}

function isOf(principals: string | string[], role: string): boolean {
  const names = ["*", role, "111122223333", "arn:aws:iam::111122223333:root"];
  return listOf(principals).some((principal) => names.includes(principal));
}

function namesAction({ Action, NotAction }: Statement, action: string): boolean {
  const named = (patterns: string | string[]) =>
    listOf(patterns).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase()));
  return Action === undefined ? !named(NotAction ?? []) : named(Action);
}

function listOf(value: string | string[]): string[] {
  return Array.isArray(value) ? value : [value];
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}

const comparisons: Readonly<Record<string, (wanted: string, given: string) => boolean>> = {
  Equals: (wanted, given) => wanted === given,
  EqualsIgnoreCase: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  Like: like,
};

/** One operator on one key. Keys have one value or none. */
function holds(written: string, wanted: readonly string[], given: string | undefined): boolean {
  if (written === "Null") return wanted.includes(String(given === undefined));
  const forAll = written.startsWith("ForAllValues:");
  const forAny = written.startsWith("ForAnyValue:");
  const ifExists = written.endsWith("IfExists");
  const operator = written.replace(/^For\w+:/, "").replace(/IfExists$/, "");
  const negated = operator.startsWith("StringNot");
  if (given === undefined) {
    if (ifExists || forAll) return true;
    return forAny ? false : negated;
  }
  const compare = comparisons[operator.replace(/^String(Not)?/, "")];
  if (compare === undefined) throw new Error(`no such operator: ${written}`);
  const found = wanted.some((value) => compare(value, given));
  return negated ? !found : found;
}
