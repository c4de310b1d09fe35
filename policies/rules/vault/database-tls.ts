import { type Plain, type Property, UNKNOWN } from "../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../kit/rule";

const engines = [
  "elasticsearch",
  "hana",
  "mongodb",
  "mssql",
  "mysql",
  "mysqlAurora",
  "mysqlLegacy",
  "mysqlRds",
  "postgresql",
  "redis",
  "redshift",
  "cassandra",
  "couchbase",
  "influxdb",
] as const;
type Engine = Record<"connectionUrl" | "insecureTls" | "tls", string>;

/** Parameters of drivers that turn TLS off, or take any certificate. */
const off =
  /[?&](sslmode=(disable|allow|prefer)|(tls|ssl)=(false|skip-verify|preferred)|tlsinsecure=true|tlsallowinvalidcertificates=true|encrypt=(disable|false))(&|$)|[;?&]encrypt\s*=\s*(disable|false)/i;

const connection = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "vault:database/secretBackendConnection:SecretBackendConnection", name: "features", properties },
];
const url = (mode: string): Plain => ({
  connectionUrl: `postgresql://{{username}}:{{password}}@db.internal/features${mode}`,
});

export const databaseTls = rule({
  id: "vault-database-tls",
  title: "Vault talks to databases by TLS and verifies their certificates",
  severity: "high",
  rationale: "Vault logs in to a database with rights to make users; whoever stands between gets them.",
  remediation:
    "Take sslmode=disable and the like out of connectionUrl, and leave insecureTls out of the database's block.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    "vault:database/secretBackendConnection:SecretBackendConnection": ({ properties }) =>
      engines.flatMap((name) => {
        const block = (properties as unknown as Property<Record<string, Engine>>).get(name);
        return block.isAbsent ? [] : engineFindings(name, block);
      }),
  },
  examples: [
    { title: "verified", verdict: "pass", resources: connection({ postgresql: url("?sslmode=verify-full") }) },
    {
      title: "no parameter: the driver asks for TLS",
      verdict: "pass",
      absent: true,
      resources: connection({ postgresql: url("") }),
    },
    { title: "TLS off", verdict: "fail", resources: connection({ postgresql: url("?sslmode=disable") }) },
    {
      title: "any certificate",
      verdict: "fail",
      resources: connection({
        mysql: { connectionUrl: "{{username}}:{{password}}@tcp(db.internal)/?tls=skip-verify" },
      }),
    },
    {
      title: "any certificate, by the block",
      verdict: "fail",
      resources: connection({ redis: { host: "cache.internal", tls: true, insecureTls: true } }),
    },
    { title: "a cache without TLS", verdict: "fail", resources: connection({ redis: { host: "cache.internal" } }) },
    {
      title: "address known only later",
      verdict: "undecided",
      resources: connection({ postgresql: { connectionUrl: UNKNOWN } }),
    },
  ],
});

function engineFindings(name: string, block: Property<Engine>): Finding[] {
  if (block.isUnknown) return [undecided(block)];
  const address = block.get("connectionUrl");
  const text = address.text();
  const insecure = block.get("insecureTls");
  const tls = block.get("tls");
  return [
    ...(text === UNKNOWN ? [undecided(address)] : []),
    ...(typeof text === "string" && off.test(text) ? [fail(address, "turns TLS off or takes any certificate")] : []),
    ...(insecure.flag() === UNKNOWN ? [undecided(insecure)] : []),
    ...(insecure.flag() === true ? [fail(insecure, "takes any certificate")] : []),
    ...(tls.flag() === UNKNOWN ? [undecided(tls)] : []),
    ...(tls.flag() === false || (name === "redis" && tls.flag() === undefined) ? [fail(tls, "is off")] : []),
  ];
}
