import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const reference = { secretKeyRef: { name: "database", key: "password" } };

export const secretsAsFiles = rule({
  id: "k8s-workloads-secrets-as-files",
  title: "Secrets reach pods as files, not as environment variables",
  severity: "low",
  rationale:
    "Variables are inherited by every child process, end up in crash reports and logs, and keep the old value after a rotation.",
  remediation: "Mount the secret as a volume, and let the program read the file, instead of secretKeyRef or secretRef.",
  mappings: [{ framework: "CIS EKS 1.8.0", control: "4.4.1" }],
  levels: { baseline: "advisory", regulated: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    pod.eachContainer((container) => [
      ...eachKnownItem(container.get("env"), (variable) =>
        givenFindings(variable.get("valueFrom").get("secretKeyRef")),
      ),
      ...eachKnownItem(container.get("envFrom"), (source) => givenFindings(source.get("secretRef"))),
    ]),
  ),
  examples: [
    { title: "no variables", verdict: "pass", absent: true, resources: podExample() },
    {
      title: "a plain variable",
      verdict: "pass",
      resources: containerExample({ env: [{ name: "LOG_LEVEL", value: "info" }] }),
    },
    {
      title: "one key of a secret",
      verdict: "fail",
      resources: containerExample({ env: [{ name: "DB_PASSWORD", valueFrom: reference }] }),
    },
    {
      title: "a whole secret",
      verdict: "fail",
      resources: containerExample({ envFrom: [{ secretRef: { name: "database" } }] }),
    },
    {
      title: "a source known only later",
      verdict: "undecided",
      resources: containerExample({ env: [{ name: "DB_PASSWORD", valueFrom: UNKNOWN }] }),
    },
  ],
});

function givenFindings(source: Property<unknown>): Finding[] {
  if (source.isAbsent) return [];
  return [source.isUnknown ? undecided(source) : fail(source, "puts a secret into a variable")];
}
