import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { imageOf } from "../../../kit/kubernetes/images";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const imageRegistry = rule({
  id: "k8s-workloads-image-registry",
  title: "Images come from registries that are allowed",
  severity: "high",
  rationale: "Nobody of yours scans, signs or keeps what a public registry has, and what it has changes or goes away.",
  remediation: "Copy the image into a registry of allowedRegistries, or add its registry there after a review.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.1.4" },
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...namespaceConfig,
    allowedRegistries: {
      type: "array",
      description: "Hosts of registries; * stands for any part of a host. Default: private ECR of every partition",
      items: { type: "string" },
      default: [
        "*.dkr.ecr.*.amazonaws.com",
        "*.dkr.ecr-fips.*.amazonaws.com",
        "*.dkr.ecr.*.amazonaws.com.cn",
        "*.dkr-ecr.*.on.aws",
      ],
    },
  },
  checks: judgedPods((pod, { config }) =>
    pod.eachContainer((container) => {
      const property = container.get("image");
      const image = imageOf(container);
      if (image === UNKNOWN) return [undecided(property)];
      if (image === undefined || isAllowed(image.registry, config.allowedRegistries as readonly string[])) return [];
      return [fail(property, "comes from another registry")];
    }),
  ),
  examples: [
    { title: "private ECR", verdict: "pass", resources: podExample() },
    {
      title: "a registry that the configuration allows",
      verdict: "pass",
      config: { allowedRegistries: ["registry.example.org"] },
      resources: containerExample({ image: "registry.example.org/serving:1" }),
    },
    { title: "no image", verdict: "pass", absent: true, resources: containerExample({ image: null }) },
    {
      title: "Docker Hub, which is meant where no host is",
      verdict: "fail",
      resources: containerExample({ image: "vllm/vllm:1" }),
    },
    {
      title: "a host that only looks like ECR",
      verdict: "fail",
      resources: containerExample({
        image: "evil.example.org/111122223333.dkr.ecr.eu-central-1.amazonaws.com/serving",
      }),
    },
    { title: "known only later", verdict: "undecided", resources: containerExample({ image: UNKNOWN }) },
  ],
});

function isAllowed(registry: string, allowed: readonly string[]): boolean {
  return allowed.some((host) => {
    const parts = host.split("*").map((part) => part.replace(/[^\w-]/g, "\\$&"));
    return new RegExp(`^${parts.join("[a-z0-9-]+")}$`, "i").test(registry);
  });
}
