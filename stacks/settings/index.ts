export type { AccountSettings } from "./account";
export { LAYERS, type LayerName } from "./common";
export { ASSURANCE_LEVELS, type Assurance, type Control } from "./controls/order";
export { type Deviation, LONGEST_DEVIATION_DAYS } from "./deviations";
export type {
  AttestedKeySettings,
  AttestedPoolSettings,
  BucketSettings,
  FoundationSettings,
  GpuPoolSettings,
  NodePoolSettings,
} from "./foundation";
export { describeProblems, formatPath, NAMESPACE, type SettingsProblem } from "./problem";
export { type CommonSettings, type ReadOptions, type ReadResult, readSettings, type Settings } from "./read";
