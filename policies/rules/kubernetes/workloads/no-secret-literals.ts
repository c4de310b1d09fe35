import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { eachItem } from "../../../kit/kubernetes/pod";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

/** Names of variables that hold what must not be seen. */
const secretName =
  /(^|_)(PASSWORD|PASSWD|(?<=_)PWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|API_?KEY|(ACCESS|PRIVATE|SECRET|SIGNING|ENCRYPTION)_?KEY)(_VALUE)?$/i;
/** Values that show by their form that they are a credential. Sources: AWS's, GitHub's and Vault's own notes on their formats; RFC 7468. */
const secretValue =
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}|\bhv[sbr]\.[\w-]{24}|-----BEGIN [A-Z ]*PRIVATE KEY-----|:\/\/[^/\s:@]+:[^/\s@]+@/;
/** What tokenizers call their special tokens. */
const harmlessName = /(^|_)(BOS|CLS|EOS|MASK|PAD|SEP|UNK)_TOKEN$/i;
const connectionName = /(^|_)(DATABASE|DB|REDIS|POSTGRES(QL)?|MYSQL|MONGO(DB)?|AMQP|BROKER)_(URL|URI|DSN)$/i;
const env = (variable: Record<string, string | typeof UNKNOWN>) => containerExample({ env: [variable] });

export const noSecretLiterals = rule({
  id: "k8s-workloads-no-secret-literals",
  title: "No environment variable of a pod holds a secret in clear text",
  severity: "critical",
  rationale: "Everyone who may read the pod, the state of the stack or the repository has the secret then.",
  remediation: "Keep the secret in Vault or Secrets Manager and mount it as a file; leave value out.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.4.1" },
    { framework: "NIST 800-53r5", control: "IA-5" },
  ],
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    pod.eachContainer((container) =>
      eachItem(container.get("env"), (variable): Finding[] => {
        const name = variable.get("name").text();
        const value = variable.get("value").text();
        if (value === undefined) return [];
        if (typeof value === "string" && secretValue.test(value)) return [fail(variable, "holds a credential")];
        const looks =
          name === UNKNOWN ? UNKNOWN : name !== undefined && secretName.test(name) && !harmlessName.test(name);
        if (looks === false) {
          // Most values are known only later for good reasons; addresses of databases often have a password in them.
          return value === UNKNOWN && connectionName.test(String(name)) ? [undecided(variable)] : [];
        }
        // A switch holds no secret, and a reference of the form $(NAME) repeats another variable.
        if (typeof value === "string" && /^(true|false|\$\([^)]+\))$/i.test(value)) return [];
        return [
          looks === UNKNOWN || value === UNKNOWN ? undecided(variable) : fail(variable, "holds a secret by its name"),
        ];
      }),
    ),
  ),
  examples: [
    { title: "no variables", verdict: "pass", absent: true, resources: podExample() },
    { title: "a plain setting", verdict: "pass", resources: env({ name: "LOG_LEVEL", value: "info" }) },
    {
      title: "the path of a file with the secret",
      verdict: "pass",
      resources: env({ name: "TOKEN_FILE", value: "/run/token" }),
    },
    { title: "a token of a tokenizer", verdict: "pass", resources: env({ name: "EOS_TOKEN", value: "</s>" }) },
    { title: "a switch", verdict: "pass", resources: env({ name: "REQUIRE_TOKEN", value: "true" }) },
    { title: "a password", verdict: "fail", resources: env({ name: "DB_PASSWORD", value: "example" }) },
    {
      title: "a credential in an address, whatever its name",
      verdict: "fail",
      resources: env({ name: "DATABASE_URL", value: "postgres://app:example@db.internal/app" }),
    },
    { title: "a secret known only later", verdict: "undecided", resources: env({ name: "API_KEY", value: UNKNOWN }) },
  ],
});
