import { documented, type Source } from "../source";

/** Where {@link isClusterIssuer} is from. */
export const CLUSTER_ISSUER_SOURCE: Source = documented(
  "EKS User Guide, Learn about IPv6 addresses to clusters, pods, and services, IRSA OIDC Issuer URLs",
);

/**
 * Whether an identity provider of IAM, by its ARN or the beginning of a condition key, is the issuer of an EKS cluster's tokens:
 * `oidc.eks.<region>.amazonaws.com`, or `oidc-eks.<region>.api.aws` of clusters with IPv6, in any partition.
 */
export function isClusterIssuer(provider: string): boolean {
  return /(^|\/)oidc[.-]eks(-fips)?\.[a-z0-9-]+\.(amazonaws|api)\./i.test(provider);
}
