import type { Rule } from "../../../kit/rule";
import { acceleratedPodsAsk } from "./accelerated-pods-ask";
import { acceleratorIsolation } from "./accelerator-isolation";
import { confidentialHardware } from "./confidential-hardware";
import { confidentialMemory } from "./confidential-memory";
import { gpuPoolsTainted } from "./gpu-pools-tainted";
import { pinnedImages } from "./pinned-images";

export const nodeRules: readonly Rule[] = [
  acceleratedPodsAsk,
  acceleratorIsolation,
  confidentialHardware,
  confidentialMemory,
  gpuPoolsTainted,
  pinnedImages,
];
