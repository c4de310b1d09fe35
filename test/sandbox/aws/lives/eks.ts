import { clusterInputs, nodeGroupInputs, types } from "../ground";
import { arn, cluster, type Life, step, tagged } from "./support";

export const eks: Life[] = [
  { type: types.cluster, inputs: (g) => clusterInputs(g), change: { deletionProtection: false, ...tagged } },
  { type: types.nodeGroup, before: [cluster], inputs: (g) => nodeGroupInputs(g), change: { labels: { pool: "gpu" } } },
  {
    type: types.addon,
    before: [cluster],
    inputs: () => ({ clusterName: "ml", addonName: "vpc-cni" }),
    change: { configurationValues: '{"enableNetworkPolicy":"true"}' },
  },
  {
    type: types.entry,
    before: [cluster],
    inputs: (g) => ({ clusterName: "ml", principalArn: arn(g.podRole) }),
    change: { kubernetesGroups: ["viewers"] },
  },
  {
    type: types.entryPolicy,
    before: [cluster, step("entry", types.entry, (g) => ({ clusterName: "ml", principalArn: arn(g.podRole) }))],
    inputs: (g) => ({
      clusterName: "ml",
      principalArn: arn(g.podRole),
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      accessScope: { type: "namespace", namespaces: ["ml"] },
    }),
  },
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    before: [cluster],
    inputs: (g) => ({ clusterName: "ml", namespace: "ml", serviceAccount: "train", roleArn: arn(g.podRole) }),
    change: tagged,
  },
  {
    type: "aws:eks/identityProviderConfig:IdentityProviderConfig",
    before: [cluster],
    inputs: () => ({
      clusterName: "ml",
      oidc: { identityProviderConfigName: "people", issuerUrl: "https://id.example.org", clientId: "kubernetes" },
    }),
    change: tagged,
  },
];
