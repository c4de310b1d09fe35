import { DATABASE_FAMILIES } from "gabion-knowledge";
import { databaseTypes, familyOf, isCopy } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const instance = exampleOf("aws:rds/instance:Instance", "features");
const cluster = exampleOf("aws:rds/cluster:Cluster", "features");

export const rdsDefaultPort = rule({
  id: "aws-rds-default-port",
  title: "Databases do not listen on the port that everybody tries",
  severity: "low",
  rationale:
    "Scanners and worms try the ports of well-known engines; another port keeps such noise away, though no attacker who looks.",
  remediation: "Set port to another one than the engine's own, and let security groups name that port.",
  mappings: [{ framework: "AWS FSBP", control: "RDS.23" }],
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: sameCheck(databaseTypes, (properties) => {
    const port = at(properties, "port");
    const number = port.number();
    const family = familyOf(properties);
    if (number === UNKNOWN) return [undecided(port)];
    if (family === UNKNOWN) {
      const isOther = number !== undefined && !DATABASE_FAMILIES.some((one) => one.port === number);
      return isOther ? [] : [undecided(at(properties, "engine"))];
    }
    if (family === undefined || (number === undefined && isCopy(properties))) return [];
    if (number !== undefined && number !== family.port) return [];
    return [fail(port, number === undefined ? "is not set, so it is the engine's own" : "is the engine's own")];
  }),
  examples: [
    { title: "another port", verdict: "pass", resources: instance({ engine: "postgres", port: 6432 }) },
    { title: "the port of PostgreSQL", verdict: "fail", resources: instance({ engine: "postgres", port: 5432 }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: cluster({ engine: "aurora-mysql" }) },
    {
      title: "port known only later",
      verdict: "undecided",
      resources: instance({ engine: "postgres", port: UNKNOWN }),
    },
  ],
});
