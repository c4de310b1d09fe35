import type { Rule } from "../../../kit/rule";
import { apparmorProfile } from "./apparmor-profile";
import { capabilities } from "./capabilities";
import { hostNamespaces } from "./host-namespaces";
import { hostPathVolumes } from "./host-path-volumes";
import { hostPorts } from "./host-ports";
import { hostProbes } from "./host-probes";
import { privileged } from "./privileged";
import { procMount } from "./proc-mount";
import { seccompProfile } from "./seccomp-profile";
import { selinuxOptions } from "./selinux-options";
import { sysctls } from "./sysctls";
import { windowsHostProcess } from "./windows-host-process";

export const pssBaselineRules: readonly Rule[] = [
  apparmorProfile,
  capabilities,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  privileged,
  procMount,
  seccompProfile,
  selinuxOptions,
  sysctls,
  windowsHostProcess,
];
