import type { Rule } from "../../../kit/rule";
import { blockPublicAccess } from "./block-public-access";
import { customerKeyEncryption } from "./customer-key-encryption";
import { noPublicPolicy } from "./no-public-policy";
import { tlsOnly } from "./tls-only";
import { versioningOn } from "./versioning";

export const s3Rules: readonly Rule[] = [
  blockPublicAccess,
  customerKeyEncryption,
  noPublicPolicy,
  tlsOnly,
  versioningOn,
];
