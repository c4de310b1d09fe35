import { type Plain, type Property, UNKNOWN } from "../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../kit/rule";

/** Findings for arguments that hold a credential, whatever it is. */
const credentials =
  (...names: readonly string[]) =>
  ({ properties }: { properties: Property<unknown> }): Finding[] =>
    names.flatMap((name) => {
      const argument = properties as Property<Record<string, string>>;
      const property = argument.get(name);
      if (property.isUnknown) return [undecided(property)];
      return property.isAbsent || property.raw() === ""
        ? []
        : [fail(property, "holds a credential that is kept in the stack's state")];
    });
const provider = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "pulumi:providers:vault",
    name: "vault",
    properties: { address: "https://vault.internal:8200", ...properties },
  },
];
const engine = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:aws/secretBackend:SecretBackend", name: "aws", properties: { path: "aws", ...properties } },
];

export const noStaticCredentials = rule({
  id: "vault-no-static-credentials",
  title: "Vault and its provider are given no static credentials",
  severity: "high",
  rationale:
    "A token, key or password in a program's arguments is in its state, its backups and the memory of all who deploy.",
  remediation:
    "Log the provider in with authLoginJwt, authLoginAws or the environment; give engines a role (roleArn, identityTokenAudience) or a write-only argument (…Wo).",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "IA-5(7)" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-05" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "pulumi:providers:vault": credentials("token", "authLoginUserpass"),
    "vault:aws/secretBackend:SecretBackend": credentials("accessKey", "secretKey"),
    "vault:jwt/authBackend:AuthBackend": credentials("oidcClientSecret"),
    "vault:ldap/authBackend:AuthBackend": credentials("bindpass", "clientTlsKey"),
    "vault:ldap/secretBackend:SecretBackend": credentials("bindpass", "clientTlsKey"),
  },
  examples: [
    {
      title: "login with the identity of the pipeline",
      verdict: "pass",
      resources: provider({ authLoginJwt: { role: "deploy" } }),
    },
    { title: "token from the environment", verdict: "pass", absent: true, resources: provider({}) },
    {
      title: "engine with a role",
      verdict: "pass",
      resources: engine({ roleArn: "arn:aws:iam::111122223333:role/vault" }),
    },
    { title: "a token", verdict: "fail", resources: provider({ token: "example" }) },
    { title: "keys of a user", verdict: "fail", resources: engine({ accessKey: "example", secretKey: "example" }) },
    {
      title: "the secret of an OIDC client",
      verdict: "fail",
      resources: [
        { type: "vault:jwt/authBackend:AuthBackend", name: "people", properties: { oidcClientSecret: "example" } },
      ],
    },
    {
      title: "passwords of directories",
      verdict: "fail",
      resources: [
        { type: "vault:ldap/authBackend:AuthBackend", name: "people", properties: { bindpass: "example" } },
        { type: "vault:ldap/secretBackend:SecretBackend", name: "accounts", properties: { bindpass: "example" } },
      ],
    },
    { title: "token known only later", verdict: "undecided", resources: provider({ token: UNKNOWN }) },
  ],
});
