/** What a kubeconfig is made of. Nothing in it is secret, and nothing changes from run to run. */
export interface KubeconfigInputs {
  readonly clusterName: string;
  /** The URL of the API. */
  readonly endpoint: string;
  /** PEM in base64, as EKS gives it. */
  readonly certificateAuthority: string;
  /** The code of the AWS Region, for example `eu-central-1`. */
  readonly region: string;
}

/**
 * A kubeconfig as JSON, which every reader of YAML takes. Whoever uses it proves who they are with their own AWS identity, by
 * `aws eks get-token`: there is no token in it that could leak, expire, or change a provider from preview to preview.
 */
export function kubeconfig({ clusterName, endpoint, certificateAuthority, region }: KubeconfigInputs): string {
  const named = { cluster: clusterName, user: clusterName };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: clusterName, cluster: { server: endpoint, "certificate-authority-data": certificateAuthority } },
    ],
    contexts: [{ name: clusterName, context: named }],
    "current-context": clusterName,
    users: [
      {
        name: clusterName,
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", clusterName, "--region", region, "--output", "json"],
            interactiveMode: "Never",
          },
        },
      },
    ],
  });
}
