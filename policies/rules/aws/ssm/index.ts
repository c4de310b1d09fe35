import type { Rule } from "../../../kit/rule";
import { ssmAutomationLogging } from "./automation-logging";
import { ssmNoPublicDocuments } from "./no-public-documents";
import { ssmParameterCustomerKey } from "./parameter-customer-key";
import { ssmPublicSharingBlocked } from "./public-sharing-blocked";
import { ssmSecureParameters } from "./secure-parameters";

export const ssmRules: readonly Rule[] = [
  ssmAutomationLogging,
  ssmNoPublicDocuments,
  ssmParameterCustomerKey,
  ssmPublicSharingBlocked,
  ssmSecureParameters,
];
