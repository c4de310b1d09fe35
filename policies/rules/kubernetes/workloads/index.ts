import type { Rule } from "../../../kit/rule";
import { imageDigest } from "./image-digest";
import { imagePullPolicy } from "./image-pull-policy";
import { imageRegistry } from "./image-registry";
import { noDefaultNamespace } from "./no-default-namespace";
import { noLatest } from "./no-latest";
import { noSecretData } from "./no-secret-data";
import { noSecretLiterals } from "./no-secret-literals";
import { secretsAsFiles } from "./secrets-as-files";

/** What pods and their workloads are made of, besides the Pod Security Standards. */
export const workloadRules: readonly Rule[] = [
  imageDigest,
  imagePullPolicy,
  imageRegistry,
  noDefaultNamespace,
  noLatest,
  noSecretData,
  noSecretLiterals,
  secretsAsFiles,
];
