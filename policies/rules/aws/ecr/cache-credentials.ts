import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

/** Registries from which ECR caches only with credentials. Source: Amazon ECR User Guide, Creating a pull through cache rule. */
const guarded = /^(registry-1\.docker\.io|ghcr\.io|registry\.gitlab\.com|cgr\.dev|[^/]+\.azurecr\.io)\/?$/;

const secret = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:ecr-pullthroughcache/hub";
const cache = (upstreamRegistryUrl: Plain, more: Record<string, Plain> = {}): ExampleResource[] => [
  {
    type: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    name: "hub",
    properties: { ecrRepositoryPrefix: "hub", upstreamRegistryUrl, ...more },
  },
];

export const cacheCredentials = rule({
  id: "aws-ecr-cache-credentials",
  title: "Caches of registries that ask who pulls have credentials from Secrets Manager",
  severity: "low",
  rationale:
    "AWS refuses such a cache without credentials, and only after everything before it in the update has been made.",
  remediation: "Set credentialArn to a secret of Secrets Manager whose name begins with ecr-pullthroughcache/.",
  mappings: [],
  unmapped: "no catalogue speaks of the credentials with which registries are cached",
  checks: {
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule": ({ properties }) => {
      const upstream = properties.get("upstreamRegistryUrl");
      const credentials = properties.get("credentialArn");
      const url = upstream.text();
      // A secret of the same program has no ARN yet.
      if (url === undefined || credentials.text() !== undefined) return [];
      if (url === UNKNOWN) return [undecided(upstream)];
      return guarded.test(url) ? [fail(credentials, "is not set, and the registry asks who pulls")] : [];
    },
  },
  examples: [
    {
      title: "Docker Hub with credentials",
      verdict: "pass",
      resources: cache("registry-1.docker.io", { credentialArn: secret }),
    },
    { title: "a registry that asks nobody", verdict: "pass", resources: cache("registry.k8s.io") },
    { title: "Docker Hub without", verdict: "fail", absent: true, resources: cache("registry-1.docker.io") },
    { title: "a registry of Azure without", verdict: "fail", resources: cache("models.azurecr.io") },
    { title: "registry known only later", verdict: "undecided", resources: cache(UNKNOWN) },
  ],
});
