import type { TypeEntry } from "../entry";
import { entries as buckets } from "./bucket";
import { entries as objects } from "./objects";
import { entries as settings } from "./settings";

export const entries: TypeEntry[] = [...buckets, ...objects, ...settings];
