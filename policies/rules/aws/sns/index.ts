import type { Rule } from "../../../kit/rule";
import { snsCustomerKey } from "./customer-key";
import { snsNoPlainHttp } from "./no-plain-http";
import { snsNoPublicPolicy } from "./no-public-policy";
import { snsTlsOnly } from "./tls-only";

export const snsRules: readonly Rule[] = [snsCustomerKey, snsNoPlainHttp, snsNoPublicPolicy, snsTlsOnly];
