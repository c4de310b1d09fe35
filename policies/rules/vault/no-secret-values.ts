import { type Plain, type Property, UNKNOWN } from "../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../kit/rule";

const valueCheck = ({ properties }: { properties: Property<unknown> }): Finding[] => {
  const data = (properties as Property<{ dataJson?: string }>).get("dataJson");
  if (data.isUnknown)
    return [undecided(data, "holds something that is known only after deployment, and then stays in the state")];
  const raw = data.raw();
  const empty = data.isAbsent || raw === "" || (typeof raw === "string" && /^\s*\{\s*\}\s*$/.test(raw));
  return empty ? [] : [fail(data, "holds values, which are kept in the stack's state")];
};
const secret = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "vault:kv/secretV2:SecretV2",
    name: "registry",
    properties: { mount: "secret", name: "registry", ...properties },
  },
];

export const noSecretValues = rule({
  id: "vault-no-secret-values",
  title: "Programs write no secrets into Vault that stay in their state",
  severity: "medium",
  rationale:
    "A secret that a program writes is kept a second time in the stack's state, where Vault's policies and audit do not reach.",
  remediation: "Use dataJsonWo of SecretV2, or let people and engines write the secret and the program only its place.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5(7)" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-05" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "vault:generic/secret:Secret": valueCheck,
    "vault:kv/secret:Secret": valueCheck,
    "vault:kv/secretV2:SecretV2": valueCheck,
    "vault:generic/endpoint:Endpoint": (resource) => {
      const path = resource.properties.get("path");
      const text = path.text();
      if (text === UNKNOWN) return valueCheck(resource).length > 0 ? [undecided(path)] : [];
      // Other endpoints take settings; users of userpass have passwords in them.
      return text !== undefined && /(^|\/)users\/[^/]+(\/password)?$/.test(text) ? valueCheck(resource) : [];
    },
  },
  examples: [
    { title: "write-only values", verdict: "pass", resources: secret({ dataJsonWo: "{}", dataJsonWoVersion: 1 }) },
    { title: "a place without values", verdict: "pass", absent: true, resources: secret({}) },
    { title: "values", verdict: "fail", resources: secret({ dataJson: '{"user":"example"}' }) },
    {
      title: "a user's password",
      verdict: "fail",
      resources: [
        {
          type: "vault:generic/endpoint:Endpoint",
          name: "user",
          properties: { path: "auth/userpass/users/ci", dataJson: '{"password":"example"}' },
        },
      ],
    },
    { title: "values known only later", verdict: "undecided", resources: secret({ dataJson: UNKNOWN }) },
  ],
});
