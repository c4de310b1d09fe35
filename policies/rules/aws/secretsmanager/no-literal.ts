import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:secretsmanager/secretVersion:SecretVersion";
const places = ["secretString", "secretBinary", "secretStringWo"] as const;
const version = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "registry",
  properties: { secretId: "registry", ...properties },
});

export const secretNoLiteral = rule({
  id: "aws-secretsmanager-no-literal",
  title: "No secret's value passes through the program",
  severity: "high",
  rationale:
    "What a program hands to AWS stands in its state, its history and often in its source, for all who can read those.",
  remediation:
    "Leave the value to a rotation function, a generator or the owner of the secret, and make only the Secret in the program.",
  mappings: [{ framework: "NIST 800-53r5", control: "IA-5(7)" }],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) =>
      places.flatMap((name) => {
        const place = properties.get(name);
        const value = place.text();
        if (value === UNKNOWN) return [undecided(place, "whether a value is given is known only after deployment")];
        return value === undefined ? [] : [fail(place, "holds the secret itself")];
      }),
  },
  examples: [
    {
      title: "no value: it is put there by others",
      verdict: "pass",
      absent: true,
      resources: [version({ versionStages: ["AWSPENDING"] })],
    },
    { title: "value in the program", verdict: "fail", resources: [version({ secretString: "correct horse" })] },
    { title: "value as bytes", verdict: "fail", resources: [version({ secretBinary: "Y29ycmVjdA==" })] },
    { title: "value known only later", verdict: "undecided", resources: [version({ secretString: UNKNOWN })] },
  ],
});
