import type { TypeEntry } from "../entry";
import { entries as firewalls } from "./firewall";
import { entries as logging } from "./logging";
import { entries as policies } from "./policy";
import { entries as ruleGroups } from "./rule-group";
import { entries as tlsInspection } from "./tls-inspection";

export const entries: TypeEntry[] = [...policies, ...ruleGroups, ...firewalls, ...logging, ...tlsInspection];
