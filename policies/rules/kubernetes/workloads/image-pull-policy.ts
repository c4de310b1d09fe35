import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { imageOf } from "../../../kit/kubernetes/images";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

export const imagePullPolicy = rule({
  id: "k8s-workloads-image-pull-policy",
  title: "Images that are named by a tag are asked for each time",
  severity: "low",
  rationale:
    "A node that has the tag already runs its old copy, whoever put it there, without asking whether the pod may have it.",
  remediation: 'Name the image by its digest, or set imagePullPolicy to "Always".',
  mappings: [{ framework: "NIST 800-53r5", control: "CM-2" }],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    pod.eachContainer((container): Finding[] => {
      const image = imageOf(container);
      const policy = container.get("imagePullPolicy");
      const chosen = policy.text();
      if (chosen === "Always" || (image !== UNKNOWN && (image === undefined || image.isDigest))) return [];
      if (image === UNKNOWN || chosen === UNKNOWN)
        return [undecided(image === UNKNOWN ? container.get("image") : policy)];
      // Without a policy Kubernetes asks each time only for what has no version.
      const isNewest = image.tag === undefined || image.tag === "latest";
      return chosen === undefined && isNewest ? [] : [fail(policy, "does not ask the registry for a tag")];
    }),
  ),
  examples: [
    { title: "a digest", verdict: "pass", resources: podExample() },
    {
      title: "a tag, asked for each time",
      verdict: "pass",
      resources: containerExample({ image: "registry.example.org/serving:1", imagePullPolicy: "Always" }),
    },
    {
      title: "a tag, and the policy left to Kubernetes",
      verdict: "fail",
      absent: true,
      resources: containerExample({ image: "registry.example.org/serving:1" }),
    },
    {
      title: "never asked for",
      verdict: "fail",
      resources: containerExample({ image: "registry.example.org/serving", imagePullPolicy: "Never" }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: containerExample({ image: "registry.example.org/serving:1", imagePullPolicy: UNKNOWN }),
    },
  ],
});
