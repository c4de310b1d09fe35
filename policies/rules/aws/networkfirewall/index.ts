import type { Rule } from "../../../kit/rule";
import { changeProtection } from "./change-protection";
import { customerKey } from "./customer-key";
import { deleteProtection } from "./delete-protection";
import { fragmentDefault } from "./fragment-default";
import { logging } from "./logging";
import { ruleGroups } from "./rule-groups";
import { severalZones } from "./several-zones";
import { statefulDefault } from "./stateful-default";
import { statelessDefault } from "./stateless-default";
import { statelessGroupRules } from "./stateless-group-rules";

export const networkfirewallRules: readonly Rule[] = [
  changeProtection,
  customerKey,
  deleteProtection,
  fragmentDefault,
  logging,
  ruleGroups,
  severalZones,
  statefulDefault,
  statelessDefault,
  statelessGroupRules,
];
