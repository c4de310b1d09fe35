import type { TypeEntry } from "../entry";
import { entries as access } from "./access";
import { entries as addons } from "./addon";
import { entries as clusters } from "./cluster";
import { entries as identityProviders } from "./identity-provider";
import { entries as nodeGroups } from "./node-group";

export const entries: TypeEntry[] = [...clusters, ...nodeGroups, ...addons, ...access, ...identityProviders];
