import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, likely, needs, object, roleType, text, texts, trusts, unsure, userType } from "../kit";
import { accessEntryType, authenticationMode, inCluster } from "./shared";

/** Source: EKS API reference, CreateAccessEntry. */
const entryTypes = ["STANDARD", "EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "EC2", "HYBRID_LINUX", "HYPERPOD_LINUX"];

function checkMode(context: Context): void {
  if (authenticationMode(context.target("clusterName")) === "CONFIG_MAP") {
    context.refuse({
      code: "InvalidRequestException",
      message:
        "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    });
  }
}

const accessEntry: TypeEntry = {
  type: accessEntryType,
  label: "EKS Access Entry",
  api: "EKS",
  provider: "aws_eks_access_entry",
  cloudFormation: "AWS::EKS::AccessEntry",
  id: "{clusterName}:{principalArn}",
  computed: {
    accessEntryArn: (context) => {
      const principal = String(context.inputs.principalArn);
      const [kind = "role"] = principal.slice(principal.lastIndexOf(":") + 1).split("/");
      const name = principal.slice(principal.lastIndexOf("/") + 1);
      return `arn:${context.partition}:eks:${context.region}:${context.account}:access-entry/${String(context.inputs.clusterName)}/${kind}/${context.account}/${name}/${context.ids.uuid()}`;
    },
    createdAt: (context) => context.date,
    modifiedAt: (context) => context.date,
    userName: userNameOf,
    type: () => "STANDARD",
  },
  changing: ["modifiedAt"],
  enums: { type: entryTypes },
  references: [
    inCluster,
    needs(
      "principalArn",
      [roleType, userType, "aws:iam/serviceLinkedRole:ServiceLinkedRole"],
      {
        code: "InvalidParameterException",
        message: "The specified principalArn is invalid: invalid principal. ({value} does not exist)",
      },
      { by: ["arn"], asksIam: true },
    ),
  ],
  unique: [
    {
      by: ({ clusterName, principalArn }) => `${String(clusterName)} ${String(principalArn)}`,
      refusal: {
        code: "ResourceInUseException",
        message: "The specified access entry resource is already in use on this cluster.",
        status: 409,
      },
    },
  ],
  seconds: lasts(2, 2, 1),
  facts: [
    known("authentication mode, principals, system: groups, names of groups and users by type", sources.api),
    known(
      "the creator has an entry unless that is switched off; node groups make the one of their role",
      sources.guide,
    ),
  ],
  rules(context) {
    checkMode(context);
    const group = texts(context.inputs.kubernetesGroups).find((name) => name.startsWith("system:"));
    if (group !== undefined) {
      context.refuse({
        code: "InvalidParameterException",
        message: `The kubernetes group name ${group} is invalid, it cannot start with system:`,
      });
    }
    const kind = text(context.inputs.type) ?? "STANDARD";
    if (kind !== "STANDARD" && (texts(context.inputs.kubernetesGroups).length > 0 || text(context.inputs.userName))) {
      context.refuse({
        code: "InvalidParameterException",
        message: `kubernetesGroups and username can't be specified for access entries of type ${kind}`,
      });
    }
  },
};

function userNameOf(context: Context): string {
  const principal = String(context.inputs.principalArn);
  if (!principal.includes(":role/")) return principal;
  const name = principal.slice(principal.lastIndexOf("/") + 1);
  const own = context.inputs.type;
  if (own === "EC2_LINUX" || own === "EC2_WINDOWS" || own === "EC2") return "system:node:{{EC2PrivateDNSName}}";
  return `arn:${context.partition}:sts::${context.account}:assumed-role/${name}/{{SessionName}}`;
}

/** Source: EKS User Guide, access policies. */
const accessPolicies = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
  "AmazonEKSSecretReaderPolicy",
  "AmazonEKSAutoNodePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStorageClusterPolicy",
  "AmazonEKSComputeClusterPolicy",
  "AmazonEKSLoadBalancingClusterPolicy",
  "AmazonEKSNetworkingClusterPolicy",
  "AmazonEKSHybridPolicy",
  "AmazonEKSClusterInsightsPolicy",
  "AWSBackupFullAccessPolicyForBackup",
  "AWSBackupFullAccessPolicyForRestore",
  "AmazonEKSACKPolicy",
  "AmazonEKSArgoCDClusterPolicy",
  "AmazonEKSArgoCDPolicy",
  "AmazonEKSKROPolicy",
  "AmazonSagemakerHyperpodClusterPolicy",
  "AmazonSagemakerHyperpodControllerPolicy",
];

const accessPolicy: TypeEntry = {
  type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  label: "EKS Access Policy Association",
  api: "EKS",
  operations: { create: "AssociateAccessPolicy", delete: "DisassociateAccessPolicy" },
  provider: "aws_eks_access_policy_association",
  id: "{clusterName}#{principalArn}#{policyArn}",
  computed: { associatedAt: (context) => context.date, modifiedAt: (context) => context.date },
  changing: ["modifiedAt"],
  enums: { "accessScope.type": ["cluster", "namespace"] },
  references: [inCluster, needs("principalArn", roleType, noEntry("{value}"), { by: ["arn"] })],
  settings: true,
  seconds: lasts(2, 2, 1),
  facts: [
    known("the principal needs an access entry; scope and policy must be valid", sources.api),
    likely("list of access policies", sources.guide),
  ],
  rules(context) {
    checkMode(context);
    const principal = String(context.inputs.principalArn);
    const id = `${String(context.inputs.clusterName)}:${principal}`;
    if (context.world.find([accessEntryType], id, ["id"], context.region) === undefined) {
      context.refuse(noEntry(principal));
    }
    const arn = String(context.inputs.policyArn);
    const name = arn.slice(arn.lastIndexOf("/") + 1);
    if (!arn.endsWith(`:eks::aws:cluster-access-policy/${name}`) || !accessPolicies.includes(name)) {
      context.refuse({
        code: "InvalidParameterException",
        message: `The policyArn parameter format is not valid or the policy does not exist: ${arn}`,
      });
    }
    const scope = object(context.inputs.accessScope);
    if ((scope.type === "namespace") !== texts(scope.namespaces).length > 0) {
      context.refuse({
        code: "InvalidParameterException",
        message: "Namespaces must be specified with the access scope type namespace, and only with it.",
      });
    }
  },
};

function noEntry(principal: string) {
  return {
    code: "ResourceNotFoundException",
    message: `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'. (${principal})`,
    status: 404,
  };
}

const podIdentity: TypeEntry = {
  type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  label: "EKS Pod Identity Association",
  api: "EKS",
  provider: "aws_eks_pod_identity_association",
  cloudFormation: "AWS::EKS::PodIdentityAssociation",
  id: (context) => `a-${context.ids.hex(17, "association")}`,
  computed: {
    associationArn: (context) =>
      `arn:${context.partition}:eks:${context.region}:${context.account}:podidentityassociation/${String(context.inputs.clusterName)}/${context.id}`,
    associationId: "{id}",
    disableSessionTags: () => false,
    externalId: (context) =>
      text(context.inputs.targetRoleArn) === undefined
        ? ""
        : `${context.region}/${context.account}/${String(context.inputs.clusterName)}/${String(context.inputs.namespace)}/${String(context.inputs.serviceAccount)}`,
  },
  references: [
    inCluster,
    needs(
      "roleArn",
      roleType,
      { code: "InvalidParameterException", message: "Role provided in the request does not exist. ({value})" },
      { by: ["arn"], asksIam: true },
    ),
  ],
  unique: [
    {
      by: ({ clusterName, namespace, serviceAccount }) =>
        `${String(clusterName)} ${String(namespace)} ${String(serviceAccount)}`,
      refusal: { code: "ResourceInUseException", message: "Association already exists: {id}", status: 409 },
    },
  ],
  seconds: lasts(2, 2, 1),
  facts: [
    known("one association a service account, existing role", sources.api),
    unsure("wording about the trust policy", sources.api),
  ],
  rules(context) {
    const role = context.target("roleArn");
    if (role !== undefined && !trusts(role, ["pods.eks.amazonaws.com"])) {
      context.refuse({
        code: "InvalidParameterException",
        message: `Trust policy of role ${String(role.arn)} is not valid: it must allow pods.eks.amazonaws.com sts:AssumeRole and sts:TagSession`,
      });
    }
    if (text(context.inputs.policy) !== undefined && context.inputs.disableSessionTags !== true) {
      context.refuse({
        code: "InvalidParameterException",
        message: "A session policy requires session tags to be disabled (disableSessionTags).",
      });
    }
  },
};

export const entries: TypeEntry[] = [accessEntry, accessPolicy, podIdentity];
