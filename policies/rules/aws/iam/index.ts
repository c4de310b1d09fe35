import type { Rule } from "../../../kit/rule";
import { noAccessKeys } from "./no-access-keys";
import { noFullAdministrator } from "./no-full-administrator";
import { noPublicTrust } from "./no-public-trust";
import { webIdentityTrust } from "./web-identity-trust";

export const iamRules: readonly Rule[] = [noAccessKeys, noFullAdministrator, noPublicTrust, webIdentityTrust];
