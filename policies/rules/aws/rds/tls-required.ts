import { databaseFamily, familyVersion, hasTlsByDefault } from "gabion-knowledge";
import { databaseTypes, familyOf } from "../../../kit/databases";
import { explainedReferenceParts } from "../../../kit/explained-references";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const groupTypes = [
  "aws:rds/clusterParameterGroup:ClusterParameterGroup",
  "aws:rds/parameterGroup:ParameterGroup",
] as const;
const groupArguments = ["parameterGroupName", "dbClusterParameterGroupName"];
const group = exampleOf("aws:rds/parameterGroup:ParameterGroup", "features");
const clusterGroup = exampleOf("aws:rds/clusterParameterGroup:ClusterParameterGroup", "features");
const instance = exampleOf("aws:rds/instance:Instance", "features");
const cluster = exampleOf("aws:rds/cluster:Cluster", "features");
const forced = (value: string) => ({ parameters: [{ name: "rds.force_ssl", value }] });

// A group of the program has its name only later, and is judged where it is made.
const databases = explainedReferenceParts(databaseTypes, groupArguments, databaseFindings);

export const rdsTlsRequired = rule({
  id: "aws-rds-tls-required",
  title: "Databases refuse connections without TLS",
  severity: "high",
  rationale: "One client that does not ask for TLS sends its password and its data in clear text.",
  remediation:
    'In the parameter group set rds.force_ssl to "1" (PostgreSQL, SQL Server) or require_secure_transport to "ON" (MySQL, MariaDB), and name the group in the database.',
  mappings: [
    { framework: "AWS FSBP", control: "RDS.38" },
    { framework: "AWS FSBP", control: "RDS.39" },
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
  ],
  levels: { baseline: "advisory" },
  checks: { ...sameCheck(groupTypes, groupFindings), ...databases.checks },
  stack: databases.stack,
  examples: [
    { title: "TLS alone", verdict: "pass", resources: group({ family: "postgres14", ...forced("1") }) },
    {
      title: "TLS alone, by a word",
      verdict: "pass",
      resources: clusterGroup({
        family: "aurora-mysql8.0",
        parameters: [{ name: "require_secure_transport", value: "ON" }],
      }),
    },
    { title: "a family that asks for TLS by itself", verdict: "pass", resources: group({ family: "postgres16" }) },
    {
      title: "a database with a group of its own, which is judged itself",
      verdict: "pass",
      resources: [
        ...group({ family: "mysql8.0", parameters: [{ name: "require_secure_transport", value: "1" }] }),
        {
          type: "aws:rds/instance:Instance",
          name: "database",
          properties: { engine: "mysql", engineVersion: "8.0", parameterGroupName: UNKNOWN },
          dependencies: { parameterGroupName: ["features"] },
        },
      ],
    },
    {
      title: "the default group of a version that asks for TLS by itself",
      verdict: "pass",
      resources: instance({ engine: "postgres", engineVersion: "16.4" }),
    },
    {
      title: "nothing said in an older family",
      verdict: "fail",
      absent: true,
      resources: group({ family: "postgres14" }),
    },
    { title: "turned off", verdict: "fail", resources: group({ family: "postgres16", ...forced("0") }) },
    {
      title: "the default group of an engine that takes plain connections",
      verdict: "fail",
      resources: instance({ engine: "mysql", engineVersion: "8.4.3" }),
    },
    {
      title: "the default group, by its name",
      verdict: "fail",
      resources: instance({ engine: "mariadb", parameterGroupName: "default.mariadb10.11" }),
    },
    {
      title: "parameters known only later",
      verdict: "undecided",
      resources: group({ family: "postgres14", parameters: UNKNOWN }),
    },
    {
      title: "the default group of a cluster",
      verdict: "fail",
      resources: cluster({ engine: "aurora-mysql", engineVersion: "8.0.mysql_aurora.3.05.2" }),
    },
    {
      title: "a version known only later",
      verdict: "undecided",
      resources: instance({ engine: "postgres", engineVersion: UNKNOWN }),
    },
  ],
});

function groupFindings(properties: Property<unknown>): Finding[] {
  const family = at(properties, "family");
  const name = family.text();
  if (name === UNKNOWN) return [undecided(family)];
  const known = name === undefined ? undefined : databaseFamily(name);
  if (name === undefined || known?.tlsParameter === undefined) return [];
  const parameters = at(properties, "parameters");
  const { items, complete } = parameters.items();
  const named = items.map((item) => ({ key: at(item, "name").text(), value: at(item, "value") }));
  const own = named.filter(({ key }) => typeof key === "string" && key.toLowerCase() === known.tlsParameter);
  const open = !complete || named.some(({ key }) => key === UNKNOWN);
  const findings = own.flatMap(({ value }) => switchFindings(value));
  if (own.length > 0) return findings;
  if (open) return [undecided(parameters)];
  return hasTlsByDefault(known, familyVersion(name)) ? [] : [fail(parameters, `lacks ${known.tlsParameter}`)];
}

function switchFindings(value: Property<unknown>): Finding[] {
  const text = value.text();
  if (text === UNKNOWN) return [undecided(value)];
  const isOn = value.flag() === true || value.number() === 1 || text?.toLowerCase() === "on";
  return isOn ? [] : [fail(value, "lets plain connections in")];
}

/** A group of one's own is judged where it is made; the default groups are as AWS has them. */
function databaseFindings(properties: Property<unknown>): Finding[] {
  const places = groupArguments.map((name) => at(properties, name));
  const place = places.find((candidate) => !candidate.isAbsent) ?? at(properties, "engine");
  const group = places.find((candidate) => !candidate.isAbsent)?.text();
  if (group === UNKNOWN) return [undecided(place)];
  const [, named] = /^default\.(.+)$/.exec(group ?? "") ?? [];
  if (group !== undefined && named === undefined) return [];
  const family = named === undefined ? familyOf(properties) : databaseFamily(named);
  const engine = at(properties, "engine");
  if (family === UNKNOWN) return [undecided(engine)];
  if (family?.tlsParameter === undefined) return [];
  const version = at(properties, "engineVersion");
  const isOpen = family.tlsByDefaultFrom !== undefined;
  const text = named === undefined ? version.text() : familyVersion(named);
  if (text === UNKNOWN && isOpen) return [undecided(version)];
  if (text === undefined && isOpen) return [undecided(version, "is not set, and decides whether TLS is asked for")];
  if (typeof text === "string" && hasTlsByDefault(family, text)) return [];
  return [fail(place, `is the default group, which lacks ${family.tlsParameter}`)];
}
