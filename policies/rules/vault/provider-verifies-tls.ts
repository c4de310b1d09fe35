import { requireFalse } from "../../kit/checks";
import { type Plain, UNKNOWN } from "../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../kit/rule";

const provider = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "pulumi:providers:vault", name: "vault", properties },
];
const address = "https://vault.internal:8200";

export const providerVerifiesTls = rule({
  id: "vault-provider-verifies-tls",
  title: "Deployments talk to Vault by TLS and verify its certificate",
  severity: "high",
  rationale: "Whoever stands between a deployment and Vault otherwise gets its token, and with it all that it may do.",
  remediation: "Give the provider an https address and the authority in caCertFile, and leave skipTlsVerify out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    "pulumi:providers:vault": ({ properties }) => {
      const place = properties.get("address");
      const text = place.text();
      const open = text === UNKNOWN ? [undecided(place)] : [];
      const plain = typeof text === "string" && /^http:/i.test(text) ? [fail(place, "is not https")] : [];
      return [...open, ...plain, ...requireFalse(properties.get("skipTlsVerify"), "takes any certificate for Vault's")];
    },
  },
  remedies: {
    "pulumi:providers:vault": ({ properties }) =>
      properties.get("skipTlsVerify").flag() === true ? { skipTlsVerify: false } : undefined,
  },
  examples: [
    { title: "https", verdict: "pass", resources: provider({ address, skipTlsVerify: false }) },
    { title: "verified by default", verdict: "pass", absent: true, resources: provider({ address }) },
    { title: "any certificate", verdict: "fail", resources: provider({ address, skipTlsVerify: true }) },
    {
      title: "any certificate, as the text that providers get",
      verdict: "fail",
      resources: provider({ address, skipTlsVerify: "true" }),
    },
    { title: "no TLS", verdict: "fail", resources: provider({ address: "http://vault.internal:8200" }) },
    { title: "address known only later", verdict: "undecided", resources: provider({ address: UNKNOWN }) },
  ],
});
