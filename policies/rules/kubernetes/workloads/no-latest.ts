import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { imageOf } from "../../../kit/kubernetes/images";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const noLatest = rule({
  id: "k8s-workloads-no-latest",
  title: "No image is whatever is newest",
  severity: "medium",
  rationale:
    "Two pods of one deployment then run different code, and nobody can say which, or go back to what ran before.",
  remediation: "Name the image by its digest, or at least by a version that is never moved.",
  mappings: [{ framework: "NIST 800-53r5", control: "CM-2" }],
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    pod.eachContainer((container) => {
      const property = container.get("image");
      const image = imageOf(container);
      if (image === UNKNOWN) return [undecided(property)];
      if (image === undefined || image.isDigest) return [];
      return image.tag === undefined || image.tag === "latest" ? [fail(property, "has no version")] : [];
    }),
  ),
  examples: [
    {
      title: "a version",
      verdict: "pass",
      resources: containerExample({ image: "registry.example.org/serving:1.4.2" }),
    },
    { title: "a digest", verdict: "pass", resources: podExample() },
    { title: "latest", verdict: "fail", resources: containerExample({ image: "registry.example.org/serving:latest" }) },
    {
      title: "no tag, behind a registry with a port",
      verdict: "fail",
      resources: containerExample({ image: "registry.example.org:5000/serving" }),
    },
    { title: "no image at all", verdict: "pass", absent: true, resources: containerExample({ image: null }) },
    { title: "known only later", verdict: "undecided", resources: containerExample({ image: UNKNOWN }) },
  ],
});
