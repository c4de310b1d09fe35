import { readAttestationKey, type StatementModel } from "gabion-knowledge";
import {
  accountRoot,
  allow,
  attestedKeyExample,
  deny,
  measurement,
  openingActions,
  tpm,
} from "../../../kit/attested-key-examples";
import { attestedKeyChecks } from "../../../kit/attested-key-rule";
import { type AttestedKey, attestationConditions } from "../../../kit/attested-keys";
import { type GoldenValue, hexOf, readGoldenValues } from "../../../kit/golden-values";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const other = "b2".repeat(48);
const base64 = Buffer.from(measurement, "hex").toString("base64");
const scope = attestedKeyChecks((key, { config }) => {
  const { values, problems } = readGoldenValues(config.measurements);
  const wrong = problems.map((place) => fail("", `entry ${place} of the rule's own list is no measurement`));
  if (values.length === 0) return wrong;
  return [...wrong, ...key.policy.statements.flatMap((statement) => statementFindings(key, statement, values))];
});

export const goldenMeasurements = rule({
  id: "ml-12-golden-measurements",
  title: "The measurements that an attested key accepts are those of approved images",
  severity: "high",
  rationale:
    "A measurement that nobody approved is that of an image that nobody looked at, and it opens the key as well as any other.",
  remediation:
    "Put the measurement into the rule's list once its image is approved, or take it out of the key's policy. An entry is 96 hexadecimal digits or the same 48 bytes in base64, with the register before it where it is for that one alone: NitroTPMPCR4=….",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "SI-7(1)" },
    { framework: "ISO 27001:2022", control: "A.8.32" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0018" },
    { framework: "OWASP AISVS 1.0", control: "C4.2.1" },
  ],
  ...scope,
  config: {
    ...scope.config,
    measurements: {
      type: "array",
      items: { type: "string" },
      description: "Measurements of approved images. None: the rule has nothing to hold policies against.",
      default: [],
    },
  },
  examples: [
    {
      title: "a measurement of the list",
      verdict: "pass",
      config: { measurements: [measurement] },
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: measurement } })]),
    },
    {
      title: "the list in base64, as some tools print measurements",
      verdict: "pass",
      config: { measurements: [base64] },
      resources: attestedKeyExample([
        allow("kms:Decrypt", { StringEqualsIgnoreCase: { [tpm(7)]: measurement.toUpperCase() } }),
      ]),
    },
    {
      title: "a Deny of a measurement that was taken back",
      verdict: "pass",
      config: { measurements: [measurement] },
      resources: attestedKeyExample([deny("kms:Decrypt", { StringEquals: { [tpm(7)]: other } })]),
    },
    {
      title: "no list",
      verdict: "pass",
      absent: true,
      resources: attestedKeyExample(null),
    },
    {
      title: "one of two is not in the list",
      verdict: "fail",
      config: { measurements: [measurement] },
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: [measurement, other] } })]),
    },
    {
      title: "approved for another register",
      verdict: "fail",
      config: { measurements: [`NitroTPMPCR4=${measurement}`] },
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: measurement } })]),
    },
    {
      title: "in what a Deny lets through",
      verdict: "fail",
      config: { measurements: [measurement] },
      resources: attestedKeyExample([
        allow("kms:*", undefined, accountRoot),
        deny(openingActions, { StringNotEquals: { [tpm(7)]: [measurement, other] } }),
      ]),
    },
    {
      title: "an entry of the list that is no measurement",
      verdict: "fail",
      config: { measurements: ["latest"] },
      resources: attestedKeyExample([allow("kms:Decrypt", { StringEquals: { [tpm(7)]: measurement } })]),
    },
    {
      title: "policy known only later",
      verdict: "undecided",
      config: { measurements: [measurement] },
      resources: attestedKeyExample(UNKNOWN),
    },
  ],
});

/** Values that let somebody in: those an Allow asks for, and those a Deny spares. */
function statementFindings(key: AttestedKey, statement: StatementModel, golden: readonly GoldenValue[]): Finding[] {
  const where = statementPath(key.property, statement);
  const letting = attestationConditions(statement).filter(
    ({ negated }) => statement.effect === "unknown" || negated === (statement.effect === "Deny"),
  );
  return letting.flatMap(({ key: name, values, unknownValues }): Finding[] => {
    const register = readAttestationKey(name);
    const isGolden = (value: string) =>
      golden.some(
        (entry) =>
          entry.hex === hexOf(value) &&
          (entry.register === undefined ||
            (entry.register.kind === register?.kind && entry.register.pcr === register.pcr)),
      );
    if (!values.every(isGolden)) return [fail(where, "names a measurement that is not in the list of approved ones")];
    return unknownValues ? [undecided(where, "a measurement is known only after deployment")] : [];
  });
}
