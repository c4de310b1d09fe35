import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { type Property, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const noHostAliases = rule({
  id: "k8s-workloads-no-host-aliases",
  title: "No pod has names of its own for addresses",
  severity: "low",
  rationale: "An entry in the pod's hosts file sends a trusted name elsewhere, past the DNS firewall and its log.",
  remediation: "Take hostAliases out, and put the name into a private hosted zone.",
  mappings: [{ framework: "NIST 800-53r5", control: "CM-7" }],
  levels: { baseline: "advisory", regulated: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) => {
    const aliases = (pod.spec as Property<{ hostAliases?: object[] }>).get("hostAliases");
    if (aliases.isUnknown) return [undecided(aliases)];
    return aliases.items().items.length > 0 ? [fail(aliases, "sends names elsewhere")] : [];
  }),
  examples: [
    { title: "names from DNS", verdict: "pass", absent: true, resources: podExample() },
    {
      title: "a name of its own",
      verdict: "fail",
      resources: podExample({ hostAliases: [{ ip: "203.0.113.7", hostnames: ["huggingface.co"] }] }),
    },
    { title: "known only later", verdict: "undecided", resources: podExample({ hostAliases: UNKNOWN }) },
  ],
});
