import type { Rule } from "../../../kit/rule";
import { networkPerimeter } from "./network-perimeter";
import { replicationTargets } from "./replication-targets";

export const storageRules: readonly Rule[] = [networkPerimeter, replicationTargets];
