import { sources, type TypeEntry } from "../entry";
import { known, lasts, object, text } from "../kit";
import { inCluster, invalid } from "./shared";

const providerName = ({ inputs }: { inputs: Record<string, unknown> }): string =>
  String(object(inputs.oidc).identityProviderConfigName);

const identityProvider: TypeEntry = {
  type: "aws:eks/identityProviderConfig:IdentityProviderConfig",
  label: "EKS Identity Provider Config",
  api: "EKS",
  operations: {
    create: "AssociateIdentityProviderConfig",
    update: "TagResource",
    delete: "DisassociateIdentityProviderConfig",
  },
  provider: "aws_eks_identity_provider_config",
  cloudFormation: "AWS::EKS::IdentityProviderConfig",
  id: (context) => `${String(context.inputs.clusterName)}:${providerName(context)}`,
  arn: (context) =>
    `arn:${context.partition}:eks:${context.region}:${context.account}:identityproviderconfig/${String(context.inputs.clusterName)}/oidc/${providerName(context)}/${context.ids.uuid("config")}`,
  computed: { status: () => "ACTIVE" },
  references: [{ ...inCluster, holds: true }],
  unique: [
    {
      by: (properties) => text(properties.clusterName),
      refusal: {
        code: "ResourceLimitExceeded",
        message: "Cluster {value} already has an identity provider config of the type oidc.",
      },
    },
  ],
  seconds: lasts(900, 1, 600),
  facts: [
    known("one provider a cluster, at an HTTPS address", sources.guide),
    known("the cluster is deleted after it", sources.guide),
  ],
  rules(context) {
    const { issuerUrl } = object(context.inputs.oidc);
    if (!String(issuerUrl).startsWith("https://")) {
      context.refuse(invalid(`The issuer URL ${String(issuerUrl)} must begin with https://`));
    }
  },
};

export const entries: TypeEntry[] = [identityProvider];
