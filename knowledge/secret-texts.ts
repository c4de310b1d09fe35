/** Kinds of secrets that have a form of their own. */
export type SecretKind =
  | "an access key of AWS"
  | "a private key"
  | "a token of a code host"
  | "a token of a model hub or provider"
  | "a token of a chat"
  | "a token of Vault"
  | "a signed token"
  | "a password in an address"
  | "a password or key in an assignment";

/**
 * Sources: the issuers' descriptions of their formats. IAM User Guide, "IAM identifiers" (unique ids); RFC 7468 (PEM); RFC 7519 (JWT);
 * GitHub and GitLab, "token prefixes"; Vault, "token prefixes"; Slack, "token types".
 */
const forms: readonly (readonly [SecretKind, RegExp])[] = [
  ["an access key of AWS", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/],
  ["a token of a code host", /\b(?:gh[oprsu]_[A-Za-z0-9]{36,255}|github_pat_\w{22,255}|glpat-[\w-]{20,255})/],
  ["a token of a model hub or provider", /\b(?:hf_[A-Za-z0-9]{30,255}|nvapi-[\w-]{40,255}|sk-[\w-]{32,255})/],
  ["a token of a chat", /\bxox[abeprs]-[\w-]{10,255}/],
  ["a token of Vault", /\bhv[bsr]\.[\w-]{20,255}/],
  ["a signed token", /\beyJ[\w-]{10,4096}\.eyJ[\w-]{10,4096}\.[\w-]{10,4096}/],
  ["a password in an address", /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"'$<{]{1,128}:[^\s:@/"'$<{]{3,128}@/i],
];

/** What a secret is assigned to; names of files, variables and settings of secrets end in other words. */
const name = String.raw`(?:^|[^\w-])["']?[\w.-]{0,64}(?:passw(?:or)?d|passphrase|secret|secret[_-]?key|access[_-]?key|api[_-]?key|auth[_-]?key|token)["']?`;
/** Not what stands for the value: variables, commands, places to fill in. */
const bare = String.raw`[^\s"'$\`<{(;,&|}\\]{8,256}`;
const quoted = String.raw`"[^"$\`<{\n]{8,256}"|'[^'<{\n]{8,256}'`;
const assignments = [
  new RegExp(`${name}=(${quoted}|${bare})`, "gim"),
  new RegExp(`${name}[ \\t]*[:=][ \\t]+(${quoted}|${bare})[ \\t]*(?:[,;}]|$)`, "gim"),
];
/** References to secrets, and words of settings that end in such a name. */
const harmless = /^["']?(?:arn:|(?:\.{0,2}\/)|[a-z]+:\/\/|(?:required|optional|disabled|enabled)["']?$)/i;

/** Secrets that stand in a text, by kind. A name of a secret, a path to it and a variable for it are none. */
export function secretsIn(text: string): readonly SecretKind[] {
  const found = forms.filter(([, form]) => form.test(text)).map(([kind]) => kind);
  const assigned = assignments.some((assignment) =>
    [...text.matchAll(assignment)].some(([, value = ""]) => !harmless.test(value)),
  );
  return assigned ? [...found, "a password or key in an assignment"] : found;
}
