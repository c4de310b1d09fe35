import type { TypeEntry } from "../entry";
import { entries as account } from "./account";
import { entries as groups } from "./groups";
import { entries as roles } from "./roles";

export const entries: TypeEntry[] = [...roles, ...groups, ...account];
