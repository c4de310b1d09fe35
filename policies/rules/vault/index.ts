import type { Rule } from "../../kit/rule";

/** Rules for Vault. */
export const vaultRules: readonly Rule[] = [];
