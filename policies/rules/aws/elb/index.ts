import type { Rule } from "../../../kit/rule";
import { balancerAccessLogs } from "./access-logs";
import { classicCertificate } from "./classic-certificate";
import { classicListeners } from "./classic-listeners";
import { classicTlsPolicy } from "./classic-tls-policy";
import { clientAddress } from "./client-address";
import { clientCertificates } from "./client-certificates";
import { connectionDraining } from "./connection-draining";
import { crossZone } from "./cross-zone";
import { balancerDeletionProtection } from "./deletion-protection";
import { desyncMitigation } from "./desync-mitigation";
import { dropInvalidHeaders } from "./drop-invalid-headers";
import { httpRedirect } from "./http-redirect";
import { internalBalancers } from "./internal";
import { balancerSeveralZones } from "./several-zones";
import { targetEncryption } from "./target-encryption";
import { listenerTlsPolicy } from "./tls-policy";
import { wafFailsClosed } from "./waf-fails-closed";
import { balancerWebAcl } from "./web-acl";

export const elbRules: readonly Rule[] = [
  balancerAccessLogs,
  classicCertificate,
  classicListeners,
  classicTlsPolicy,
  clientAddress,
  clientCertificates,
  connectionDraining,
  crossZone,
  balancerDeletionProtection,
  desyncMitigation,
  dropInvalidHeaders,
  httpRedirect,
  internalBalancers,
  balancerSeveralZones,
  targetEncryption,
  listenerTlsPolicy,
  wafFailsClosed,
  balancerWebAcl,
];
