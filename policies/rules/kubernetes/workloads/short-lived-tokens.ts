import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const projected = (serviceAccountToken: Plain) =>
  podExample({ volumes: [{ name: "token", projected: { sources: [{ serviceAccountToken }] } }] });

export const shortLivedTokens = rule({
  id: "k8s-workloads-short-lived-tokens",
  title: "Projected tokens of service accounts expire soon",
  severity: "medium",
  rationale: "A token that was copied out of a pod works until it expires, wherever it was carried.",
  remediation:
    "Leave expirationSeconds out, which is an hour, or set it to maximumSeconds at most; the kubelet renews it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  config: {
    ...namespaceConfig,
    maximumSeconds: { type: "integer", description: "Longest life of a token in seconds", default: 7200, minimum: 600 },
  },
  checks: judgedPods((pod, { config }) =>
    eachKnownItem(pod.spec.get("volumes"), (volume) =>
      eachKnownItem(volume.get("projected").get("sources"), (source): Finding[] => {
        const life = source.get("serviceAccountToken").get("expirationSeconds");
        const seconds = life.number();
        if (seconds === UNKNOWN) return [undecided(life)];
        return seconds !== undefined && seconds > (config.maximumSeconds as number) ? [fail(life, "is too long")] : [];
      }),
    ),
  ),
  examples: [
    {
      title: "ten minutes, for Vault",
      verdict: "pass",
      resources: projected({ audience: "vault", expirationSeconds: 600, path: "token" }),
    },
    {
      title: "no word, so an hour",
      verdict: "pass",
      absent: true,
      resources: projected({ audience: "vault", path: "token" }),
    },
    {
      title: "a day",
      verdict: "fail",
      resources: projected({ audience: "vault", expirationSeconds: 86_400, path: "token" }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: projected({ path: "token", expirationSeconds: UNKNOWN }),
    },
  ],
});
