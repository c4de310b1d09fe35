import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:ssm/parameter:Parameter";
const parameter = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "registry",
  properties,
});
const telling = /passw(or)?d|passphrase|secret|token|credential|(api|access|private)[-_]?key/i;

export const ssmSecureParameters = rule({
  id: "aws-ssm-secure-parameters",
  title: "Parameters that are named like secrets are encrypted",
  severity: "high",
  rationale: "A parameter of type String is shown in the clear to everyone who may read or list parameters.",
  remediation:
    'Set type "SecureString", better keep the secret in Secrets Manager or Vault, or give the parameter another name.',
  mappings: [{ framework: "NIST 800-53r5", control: "SC-28" }],
  checks: {
    [type]: ({ properties }) => {
      const kind = properties.get("type");
      const kindName = kind.text();
      const name = properties.get("name").text();
      if (kindName === "SecureString") return [];
      if (name === UNKNOWN) return [undecided(properties.get("name"))];
      if (name === undefined || !telling.test(name)) return [];
      return [kindName === UNKNOWN ? undecided(kind) : fail(kind, 'is not "SecureString"')];
    },
  },
  examples: [
    {
      title: "encrypted",
      verdict: "pass",
      resources: [parameter({ name: "/registry/token", type: "SecureString" })],
    },
    { title: "no secret", verdict: "pass", resources: [parameter({ name: "/registry/host", type: "String" })] },
    { title: "in the clear", verdict: "fail", resources: [parameter({ name: "/registry/api-key", type: "String" })] },
    { title: "without a type", verdict: "fail", absent: true, resources: [parameter({ name: "/registry/password" })] },
    {
      title: "type known only later",
      verdict: "undecided",
      resources: [parameter({ name: "/registry/token", type: UNKNOWN })],
    },
  ],
});
