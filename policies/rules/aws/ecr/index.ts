import type { Rule } from "../../../kit/rule";
import { cacheCredentials } from "./cache-credentials";
import { cachePrefix } from "./cache-prefix";
import { customerKey } from "./customer-key";
import { imageScanning } from "./image-scanning";
import { immutableTags } from "./immutable-tags";
import { keptImages } from "./kept-images";
import { lifecycle } from "./lifecycle";
import { narrowExclusions } from "./narrow-exclusions";
import { noOpenPush } from "./no-open-push";
import { noPublicPolicy } from "./no-public-policy";
import { noPublicRepositories } from "./no-public-repositories";
import { registryPolicyScope } from "./registry-policy-scope";
import { registryScanning } from "./registry-scanning";
import { replicationDestinations } from "./replication-destinations";
import { scanEngine } from "./scan-engine";

export const ecrRules: readonly Rule[] = [
  cacheCredentials,
  cachePrefix,
  customerKey,
  imageScanning,
  immutableTags,
  keptImages,
  lifecycle,
  narrowExclusions,
  noOpenPush,
  noPublicPolicy,
  noPublicRepositories,
  registryPolicyScope,
  registryScanning,
  replicationDestinations,
  scanEngine,
];
