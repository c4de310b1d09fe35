export { endGuarded, type GuardedChildOptions, spawnGuarded } from "../processes/guarded-child";
export { readExemptions } from "./exemptions";
export { startPolicyHost } from "./host";
export { schemaProblems } from "./schema";
