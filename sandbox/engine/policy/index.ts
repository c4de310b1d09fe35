export { endGuarded, type GuardedChildOptions, spawnGuarded } from "../processes/guarded-child";
export { startPolicyHost } from "./host";
