import { type Catalogue, table } from "./catalogue";

/**
 * The checks of the standards, by the ids that the admission controller gives them.
 * Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ and k8s.io/pod-security-admission, policy/check_*.go
 */
export const podSecurity: Catalogue = {
  framework: "Kubernetes Pod Security Standards",
  controls: table(`
allowPrivilegeEscalation | Privilege escalation, restricted
appArmorProfile | AppArmor, baseline
capabilities_baseline | Capabilities, baseline
capabilities_restricted | Capabilities, restricted
hostNamespaces | Host namespaces, baseline
hostPathVolumes | HostPath volumes, baseline
hostPorts | Host ports, baseline
hostProbesAndHostLifecycle | Hosts of probes and lifecycle handlers, baseline
privileged | Privileged containers, baseline
procMount | /proc mount type, baseline
procMount_restricted | /proc mount type, restricted
restrictedVolumes | Volume types, restricted
runAsNonRoot | Running as non-root, restricted
runAsUser | Non-root user, restricted
seLinuxOptions | SELinux, baseline
seccompProfile_baseline | Seccomp, baseline
seccompProfile_restricted | Seccomp, restricted
sysctls | Sysctls, baseline
windowsHostProcess | HostProcess, baseline
`),
};
