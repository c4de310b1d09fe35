import type { Rule } from "../../../kit/rule";
import { rdsBacktrack } from "./backtrack";
import { rdsBackupPlan } from "./backup-plan";
import { rdsBackupRetention } from "./backup-retention";
import { rdsCopyTags } from "./copy-tags";
import { rdsCustomUsername } from "./custom-username";
import { rdsCustomerKey } from "./customer-key";
import { rdsDefaultPort } from "./default-port";
import { rdsDeletionProtection } from "./deletion-protection";
import { rdsEncrypted } from "./encrypted";
import { rdsEnhancedMonitoring } from "./enhanced-monitoring";
import { rdsEventSubscriptions } from "./event-subscriptions";
import { rdsIamAuthentication } from "./iam-authentication";
import { rdsLogExports } from "./log-exports";
import { rdsManagedPassword } from "./managed-password";
import { rdsMinorUpgrades } from "./minor-upgrades";
import { rdsMultiAz } from "./multi-az";
import { rdsNotPublic } from "./not-public";
import { rdsPrivateSnapshots } from "./private-snapshots";
import { rdsProxyIam } from "./proxy-iam";
import { rdsProxyTls } from "./proxy-tls";
import { rdsSubnetGroup } from "./subnet-group";
import { rdsTlsRequired } from "./tls-required";

export const rdsRules: readonly Rule[] = [
  rdsBacktrack,
  rdsBackupPlan,
  rdsBackupRetention,
  rdsCopyTags,
  rdsCustomerKey,
  rdsCustomUsername,
  rdsDefaultPort,
  rdsDeletionProtection,
  rdsEncrypted,
  rdsEnhancedMonitoring,
  rdsEventSubscriptions,
  rdsIamAuthentication,
  rdsLogExports,
  rdsManagedPassword,
  rdsMinorUpgrades,
  rdsMultiAz,
  rdsNotPublic,
  rdsPrivateSnapshots,
  rdsProxyIam,
  rdsProxyTls,
  rdsSubnetGroup,
  rdsTlsRequired,
];
