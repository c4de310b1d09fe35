import type { Rule } from "../../../kit/rule";
import { noPublicPrincipal } from "./no-public-principal";
import { rotation } from "./rotation";

export const kmsRules: readonly Rule[] = [noPublicPrincipal, rotation];
