import type { Container, LabelSelector, ObjectMeta, PodSpec } from "./kubernetes-workloads";

/** Custom resources that admission controllers and model servers define, with the fields that rules read. */
export interface KyvernoFilter {
  resources?: { kinds?: string[]; namespaces?: string[]; namespaceSelector?: LabelSelector; selector?: LabelSelector };
}

export interface KyvernoMatch extends KyvernoFilter {
  any?: KyvernoFilter[];
  all?: KyvernoFilter[];
}

export interface KyvernoRule {
  name?: string;
  match?: KyvernoMatch;
  exclude?: KyvernoMatch;
  verifyImages?: { attestors?: object[]; failureAction?: string; imageReferences?: string[]; required?: boolean }[];
}

export interface KyvernoPolicyArgs {
  metadata?: ObjectMeta;
  spec?: {
    failurePolicy?: string;
    rules?: KyvernoRule[];
    validationFailureAction?: string;
    webhookConfiguration?: { failurePolicy?: string };
  };
}

export interface ImageValidatingPolicyArgs {
  metadata?: ObjectMeta;
  spec?: {
    attestors?: object[];
    evaluation?: { admission?: { enabled?: boolean } };
    failurePolicy?: string;
    matchConstraints?: { namespaceSelector?: LabelSelector; objectSelector?: LabelSelector };
    validationActions?: string[];
    validationConfigurations?: { required?: boolean };
  };
}

export interface ClusterImagePolicyArgs {
  metadata?: ObjectMeta;
  spec?: { authorities?: { static?: { action?: string } }[]; images?: { glob?: string }[]; mode?: string };
}

export interface InferenceServiceArgs {
  metadata?: ObjectMeta;
  spec?: { predictor?: PodSpec & { model?: Container & { storageUri?: string } } };
}

export interface KubernetesCustomArguments {
  "kubernetes:kyverno.io/v1:ClusterPolicy": KyvernoPolicyArgs;
  "kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy": ImageValidatingPolicyArgs;
  "kubernetes:policies.kyverno.io/v1beta1:ImageValidatingPolicy": ImageValidatingPolicyArgs;
  "kubernetes:policy.sigstore.dev/v1alpha1:ClusterImagePolicy": ClusterImagePolicyArgs;
  "kubernetes:policy.sigstore.dev/v1beta1:ClusterImagePolicy": ClusterImagePolicyArgs;
  "kubernetes:serving.kserve.io/v1beta1:InferenceService": InferenceServiceArgs;
}
