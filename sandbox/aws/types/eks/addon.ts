import { ADDONS, type AddonName, defaultAddonVersion } from "gabion-knowledge";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, needs, roleType, text, trusts, unsure } from "../kit";
import { addonType, inCluster, invalid } from "./shared";

const noRole = invalid("Role provided in the request does not exist. ({value})");

const addon: TypeEntry = {
  type: addonType,
  label: "EKS Add-On",
  api: "EKS",
  operations: { create: "CreateAddon", update: "UpdateAddon", delete: "DeleteAddon" },
  provider: "aws_eks_addon",
  cloudFormation: "AWS::EKS::Addon",
  id: "{clusterName}:{addonName}",
  arn: (context) =>
    `arn:${context.partition}:eks:${context.region}:${context.account}:addon/${String(context.inputs.clusterName)}/${String(context.inputs.addonName)}/${context.ids.uuid("addon")}`,
  computed: {
    addonVersion: (context) => defaultVersion(context),
    configurationValues: () => "",
    createdAt: (context) => context.date,
    modifiedAt: (context) => context.date,
    namespaceConfig: (context) => ({ namespace: namespaceOf(context) }),
  },
  changing: ["modifiedAt"],
  json: ["configurationValues"],
  references: [
    { ...inCluster, holds: true },
    needs("serviceAccountRoleArn", roleType, noRole, { by: ["arn"], asksIam: true }),
    needs("podIdentityAssociations[].roleArn", roleType, noRole, { by: ["arn"], asksIam: true }),
  ],
  unique: [
    {
      by: ({ clusterName, addonName }) => `${String(clusterName)} ${String(addonName)}`,
      refusal: { code: "ResourceInUseException", message: "Addon already exists.", status: 409 },
    },
  ],
  seconds: lasts(30, 30, 15),
  facts: [
    known("one of each name, existing roles, JSON or YAML configuration, known versions' form", sources.api),
    likely("which add-ons there are", sources.guide),
    unsure("which version the API picks for those without a pinned one", sources.guide),
  ],
  rules: addonRules,
};

const rowOf = (context: Context) => ADDONS.find((row) => row.name === context.inputs.addonName);

const namespaceOf = (context: Context): string => rowOf(context)?.serviceAccount?.namespace ?? "kube-system";

function defaultVersion(context: Context): string {
  const version = text(context.target("clusterName")?.outputs.version) ?? "";
  return defaultAddonVersion(context.inputs.addonName as AddonName, version) ?? "v1.0.0-eksbuild.1";
}

function addonRules(context: Context): undefined {
  const name = String(context.inputs.addonName);
  // Marketplace add-ons carry their vendor in front; the list of AWS's own is known.
  if (rowOf(context) === undefined && !name.includes("_") && !moreAddons.includes(name)) {
    context.refuse(invalid(`Addon ${name} specified is not supported`));
  }
  const version = text(context.inputs.addonVersion);
  if (version !== undefined && !/^v\d+\.\d+\.\d+(-eksbuild\.\d+)?$/.test(version)) {
    context.refuse(invalid(`Addon version specified is not supported (${version})`));
  }
  const cluster = context.target("clusterName");
  const minor = text(cluster?.outputs.version);
  if (name === "kube-proxy" && version !== undefined && minor !== undefined && !version.startsWith(`v${minor}.`)) {
    context.refuse(invalid(`Addon version specified is not supported (${version} on Kubernetes ${minor})`));
  }
  checkValues(context, name);
  for (const role of context.targets("podIdentityAssociations[].roleArn")) {
    if (!trusts(role, ["pods.eks.amazonaws.com"])) {
      context.refuse(invalid(`Trust policy of role ${String(role.arn)} is not valid for EKS Pod Identity`));
    }
  }
}

/** Add-ons that Gabion has no row for. Source: EKS User Guide, AWS add-ons. */
const moreAddons = [
  "adot",
  "amazon-sagemaker-hyperpod-taskgovernance",
  "amazon-sagemaker-hyperpod-training-operator",
  "aws-network-flow-monitoring-agent",
  "aws-privateca-connector-for-kubernetes",
  "aws-secrets-store-csi-driver-provider",
  "cert-manager",
  "external-dns",
  "fluent-bit",
  "kube-state-metrics",
  "prometheus-node-exporter",
];

/** JSON is checked; text that does not begin like JSON is YAML, and taken. */
function checkValues(context: Context, name: string): void {
  const values = text(context.inputs.configurationValues)?.trim();
  if (values === undefined || !/^[[{]/.test(values)) return;
  try {
    JSON.parse(values);
  } catch {
    context.refuse(invalid(`ConfigurationValue provided in request is not supported: ${name} takes JSON or YAML`));
  }
}

export const entries: TypeEntry[] = [addon];
