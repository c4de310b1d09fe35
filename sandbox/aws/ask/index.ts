export type { RequestValues } from "./conditions";
export { mayDo, type PermissionAnswer, type PermissionQuestion } from "./permissions";
export { type End, mayReach, type ReachAnswer, type ReachQuestion } from "./reach";
export { type Arrival, type Hop, type HopKind, isSymmetric, type Walk, walkBack, walkOut } from "./routes";
export { type Answer, AskedWorld } from "./world";
