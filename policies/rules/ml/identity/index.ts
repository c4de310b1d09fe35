import type { Rule } from "../../../kit/rule";
import { clusterAccess } from "./cluster-access";
import { people } from "./people";
import { podIdentities } from "./pod-identities";
import { serviceAccountTrust } from "./service-account-trust";
import { trainingRights } from "./training-rights";

export const identityRules: readonly Rule[] = [
  clusterAccess,
  people,
  podIdentities,
  serviceAccountTrust,
  trainingRights,
];
