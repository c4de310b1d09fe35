import type { Rule } from "../../../kit/rule";
import { sqsCustomerKey } from "./customer-key";
import { sqsEncryption } from "./encryption";
import { sqsNoPublicPolicy } from "./no-public-policy";
import { sqsTlsOnly } from "./tls-only";

export const sqsRules: readonly Rule[] = [sqsCustomerKey, sqsEncryption, sqsNoPublicPolicy, sqsTlsOnly];
