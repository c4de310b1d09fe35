import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { imageOf } from "../../../kit/kubernetes/images";
import { containerExample, exampleImage, podExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const imageDigest = rule({
  id: "k8s-workloads-image-digest",
  title: "Images are named by their digest",
  severity: "medium",
  rationale: "A tag can be moved to another image after it was scanned and signed, and the next pod runs that one.",
  remediation: "Write the image as name@sha256:…, for example from the output of the build.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "SI-7" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) =>
    pod.eachContainer((container) => {
      const image = imageOf(container);
      if (image === UNKNOWN) return [undecided(container.get("image"))];
      if (image === undefined) return [fail(container.get("image"), "is not set")];
      return image.isDigest ? [] : [fail(container.get("image"), "is not named by its digest")];
    }),
  ),
  examples: [
    { title: "a digest", verdict: "pass", resources: podExample() },
    {
      title: "a tag beside the digest, which decides",
      verdict: "pass",
      resources: containerExample({ image: exampleImage.replace("@", ":1.4.2@") }),
    },
    {
      title: "a tag, in the cluster's own namespace",
      verdict: "pass",
      resources: podExample({ containers: [{ name: "dns", image: "coredns:1.12" }] }, { namespace: "kube-system" }),
    },
    { title: "no image", verdict: "fail", absent: true, resources: containerExample({ image: null }) },
    { title: "a tag", verdict: "fail", resources: containerExample({ image: "registry.example.org/serving:1.4.2" }) },
    {
      title: "a tag in an init container of a deployment",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        initContainers: [{ name: "fetch", image: "registry.example.org/fetch:2" }],
      }),
    },
    { title: "known only later", verdict: "undecided", resources: containerExample({ image: UNKNOWN }) },
  ],
});
