import type { Rule } from "../../../kit/rule";
import { gpuPoolsTainted } from "./gpu-pools-tainted";

export const nodeRules: readonly Rule[] = [gpuPoolsTainted];
