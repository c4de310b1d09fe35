import type { Rule } from "../../../kit/rule";
import { objectDataEvents } from "./data-events";
import { datasetWriters } from "./dataset-writers";
import { foreignAccounts } from "./foreign-accounts";
import { networkPerimeter } from "./network-perimeter";
import { replicationTargets } from "./replication-targets";

export const storageRules: readonly Rule[] = [
  datasetWriters,
  foreignAccounts,
  networkPerimeter,
  objectDataEvents,
  replicationTargets,
];
