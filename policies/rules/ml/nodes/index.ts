import type { Rule } from "../../../kit/rule";
import { acceleratedPodsAsk } from "./accelerated-pods-ask";
import { acceleratorIsolation } from "./accelerator-isolation";
import { confidentialApart } from "./confidential-apart";
import { confidentialHardware } from "./confidential-hardware";
import { confidentialMemory } from "./confidential-memory";
import { gpuPoolsTainted } from "./gpu-pools-tainted";
import { pinnedImages } from "./pinned-images";
import { unreachablePools } from "./unreachable-pools";

export const nodeRules: readonly Rule[] = [
  acceleratedPodsAsk,
  acceleratorIsolation,
  confidentialApart,
  confidentialHardware,
  confidentialMemory,
  gpuPoolsTainted,
  pinnedImages,
  unreachablePools,
];
