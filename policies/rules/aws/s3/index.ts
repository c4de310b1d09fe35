import type { Rule } from "../../../kit/rule";
import { bucketAccessLogging } from "./access-logging";
import { accessPointBlock } from "./access-point-block";
import { accessPointVpc } from "./access-point-vpc";
import { accountPublicAccessBlock } from "./account-public-access-block";
import { bucketAclsDisabled } from "./acls-disabled";
import { blockPublicAccess } from "./block-public-access";
import { bucketKey } from "./bucket-key";
import { bucketCors } from "./cors";
import { customerKeyEncryption } from "./customer-key-encryption";
import { bucketLifecycle } from "./lifecycle";
import { bucketNoOpenAcl } from "./no-open-acl";
import { noPublicPolicy } from "./no-public-policy";
import { bucketNoWebsite } from "./no-website";
import { bucketObjectLock } from "./object-lock";
import { bucketReplication } from "./replication";
import { bucketRiskyActions } from "./risky-actions";
import { tlsOnly } from "./tls-only";
import { bucketTlsVersion } from "./tls-version";
import { bucketVersionLifecycle } from "./version-lifecycle";
import { versioningOn } from "./versioning";

export const s3Rules: readonly Rule[] = [
  accessPointBlock,
  accessPointVpc,
  accountPublicAccessBlock,
  blockPublicAccess,
  bucketAccessLogging,
  bucketAclsDisabled,
  bucketCors,
  bucketKey,
  bucketLifecycle,
  bucketNoOpenAcl,
  bucketNoWebsite,
  bucketObjectLock,
  bucketReplication,
  bucketRiskyActions,
  bucketTlsVersion,
  bucketVersionLifecycle,
  customerKeyEncryption,
  noPublicPolicy,
  tlsOnly,
  versioningOn,
];
