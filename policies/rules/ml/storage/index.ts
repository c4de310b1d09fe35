import type { Rule } from "../../../kit/rule";
import { objectDataEvents } from "./data-events";
import { foreignAccounts } from "./foreign-accounts";
import { networkPerimeter } from "./network-perimeter";
import { replicationTargets } from "./replication-targets";

export const storageRules: readonly Rule[] = [foreignAccounts, networkPerimeter, objectDataEvents, replicationTargets];
