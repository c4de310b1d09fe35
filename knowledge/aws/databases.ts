import { documented, type Source } from "../source";

/** What the engines of RDS and Aurora of one family have in common. */
export interface DatabaseFamily {
  /** How the family's engines and parameter groups begin. */
  readonly prefix: string;
  /** Where it listens when a program names no port. */
  readonly port: number;
  /** The logs, as CloudWatch exports name them, that tell of access and failures. */
  readonly logs: readonly string[];
  /** Whether users can sign in with tokens of IAM. */
  readonly hasIamAuthentication: boolean;
  /** The parameter that refuses connections without TLS; undefined where an option does that instead. */
  readonly tlsParameter?: string;
  /** The first version, major and minor, for which that parameter is on by itself. */
  readonly tlsByDefaultFrom?: readonly [number, number];
}

export const DATABASE_SOURCES: Readonly<Record<string, Source>> = {
  logs: documented("Amazon RDS User Guide, Publishing database logs to Amazon CloudWatch Logs"),
  iam: documented("Amazon RDS User Guide, IAM database authentication for MariaDB, MySQL, and PostgreSQL"),
  tls: documented(
    "Amazon RDS User Guide, Requiring SSL/TLS for MySQL, MariaDB, PostgreSQL; Amazon Aurora User Guide, Security",
    "on by default since PostgreSQL 15, Aurora PostgreSQL 17, MariaDB 11.8 and MySQL 9.7",
  ),
};

const mysql = { port: 3306, hasIamAuthentication: true, tlsParameter: "require_secure_transport" };
const postgres = { port: 5432, logs: ["postgresql"], hasIamAuthentication: true, tlsParameter: "rds.force_ssl" };

/** Longer prefixes stand before shorter ones that they begin with. */
export const DATABASE_FAMILIES: readonly DatabaseFamily[] = [
  { prefix: "aurora-postgresql", ...postgres, tlsByDefaultFrom: [17, 0] },
  { prefix: "aurora-mysql", ...mysql, logs: ["audit"] },
  { prefix: "postgres", ...postgres, tlsByDefaultFrom: [15, 0] },
  { prefix: "mysql", ...mysql, logs: ["audit", "error"], tlsByDefaultFrom: [9, 7] },
  { prefix: "mariadb", ...mysql, logs: ["audit", "error"], tlsByDefaultFrom: [11, 8] },
  {
    prefix: "sqlserver",
    port: 1433,
    logs: ["error"],
    hasIamAuthentication: false,
    tlsParameter: "rds.force_ssl",
  },
  { prefix: "oracle", port: 1521, logs: ["alert", "audit", "listener"], hasIamAuthentication: false },
  { prefix: "db2", port: 50000, logs: ["diag.log", "notify.log"], hasIamAuthentication: false },
];

/** The family of an engine (`aurora-mysql`) or of a parameter group's family (`aurora-mysql8.0`); undefined for none that RDS has. */
export function databaseFamily(name: string): DatabaseFamily | undefined {
  const lower = name.toLowerCase();
  return DATABASE_FAMILIES.find(({ prefix }) => lower.startsWith(prefix));
}

/** Whether a version such as `15`, `8.0.36` or `8.0.mysql_aurora.3.05.2` refuses connections without TLS by itself. */
export function hasTlsByDefault({ tlsByDefaultFrom }: DatabaseFamily, version: string): boolean {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  if (tlsByDefaultFrom === undefined || major === undefined) return false;
  const [fromMajor, fromMinor] = tlsByDefaultFrom;
  return Number(major) > fromMajor || (Number(major) === fromMajor && Number(minor ?? 0) >= fromMinor);
}

/** The version at the end of a parameter group's family: `15` of `postgres15`, `8.0` of `aurora-mysql8.0`. */
export function familyVersion(family: string): string {
  return /(\d[\d.]*)$/.exec(family)?.[1] ?? "";
}
