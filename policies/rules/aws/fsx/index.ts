import type { Rule } from "../../../kit/rule";
import { fsxBackups } from "./backups";
import { fsxCopyTags } from "./copy-tags";
import { fsxCustomerKey } from "./customer-key";
import { fsxNoLiteralPassword } from "./no-literal-password";
import { fsxRootSquash } from "./root-squash";
import { fsxSeveralZones } from "./several-zones";

export const fsxRules: readonly Rule[] = [
  fsxBackups,
  fsxCopyTags,
  fsxCustomerKey,
  fsxNoLiteralPassword,
  fsxRootSquash,
  fsxSeveralZones,
];
