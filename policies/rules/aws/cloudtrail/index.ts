import type { Rule } from "../../../kit/rule";
import { trailBucketLogging } from "./bucket-logging";
import { trailBucketNotPublic } from "./bucket-not-public";
import { trailCustomerKey } from "./customer-key";
import { trailGlobalEvents } from "./global-events";
import { insights } from "./insights";
import { lakeCustomerKey } from "./lake-customer-key";
import { lakeProtected } from "./lake-protected";
import { trailLogGroup } from "./log-group";
import { trailLogValidation } from "./log-validation";
import { trailLoggingOn } from "./logging-on";
import { trailManagementEvents } from "./management-events";
import { trailMultiRegion } from "./multi-region";
import { trailObjectReadEvents } from "./object-read-events";
import { trailObjectWriteEvents } from "./object-write-events";
import { organizationTrail } from "./organization-trail";

export const cloudtrailRules: readonly Rule[] = [
  insights,
  lakeCustomerKey,
  lakeProtected,
  organizationTrail,
  trailBucketLogging,
  trailBucketNotPublic,
  trailCustomerKey,
  trailGlobalEvents,
  trailLoggingOn,
  trailLogGroup,
  trailLogValidation,
  trailManagementEvents,
  trailMultiRegion,
  trailObjectReadEvents,
  trailObjectWriteEvents,
];
