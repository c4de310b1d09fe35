import type { Rule } from "../../../kit/rule";
import { immutableTags } from "./immutable-tags";

export const ecrRules: readonly Rule[] = [immutableTags];
