import type { LabelSelector, ObjectMeta } from "./kubernetes-workloads";

/**
 * Objects of a cluster besides its workloads, with the fields that rules read. `…Patch` types change objects that something else
 * made, so what is absent there is not decided by them.
 */
export interface PolicyRule {
  apiGroups?: string[];
  nonResourceURLs?: string[];
  resourceNames?: string[];
  resources?: string[];
  verbs?: string[];
}

export interface RoleArgs {
  metadata?: ObjectMeta;
  rules?: PolicyRule[];
}

export interface ClusterRoleArgs extends RoleArgs {
  aggregationRule?: { clusterRoleSelectors?: LabelSelector[] };
}

export interface Subject {
  apiGroup?: string;
  kind?: string;
  name?: string;
  namespace?: string;
}

export interface RoleBindingArgs {
  metadata?: ObjectMeta;
  roleRef?: { apiGroup?: string; kind?: string; name?: string };
  subjects?: Subject[];
}

export interface ServiceAccountArgs {
  automountServiceAccountToken?: boolean;
  metadata?: ObjectMeta;
}

export interface ConfigMapArgs {
  data?: Record<string, string>;
  metadata?: ObjectMeta;
}

export interface SecretArgs {
  data?: Record<string, string>;
  metadata?: ObjectMeta;
  stringData?: Record<string, string>;
  type?: string;
}

export interface NamespaceArgs {
  metadata?: ObjectMeta;
}

export interface Webhook {
  failurePolicy?: string;
  name?: string;
}

export interface WebhookConfigurationArgs {
  metadata?: ObjectMeta;
  webhooks?: Webhook[];
}

export interface AdmissionPolicyArgs {
  metadata?: ObjectMeta;
  spec?: { failurePolicy?: string };
}

export interface AdmissionBindingArgs {
  metadata?: ObjectMeta;
  spec?: { policyName?: string; validationActions?: string[] };
}

export interface IpBlock {
  cidr?: string;
  except?: string[];
}

export interface NetworkPeer {
  ipBlock?: IpBlock;
  namespaceSelector?: LabelSelector;
  podSelector?: LabelSelector;
}

export interface NetworkPort {
  endPort?: number;
  port?: number | string;
  protocol?: string;
}

export interface IngressRule {
  from?: NetworkPeer[];
  ports?: NetworkPort[];
}

export interface EgressRule {
  ports?: NetworkPort[];
  to?: NetworkPeer[];
}

export interface NetworkPolicyArgs {
  metadata?: ObjectMeta;
  spec?: { egress?: EgressRule[]; ingress?: IngressRule[]; podSelector?: LabelSelector; policyTypes?: string[] };
}

export interface ServiceArgs {
  metadata?: ObjectMeta;
  spec?: {
    externalIPs?: string[];
    loadBalancerClass?: string;
    loadBalancerSourceRanges?: string[];
    type?: string;
  };
}

export interface IngressArgs {
  metadata?: ObjectMeta;
  spec?: { defaultBackend?: object; rules?: { host?: string }[]; tls?: { hosts?: string[]; secretName?: string }[] };
}

export interface DisruptionBudgetArgs {
  metadata?: ObjectMeta;
  spec?: { selector?: LabelSelector };
}

export interface AutoscalerArgs {
  metadata?: ObjectMeta;
  spec?: { minReplicas?: number; scaleTargetRef?: { kind?: string; name?: string } };
}

export interface KubernetesClusterArguments {
  "kubernetes:admissionregistration.k8s.io/v1:MutatingWebhookConfiguration": WebhookConfigurationArgs;
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy": AdmissionPolicyArgs;
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding": AdmissionBindingArgs;
  "kubernetes:admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration": WebhookConfigurationArgs;
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": AutoscalerArgs;
  "kubernetes:core/v1:ConfigMap": ConfigMapArgs;
  "kubernetes:core/v1:ConfigMapPatch": ConfigMapArgs;
  "kubernetes:core/v1:Namespace": NamespaceArgs;
  "kubernetes:core/v1:NamespacePatch": NamespaceArgs;
  "kubernetes:core/v1:Secret": SecretArgs;
  "kubernetes:core/v1:SecretPatch": SecretArgs;
  "kubernetes:core/v1:Service": ServiceArgs;
  "kubernetes:core/v1:ServiceAccount": ServiceAccountArgs;
  "kubernetes:core/v1:ServiceAccountPatch": ServiceAccountArgs;
  "kubernetes:networking.k8s.io/v1:Ingress": IngressArgs;
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": NetworkPolicyArgs;
  "kubernetes:policy/v1:PodDisruptionBudget": DisruptionBudgetArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": ClusterRoleArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": RoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch": RoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch": ClusterRoleArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:Role": RoleArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": RoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch": RoleBindingArgs;
  "kubernetes:rbac.authorization.k8s.io/v1:RolePatch": RoleArgs;
}
