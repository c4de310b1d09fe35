export { endGuarded, type GuardedChildOptions, spawnGuarded } from "./guarded-child";
export { startPolicyHost } from "./host";
