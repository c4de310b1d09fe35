import type { Rule } from "../../../kit/rule";
import { boundaryOfPermissionSets } from "./boundary";
import { groupsNotUsers } from "./groups-not-users";
import { noAdministrators } from "./no-administrators";
import { ssoSessionDuration } from "./session-duration";

export const ssoadminRules: readonly Rule[] = [
  boundaryOfPermissionSets,
  groupsNotUsers,
  noAdministrators,
  ssoSessionDuration,
];
