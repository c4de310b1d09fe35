import type { Rule } from "../../../kit/rule";
import { domainCustomerKey } from "./domain-customer-key";
import { domainSourceIdentity } from "./domain-source-identity";
import { domainVpcOnly } from "./domain-vpc-only";
import { endpointCustomerKey } from "./endpoint-customer-key";
import { endpointInstances } from "./endpoint-instances";
import { featureGroupKey } from "./feature-group-key";
import { imagesByDigest } from "./images-by-digest";
import { jobInVpc } from "./job-in-vpc";
import { jobIsolated } from "./job-isolated";
import { jobTrafficEncrypted } from "./job-traffic-encrypted";
import { jobVolumeKey } from "./job-volume-key";
import { lifecycleNoSecrets } from "./lifecycle-no-secrets";
import { modelInVpc } from "./model-in-vpc";
import { modelIsolated } from "./model-isolated";
import { sagemakerNoSecretLiterals } from "./no-secret-literals";
import { noSharedOutputs } from "./no-shared-outputs";
import { noShells } from "./no-shells";
import { notebookCustomerKey } from "./notebook-customer-key";
import { notebookImdsv2 } from "./notebook-imdsv2";
import { notebookInVpc } from "./notebook-in-vpc";
import { notebookNoInternet } from "./notebook-no-internet";
import { notebookNoRoot } from "./notebook-no-root";
import { notebookPlatform } from "./notebook-platform";
import { outputKey } from "./output-key";
import { packageNoPublicPolicy } from "./package-no-public-policy";
import { workforceAddresses } from "./workforce-addresses";

export const sagemakerRules: readonly Rule[] = [
  domainCustomerKey,
  domainSourceIdentity,
  domainVpcOnly,
  endpointCustomerKey,
  endpointInstances,
  featureGroupKey,
  imagesByDigest,
  jobInVpc,
  jobIsolated,
  jobTrafficEncrypted,
  jobVolumeKey,
  lifecycleNoSecrets,
  modelInVpc,
  modelIsolated,
  sagemakerNoSecretLiterals,
  noSharedOutputs,
  noShells,
  notebookCustomerKey,
  notebookImdsv2,
  notebookInVpc,
  notebookNoInternet,
  notebookNoRoot,
  notebookPlatform,
  outputKey,
  packageNoPublicPolicy,
  workforceAddresses,
];
