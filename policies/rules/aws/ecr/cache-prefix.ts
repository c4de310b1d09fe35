import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const cache = (ecrRepositoryPrefix?: Plain): ExampleResource[] => [
  {
    type: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    name: "hub",
    properties: {
      upstreamRegistryUrl: "registry.k8s.io",
      ...(ecrRepositoryPrefix === undefined ? {} : { ecrRepositoryPrefix }),
    },
  },
];

export const cachePrefix = rule({
  id: "aws-ecr-cache-prefix",
  title: "Caches of other registries stand under a prefix of their own",
  severity: "high",
  rationale:
    "With the prefix ROOT every name that the registry does not have is fetched from upstream, so a mistyped or deleted repository of yours becomes a stranger's.",
  remediation: "Set ecrRepositoryPrefix to a name that none of your repositories begins with, for example cache.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.1.4" },
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": ({ properties }) => {
      const prefix = properties.get("ecrRepositoryPrefix");
      const text = prefix.text();
      if (text === UNKNOWN) return [undecided(prefix)];
      return text === "ROOT" ? [fail(prefix, "is ROOT, so any name may come from upstream")] : [];
    },
  },
  examples: [
    { title: "a prefix", verdict: "pass", resources: cache("cache") },
    { title: "no prefix, which AWS refuses", verdict: "pass", absent: true, resources: cache() },
    { title: "the root of the registry", verdict: "fail", resources: cache("ROOT") },
    { title: "prefix known only later", verdict: "undecided", resources: cache(UNKNOWN) },
  ],
});
