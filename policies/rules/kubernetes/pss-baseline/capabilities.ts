import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { securityContextExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { eachSecurityContext, podSecurityChecks, podSecurityConfig } from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule } from "../../../kit/rule";

/** What container runtimes give by default, without NET_RAW. */
const defaultCapabilities = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];

export const capabilities = rule({
  id: "pss-baseline-capabilities",
  title: "Containers add no capabilities beyond the default ones",
  severity: "high",
  rationale:
    "Capabilities such as SYS_ADMIN, SYS_PTRACE or NET_RAW let a container change its node, read other processes or forge packets.",
  remediation: `Add to securityContext.capabilities.add of a container only ${defaultCapabilities.join(", ")}.`,
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "capabilities_baseline" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod) =>
    eachSecurityContext(pod, (context) =>
      eachKnownItem(context.get("capabilities").get("add"), (capability) =>
        defaultCapabilities.includes(capability.text() as string)
          ? []
          : [fail(capability, "is not one of the default capabilities")],
      ),
    ),
  ),
  examples: [
    { title: "nothing added", verdict: "pass", absent: true, resources: securityContextExample({}) },
    {
      title: "a default one added",
      verdict: "pass",
      resources: securityContextExample({ capabilities: { add: ["CHOWN", "NET_BIND_SERVICE"] } }),
    },
    {
      title: "the right to do nearly all",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } }),
    },
    {
      title: "raw packets, which runtimes give by default",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { add: ["NET_RAW"] } }),
    },
    {
      title: "a name that the standards do not know",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { add: ["CAP_CHOWN"] } }),
    },
    {
      title: "all, in the init container of a Deployment",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        initContainers: [{ name: "init", securityContext: { capabilities: { add: ["ALL"] } } }],
      }),
    },
    {
      title: "a violation beside one known only later",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { add: [UNKNOWN, "BPF"] } }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: securityContextExample({ capabilities: { add: UNKNOWN } }),
    },
  ],
});
