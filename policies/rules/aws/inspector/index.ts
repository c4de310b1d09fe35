import type { Rule } from "../../../kit/rule";
import { inspectorOrganizationMembers } from "./organization-members";
import { inspectorResourceTypes } from "./resource-types";

export const inspectorRules: readonly Rule[] = [inspectorOrganizationMembers, inspectorResourceTypes];
