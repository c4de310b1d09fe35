import type { Rule } from "../../../kit/rule";
import { allowPrivilegeEscalation } from "./allow-privilege-escalation";
import { restrictedCapabilities } from "./capabilities";
import { restrictedProcMount } from "./proc-mount";
import { runAsNonRoot } from "./run-as-non-root";
import { runAsUser } from "./run-as-user";
import { restrictedSeccompProfile } from "./seccomp-profile";
import { restrictedVolumes } from "./volumes";

export const pssRestrictedRules: readonly Rule[] = [
  allowPrivilegeEscalation,
  restrictedCapabilities,
  restrictedProcMount,
  runAsNonRoot,
  runAsUser,
  restrictedSeccompProfile,
  restrictedVolumes,
];
