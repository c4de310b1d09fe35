import type { Rule } from "../../../kit/rule";
import { disruptionBudget } from "./disruption-budget";
import { imageDigest } from "./image-digest";
import { imagePullPolicy } from "./image-pull-policy";
import { imageRegistry } from "./image-registry";
import { moreThanOneReplica } from "./more-than-one-replica";
import { namespaceStandard } from "./namespace-standard";
import { noBlanketTolerations } from "./no-blanket-tolerations";
import { noDefaultNamespace } from "./no-default-namespace";
import { noHostAliases } from "./no-host-aliases";
import { noHostSystemPaths } from "./no-host-system-paths";
import { noLatest } from "./no-latest";
import { noNodeName } from "./no-node-name";
import { noRuntimeSocket } from "./no-runtime-socket";
import { noSecretData } from "./no-secret-data";
import { noSecretLiterals } from "./no-secret-literals";
import { noSharedProcesses } from "./no-shared-processes";
import { noSystemPriority } from "./no-system-priority";
import { noUnaskedToken } from "./no-unasked-token";
import { ownServiceAccount } from "./own-service-account";
import { probes } from "./probes";
import { readOnlyRoot } from "./read-only-root";
import { resources } from "./resources";
import { secretsAsFiles } from "./secrets-as-files";
import { shortLivedTokens } from "./short-lived-tokens";
import { spread } from "./spread";
import { tokenAudience } from "./token-audience";

/** What pods and their workloads are made of, besides the Pod Security Standards. */
export const workloadRules: readonly Rule[] = [
  disruptionBudget,
  imageDigest,
  imagePullPolicy,
  imageRegistry,
  moreThanOneReplica,
  namespaceStandard,
  noBlanketTolerations,
  noDefaultNamespace,
  noHostAliases,
  noHostSystemPaths,
  noLatest,
  noNodeName,
  noRuntimeSocket,
  noSecretData,
  noSecretLiterals,
  noSharedProcesses,
  noSystemPriority,
  noUnaskedToken,
  ownServiceAccount,
  probes,
  readOnlyRoot,
  resources,
  secretsAsFiles,
  shortLivedTokens,
  spread,
  tokenAudience,
];
