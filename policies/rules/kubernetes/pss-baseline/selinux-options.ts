import {
  podSecurityContextExample,
  securityContextExample,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  everySecurityContext,
  minorVersion,
  podSecurityChecks,
  podSecurityConfig,
} from "../../../kit/kubernetes/pod-security";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { SELinuxOptions } from "../../../kit/types/kubernetes-workloads";

const containerTypes = ["container_t", "container_init_t", "container_kvm_t"];

export const selinuxOptions = rule({
  id: "pss-baseline-selinux-options",
  title: "Pods keep an SELinux type for containers, and no SELinux user or role of their own",
  severity: "medium",
  rationale:
    "SELinux separates containers from their node and from each other; a type, user or role of the node takes that separation away.",
  remediation: `Leave out user and role of seLinuxOptions; as type use ${containerTypes.join(", ")} or, since Kubernetes 1.31, container_engine_t.`,
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "seLinuxOptions" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "SC-39" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod, context) => {
    const allowed = minorVersion(context) < 31 ? containerTypes : [...containerTypes, "container_engine_t"];
    return everySecurityContext(pod, (security) => optionFindings(security.get("seLinuxOptions"), allowed));
  }),
  examples: [
    { title: "nothing said", verdict: "pass", absent: true, resources: securityContextExample({}) },
    {
      title: "a level, and a type for containers",
      verdict: "pass",
      resources: podSecurityContextExample({ seLinuxOptions: { level: "s0:c123,c456", type: "container_t" } }),
    },
    {
      title: "the type for container engines",
      verdict: "pass",
      resources: podSecurityContextExample({ seLinuxOptions: { type: "container_engine_t" } }),
    },
    {
      title: "the type for container engines, before the standards had it",
      verdict: "fail",
      config: { version: "v1.30" },
      resources: podSecurityContextExample({ seLinuxOptions: { type: "container_engine_t" } }),
    },
    {
      title: "a type that is not confined",
      verdict: "fail",
      resources: securityContextExample({ seLinuxOptions: { type: "spc_t" } }),
    },
    {
      title: "a user, for all containers of a StatefulSet",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:StatefulSet", {
        securityContext: { seLinuxOptions: { user: "system_u" } },
      }),
    },
    {
      title: "a role beside a type known only later",
      verdict: "fail",
      resources: securityContextExample({ seLinuxOptions: { type: UNKNOWN, role: "system_r" } }),
    },
    {
      title: "type known only later",
      verdict: "undecided",
      resources: securityContextExample({ seLinuxOptions: { type: UNKNOWN } }),
    },
  ],
});

function optionFindings(options: Property<SELinuxOptions | undefined>, allowed: readonly string[]): Finding[] {
  if (options.isUnknown) return [undecided(options)];
  const type = options.get("type");
  const name = type.text();
  const wrongType = name !== undefined && name !== UNKNOWN && !allowed.includes(name);
  return [
    ...(name === UNKNOWN ? [undecided(type)] : []),
    ...(wrongType ? [fail(type, "is not a type that confines containers")] : []),
    ...[options.get("user"), options.get("role")].flatMap(unset),
  ];
}

function unset(field: Property<string | undefined>): Finding[] {
  const value = field.text();
  if (value === UNKNOWN) return [undecided(field)];
  return value === undefined ? [] : [fail(field, "is set")];
}
