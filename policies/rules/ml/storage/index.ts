import type { Rule } from "../../../kit/rule";
import { objectDataEvents } from "./data-events";
import { datasetWriters } from "./dataset-writers";
import { scratchExpiry } from "./expiry";
import { foreignAccounts } from "./foreign-accounts";
import { networkPerimeter } from "./network-perimeter";
import { modelObjectLock } from "./object-lock";
import { replicationTargets } from "./replication-targets";

export const storageRules: readonly Rule[] = [
  datasetWriters,
  foreignAccounts,
  modelObjectLock,
  networkPerimeter,
  objectDataEvents,
  replicationTargets,
  scratchExpiry,
];
