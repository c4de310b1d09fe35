import { imageAt } from "../../../kit/kubernetes/images";
import { modelPodRule } from "../../../kit/kubernetes/model-pods";
import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { exampleImage, goodContainer, podExample, varied, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { tierConfig } from "../../../kit/kubernetes/tiers";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { type ExampleResource, type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";

/** A private registry of ECR, of any partition and address family. Group 1: the account. */
const ecrRegistry =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.[a-z0-9-]+\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws|on\.amazonwebservices\.com\.cn|c2s\.ic\.gov|sc2s\.sgov\.gov)$/;

const CACHE = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule";

const cache = (upstreamRegistryUrl: Plain): ExampleResource[] => [
  { type: CACHE, name: "cache", properties: { ecrRepositoryPrefix: "cache", upstreamRegistryUrl } },
];
const serving = { labels: { "gabion.dev/tier": "serving" } };
const withImage = (image: Plain): ExampleResource[] =>
  podExample({ containers: [varied(goodContainer, { image })] }, serving);

const modelImages = modelPodRule(
  (pod, context) => [
    ...pod.eachContainer((container) =>
      // A model server of KServe takes the image of its runtime where it names none.
      container.get("image").isAbsent && pod.type.endsWith(":InferenceService")
        ? []
        : imageFindings(container.get("image"), context),
    ),
    ...eachKnownItem(pod.spec.get("volumes"), (volume) => {
      const image = volume.get("image");
      return image.isAbsent ? [] : imageFindings(image.get("reference"), context);
    }),
  ],
  { accelerated: true },
);

export const imagesByDigest = rule({
  id: "ml-36-images-by-digest",
  title: "Workloads with models run images of our own registries, by digest",
  severity: "high",
  rationale:
    "A tag can be moved to another image, and a public registry serves whatever its owner or a thief of his account pushes.",
  remediation:
    "Name images as <account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>, in containers and in volumes of kind image; mirror what comes from elsewhere, and fill caches (PullThroughCacheRule) from upstreams of the list alone.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
    { framework: "NIST 800-53r5", control: "SR-11" },
    { framework: "ISO 27001:2022", control: "A.8.19" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0010.004" },
    { framework: "OWASP ML Top 10", control: "ML06" },
    { framework: "OWASP AISVS 1.0", control: "C6.1.2" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...tierConfig,
    accounts: {
      type: "array",
      description: "AWS accounts whose registries of ECR may be used; none given: any",
      items: { type: "string" },
      default: [],
    },
    registries: {
      type: "array",
      description: "Other registries that may be used, by host name, for example one of an isolated network",
      items: { type: "string" },
      default: [],
    },
    upstreams: {
      type: "array",
      description:
        "Registries, by host name, from which a pull-through cache of ECR may fill itself, besides those of ECR",
      items: { type: "string" },
      default: ["public.ecr.aws", "registry.k8s.io"],
    },
  },
  ...modelImages,
  checks: { ...modelImages.checks, [CACHE]: ({ properties }, context) => upstreamFindings(properties, context) },
  examples: [
    { title: "an image of ECR by digest", verdict: "pass", resources: withImage(exampleImage) },
    {
      title: "a pod without models",
      verdict: "pass",
      resources: podExample({ containers: [{ name: "a", image: "nginx" }] }),
    },
    {
      title: "a registry that the configuration allows",
      verdict: "pass",
      config: { registries: ["registry.example.internal:5000"] },
      resources: withImage(`registry.example.internal:5000/llm@sha256:${"0f".repeat(32)}`),
    },
    {
      title: "a registry of ECR in China, over IPv6",
      verdict: "pass",
      resources: withImage(`111122223333.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn/a@sha256:${"0f".repeat(32)}`),
    },
    {
      title: "a tag",
      verdict: "fail",
      resources: withImage("111122223333.dkr.ecr.eu-central-1.amazonaws.com/serving:v1"),
    },
    { title: "a public registry", verdict: "fail", resources: withImage(`vllm/vllm-openai@sha256:${"0f".repeat(32)}`) },
    {
      title: "a host whose name begins like a registry of ECR",
      verdict: "fail",
      resources: withImage(`111122223333.dkr.ecr.eu-central-1.amazonaws.com.example.net/a@sha256:${"0f".repeat(32)}`),
    },
    {
      title: "an account that is not ours",
      verdict: "fail",
      config: { accounts: ["444455556666"] },
      resources: withImage(exampleImage),
    },
    { title: "no image", verdict: "fail", absent: true, resources: withImage(null) },
    {
      title: "a model as an image volume by tag, on a GPU",
      verdict: "fail",
      resources: workloadExample("kubernetes:batch/v1:Job", {
        containers: [varied(goodContainer, { resources: { limits: { "nvidia.com/gpu": "8" } } })],
        volumes: [{ name: "weights", image: { reference: "models/llm:latest" } }],
      }),
    },
    {
      title: "a violation beside an image known only later",
      verdict: "fail",
      resources: podExample({ containers: [{ image: UNKNOWN }, { image: "nginx" }] }, serving),
    },
    { title: "a cache of a registry that is allowed", verdict: "pass", resources: cache("registry.k8s.io") },
    {
      title: "a cache of a registry that anyone may push to",
      verdict: "fail",
      resources: cache("registry-1.docker.io"),
    },
    { title: "known only later", verdict: "undecided", resources: withImage(UNKNOWN) },
    { title: "source of a cache known only later", verdict: "undecided", resources: cache(UNKNOWN) },
  ],
});

function imageFindings(image: Property<string | undefined>, { config }: RuleContext): Finding[] {
  const named = imageAt(image);
  if (named === UNKNOWN) return [undecided(image)];
  if (named === undefined) return [fail(image, "is not set")];
  const account = ecrRegistry.exec(named.registry)?.[1];
  const accounts = config.accounts as readonly string[];
  const isOurs =
    (account !== undefined && (accounts.length === 0 || accounts.includes(account))) ||
    (config.registries as readonly string[]).includes(named.registry);
  return [
    ...(isOurs ? [] : [fail(image, "is not of a registry that is allowed")]),
    ...(named.isDigest ? [] : [fail(image, "has no digest")]),
  ];
}

function upstreamFindings(properties: Property<PropertiesOf<typeof CACHE>>, { config }: RuleContext): Finding[] {
  const upstream = properties.get("upstreamRegistryUrl");
  const text = upstream.text();
  if (text === UNKNOWN) return [undecided(upstream)];
  const host = text?.replace(/^https:\/\//, "").split("/")[0] ?? "";
  const isAllowed = ecrRegistry.test(host) || (config.upstreams as readonly string[]).includes(host);
  return isAllowed ? [] : [fail(upstream, "is not a registry that caches may be filled from")];
}
