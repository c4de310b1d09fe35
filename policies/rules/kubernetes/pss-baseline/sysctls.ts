import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { podSecurityContextExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { minorVersion, podSecurityChecks, podSecurityConfig } from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

/** Kernel settings that concern the pod alone, by the minor version from which the standards allow them. */
const safeSince: Readonly<Record<string, number>> = {
  "kernel.shm_rmid_forced": 0,
  "net.ipv4.ip_local_port_range": 0,
  "net.ipv4.ip_unprivileged_port_start": 0,
  "net.ipv4.ping_group_range": 0,
  "net.ipv4.tcp_syncookies": 0,
  "net.ipv4.ip_local_reserved_ports": 27,
  "net.ipv4.tcp_fin_timeout": 29,
  "net.ipv4.tcp_keepalive_intvl": 29,
  "net.ipv4.tcp_keepalive_probes": 29,
  "net.ipv4.tcp_keepalive_time": 29,
  "net.ipv4.tcp_rmem": 32,
  "net.ipv4.tcp_wmem": 32,
  "net.ipv4.tcp_notsent_lowat": 37,
  "net.ipv4.tcp_slow_start_after_idle": 37,
};

const sysctl = (...names: (string | typeof UNKNOWN)[]) =>
  podSecurityContextExample({ sysctls: names.map((name) => ({ name, value: "1" })) });

export const sysctls = rule({
  id: "pss-baseline-sysctls",
  title: "Pods set only kernel parameters that concern themselves",
  severity: "medium",
  rationale: "Other parameters switch off protections of the kernel or change the node for all of its pods.",
  remediation: "Remove from securityContext.sysctls of the pod what the standards do not call safe.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "sysctls" },
    { framework: "NIST 800-53r5", control: "CM-6" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks(({ spec }, context) =>
    eachKnownItem(spec.get("securityContext").get("sysctls"), (parameter) => {
      const name = parameter.get("name");
      const text = name.text();
      if (text === UNKNOWN) return [undecided(name)];
      const since = text !== undefined && Object.hasOwn(safeSince, text) ? safeSince[text] : undefined;
      return since !== undefined && since <= minorVersion(context) ? [] : [fail(name, "is not a safe parameter")];
    }),
  ),
  examples: [
    { title: "none set", verdict: "pass", absent: true, resources: podSecurityContextExample({}) },
    { title: "safe ones", verdict: "pass", resources: sysctl("net.ipv4.tcp_syncookies", "net.ipv4.tcp_rmem") },
    {
      title: "one that the standards had not called safe yet",
      verdict: "fail",
      config: { version: "v1.31" },
      resources: sysctl("net.ipv4.tcp_rmem"),
    },
    { title: "one of the whole node", verdict: "fail", resources: sysctl("kernel.core_pattern") },
    {
      title: "one that weakens the kernel, in a Job",
      verdict: "fail",
      resources: workloadExample("kubernetes:batch/v1:Job", {
        securityContext: { sysctls: [{ name: "kernel.randomize_va_space", value: "0" }] },
      }),
    },
    { title: "a violation beside one known only later", verdict: "fail", resources: sysctl(UNKNOWN, "kernel.msgmax") },
    { title: "known only later", verdict: "undecided", resources: sysctl(UNKNOWN) },
  ],
});
