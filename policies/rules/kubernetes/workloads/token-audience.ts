import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const projected = (...sources: Plain[]) => podExample({ volumes: [{ name: "token", projected: { sources } }] });

export const tokenAudience = rule({
  id: "k8s-workloads-token-audience",
  title: "Projected tokens of service accounts say whom they are for",
  severity: "medium",
  rationale:
    "A token without an audience opens the Kubernetes API, so whichever service a pod shows it to may act as the pod there.",
  remediation:
    "Set audience to the service that reads the token, for example vault; a volume for the Kubernetes API also has kube-root-ca.crt.",
  mappings: [{ framework: "NIST 800-53r5", control: "IA-5" }],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    eachKnownItem(pod.spec.get("volumes"), (volume) => {
      const sources = volume.get("projected").get("sources");
      // With the cluster's own certificate authority beside it, the token is for the Kubernetes API and meant to be.
      const authorities = sources.items().items.map((source) => source.get("configMap").entry("name").text());
      if (authorities.includes("kube-root-ca.crt")) return [];
      return eachKnownItem(sources, (source): Finding[] => {
        const token = source.get("serviceAccountToken");
        if (token.isAbsent) return [];
        const audience = token.get("audience");
        if (audience.isBelowUnknown) return [undecided(audience)];
        return audience.isAbsent || audience.raw() === "" ? [fail(audience, "is not set")] : [];
      });
    }),
  ),
  examples: [
    {
      title: "for Vault",
      verdict: "pass",
      resources: projected({ serviceAccountToken: { audience: "vault", path: "token" } }),
    },
    {
      title: "for the Kubernetes API",
      verdict: "pass",
      resources: projected({ serviceAccountToken: { path: "token" } }, { configMap: { name: "kube-root-ca.crt" } }),
    },
    {
      title: "for nobody in particular",
      verdict: "fail",
      absent: true,
      resources: projected({ serviceAccountToken: { path: "token" } }),
    },
    { title: "sources known only later", verdict: "undecided", resources: podExample({ volumes: UNKNOWN }) },
  ],
});
