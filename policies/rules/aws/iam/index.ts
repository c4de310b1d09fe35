import type { Rule } from "../../../kit/rule";
import { noAccessKeys } from "./no-access-keys";
import { noFullAdministrator } from "./no-full-administrator";
import { noNotAction } from "./no-not-action";
import { noNotResource } from "./no-not-resource";
import { noPublicTrust } from "./no-public-trust";
import { noServiceWildcards } from "./no-service-wildcards";
import { passwordPolicy } from "./password-policy";
import { policiesOnGroups } from "./policies-on-groups";
import { webIdentityTrust } from "./web-identity-trust";

export const iamRules: readonly Rule[] = [
  noAccessKeys,
  noFullAdministrator,
  noNotAction,
  noNotResource,
  noPublicTrust,
  noServiceWildcards,
  passwordPolicy,
  policiesOnGroups,
  webIdentityTrust,
];
