import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { variableFindings } from "../../../kit/secret-variables";

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
      eachKnownItem(container.get("env"), (variable) =>
        variableFindings(variable, variable.get("name").text(), variable.get("value").text()),
      ),
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
