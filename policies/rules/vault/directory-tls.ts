import { requireFalse } from "../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../kit/rule";

interface Directory {
  insecureTls?: boolean;
  starttls?: boolean;
  url?: string;
}

const directoryCheck = ({ properties }: { properties: Property<unknown> }): Finding[] => {
  const directory = properties as Property<Directory>;
  const url = directory.get("url");
  const starttls = directory.get("starttls");
  const address = url.text();
  const plain = typeof address === "string" && address.split(",").some((part) => /^\s*ldap:/i.test(part));
  const upgraded = starttls.flag();
  return [
    ...requireFalse(directory.get("insecureTls"), "takes any certificate for the directory's"),
    ...(address === UNKNOWN && upgraded !== true ? [undecided(url)] : []),
    ...(plain && upgraded === UNKNOWN ? [undecided(starttls)] : []),
    ...(plain && upgraded !== UNKNOWN && upgraded !== true ? [fail(url, "sends passwords without TLS")] : []),
  ];
};
const directory = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:ldap/authBackend:AuthBackend", name: "people", properties },
];

export const directoryTls = rule({
  id: "vault-directory-tls",
  title: "Vault talks to directories by TLS and verifies their certificates",
  severity: "high",
  rationale: "Passwords of people go to the directory with every login, and whoever stands between reads them.",
  remediation: "Give url as ldaps:// (or set starttls) and leave insecureTls out.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    "vault:ldap/authBackend:AuthBackend": directoryCheck,
    "vault:ldap/secretBackend:SecretBackend": directoryCheck,
  },
  examples: [
    {
      title: "ldaps",
      verdict: "pass",
      resources: directory({ url: "ldaps://directory.internal", insecureTls: false }),
    },
    {
      title: "verified by default",
      verdict: "pass",
      absent: true,
      resources: directory({ url: "ldaps://directory.internal" }),
    },
    { title: "upgraded", verdict: "pass", resources: directory({ url: "ldap://directory.internal", starttls: true }) },
    { title: "plain", verdict: "fail", resources: directory({ url: "ldap://directory.internal" }) },
    {
      title: "any certificate",
      verdict: "fail",
      resources: directory({ url: "ldaps://directory.internal", insecureTls: true }),
    },
    { title: "address known only later", verdict: "undecided", resources: directory({ url: UNKNOWN }) },
  ],
});
