import type { Rule } from "../../../kit/rule";
import { vaultBounded } from "./vault-bounded";
import { vaultShortLived } from "./vault-short-lived";

export const secretRules: readonly Rule[] = [vaultBounded, vaultShortLived];
