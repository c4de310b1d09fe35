import fc from "fast-check";

/**
 * The Pod Security Standards written down a second time, straight from their text and without unknowns, and pods to judge by them.
 * Nothing here is shared with the rules.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Security {
  allowPrivilegeEscalation?: boolean | null;
  appArmorProfile?: { type?: string } | null;
  capabilities?: { add?: string[]; drop?: string[] } | null;
  privileged?: boolean | null;
  procMount?: string | null;
  runAsNonRoot?: boolean | null;
  runAsUser?: number | null;
  seLinuxOptions?: { type?: string; user?: string; role?: string; level?: string } | null;
  seccompProfile?: { type?: string } | null;
  windowsOptions?: { hostProcess?: boolean } | null;
}

interface Target {
  httpGet?: { host?: string };
  tcpSocket?: { host?: string };
}

interface Container {
  name: string;
  securityContext?: Security | null;
  ports?: { hostPort?: number }[];
  livenessProbe?: Target;
  readinessProbe?: Target;
  startupProbe?: Target;
  lifecycle?: { postStart?: Target; preStop?: Target };
}

export interface Pod {
  metadata: { namespace?: string; annotations?: Record<string, string> };
  spec: {
    hostNetwork?: boolean;
    hostPID?: boolean;
    hostIPC?: boolean;
    hostUsers?: boolean | null;
    os?: { name: string };
    securityContext?: (Security & { sysctls?: { name: string; value: string }[] }) | null;
    volumes?: ({ name: string } & Record<string, unknown>)[];
    containers: Container[];
    initContainers?: Container[];
    ephemeralContainers?: Container[];
  };
}

const flag = fc.constantFrom(true, false, null);
const optional = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) =>
  fc.record(fields, { requiredKeys: [] });
const profile = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom({ type: "RuntimeDefault" }, { type: "Localhost" }) },
  { weight: 1, arbitrary: fc.constantFrom({ type: "Unconfined" }, {}, null) },
);
const seLinux = optional({
  type: fc.constantFrom("", "container_t", "container_kvm_t", "container_init_t", "container_engine_t", "spc_t"),
  user: fc.constantFrom("", "", "", "system_u"),
  role: fc.constantFrom("", "", "", "system_r"),
  level: fc.constant("s0"),
});
const common = {
  appArmorProfile: profile,
  runAsNonRoot: fc.constantFrom(true, true, true, false, null),
  runAsUser: fc.constantFrom(0, 1000, 65534, 1000, null),
  seLinuxOptions: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: seLinux }),
  seccompProfile: profile,
  windowsOptions: fc.constantFrom({}, { hostProcess: false }, { hostProcess: true }, null),
};
const capability = fc.constantFrom(
  "ALL",
  "NET_BIND_SERVICE",
  "NET_BIND_SERVICE",
  "CHOWN",
  "NET_RAW",
  "SYS_ADMIN",
  "all",
);
const containerSecurity = optional({
  ...common,
  allowPrivilegeEscalation: fc.constantFrom(false, false, false, true, null),
  capabilities: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom({ drop: ["ALL"] }, { add: ["NET_BIND_SERVICE"], drop: ["KILL", "ALL"] }) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: optional({ add: fc.array(capability, { maxLength: 2 }), drop: fc.array(capability) }) },
  ),
  privileged: flag,
  procMount: fc.constantFrom("Default", "Unmasked", null),
});
const target = optional({
  httpGet: optional({ host: fc.constantFrom("", "", "10.0.0.1") }),
  tcpSocket: optional({ host: fc.constantFrom("", "", "10.0.0.1") }),
});
const good: Security = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  runAsNonRoot: true,
  seccompProfile: { type: "RuntimeDefault" },
};
const container = fc
  .record(
    {
      name: fc.constantFrom("a", "b", "c"),
      securityContext: fc.oneof(
        { weight: 3, arbitrary: fc.constant(good) },
        { weight: 3, arbitrary: containerSecurity },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
      ports: fc.array(optional({ containerPort: fc.constant(80), hostPort: fc.constantFrom(0, 0, 0, 8080) }), {
        maxLength: 2,
      }),
      livenessProbe: target,
      readinessProbe: target,
      startupProbe: target,
      lifecycle: optional({ postStart: target, preStop: target }),
    },
    { requiredKeys: ["name"] },
  )
  .map((made) => made as Container);
const parameters = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
  "net.ipv4.tcp_slow_start_after_idle",
  "net.ipv4.tcp_notsent_lowat",
];
const volumeKinds = [
  ...[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
  ],
  ...["hostPath", "nfs", "iscsi", "awsElasticBlockStore", "flexVolume", "somethingNew"],
];
const volume = fc.oneof(
  fc.constantFrom(...volumeKinds, "hostPath", "hostPath").map((kind) => ({ name: "v", [kind]: {} })),
  fc.constantFrom({ name: "v" }, { name: "v", hostPath: null }, { name: "v", emptyDir: {}, hostPath: null }),
);
const annotationKeys = [
  "container.apparmor.security.beta.kubernetes.io/a",
  "container.apparmor.security.beta.kubernetes.io/none",
  "seccomp.security.alpha.kubernetes.io/pod",
  "container.seccomp.security.alpha.kubernetes.io/a",
  "container.seccomp.security.alpha.kubernetes.io/none",
  "other",
];
const annotationValues = ["runtime/default", "docker/default", "localhost/strict", "unconfined", ""];

export const generatedPod: fc.Arbitrary<Pod> = fc
  .record({
    metadata: optional({
      namespace: fc.constantFrom("serving", "training", "serving", "training", "kube-system"),
      annotations: fc.dictionary(fc.constantFrom(...annotationKeys), fc.constantFrom(...annotationValues), {
        maxKeys: 2,
      }),
    }),
    spec: fc.record(
      {
        hostNetwork: fc.constantFrom(false, false, true),
        hostPID: fc.constantFrom(false, false, true),
        hostIPC: fc.constantFrom(false, false, true),
        hostUsers: flag,
        os: fc.constantFrom({ name: "linux" }, { name: "windows" }),
        securityContext: fc.oneof(
          fc.constant(null),
          optional({
            ...common,
            sysctls: fc.array(
              fc.record({ name: fc.constantFrom(...parameters, "kernel.msgmax"), value: fc.constant("1") }),
              { maxLength: 3 },
            ),
          }),
        ),
        volumes: fc.array(volume, { maxLength: 2 }),
        containers: fc.array(container, { minLength: 0, maxLength: 2 }),
        initContainers: fc.array(container, { maxLength: 1 }),
        ephemeralContainers: fc.array(container, { maxLength: 1 }),
      },
      { requiredKeys: ["containers"] },
    ),
  })
  .map((made) => made as Pod);

function containersOf({ spec }: Pod): Container[] {
  return [...spec.containers, ...(spec.initContainers ?? []), ...(spec.ephemeralContainers ?? [])];
}

function securityOf(pod: Pod): Security[] {
  return containersOf(pod).map((one) => one.securityContext ?? {});
}

function withPod(pod: Pod): Security[] {
  return [pod.spec.securityContext ?? {}, ...securityOf(pod)];
}

const isConfined = (given: { type?: string }) => given.type === "RuntimeDefault" || given.type === "Localhost";
const isWindows = (pod: Pod, minor: number) => minor >= 25 && pod.spec.os?.name === "windows";
const inUserNamespace = (pod: Pod, minor: number) => minor >= 35 && pod.spec.hostUsers === false;
const unmasks = (pod: Pod) => securityOf(pod).some(({ procMount }) => (procMount ?? "Default") !== "Default");

function hostsOf(one: Container): string[] {
  const targets = [
    one.livenessProbe,
    one.readinessProbe,
    one.startupProbe,
    one.lifecycle?.postStart,
    one.lifecycle?.preStop,
  ];
  return targets
    .flatMap((given) => [given?.httpGet?.host ?? "", given?.tcpSocket?.host ?? ""])
    .filter((host) => host !== "");
}

function safeParameters(minor: number): string[] {
  const count = minor >= 37 ? 14 : minor >= 32 ? 12 : minor >= 29 ? 10 : minor >= 27 ? 6 : 5;
  return parameters.slice(0, count);
}

/** The first volumes are those of the restricted standard. */
const restrictedKinds = volumeKinds.slice(0, 9);

function hasBadVolume(pod: Pod): boolean {
  return (pod.spec.volumes ?? []).some((one) => {
    const kinds = Object.keys(one).filter((key) => key !== "name" && one[key] !== null);
    return kinds.length > 0 && !kinds.some((kind) => restrictedKinds.includes(kind));
  });
}

function annotatedSeccomp(pod: Pod): string[] {
  const names = containersOf(pod).map(({ name }) => `container.seccomp.security.alpha.kubernetes.io/${name}`);
  const keys = ["seccomp.security.alpha.kubernetes.io/pod", ...names];
  return Object.entries(pod.metadata.annotations ?? {}).flatMap(([key, value]) => (keys.includes(key) ? [value] : []));
}

function everyContainer(
  pod: Pod,
  own: (security: Security) => boolean | undefined,
  whole: boolean | undefined,
): boolean {
  return securityOf(pod).every((security) => own(security) ?? whole ?? false) && whole !== false;
}

/** By the name of the check: whether it rejects a pod in a minor version of Kubernetes. */
export const rejections: Readonly<Record<string, (pod: Pod, minor: number) => boolean>> = {
  allowPrivilegeEscalation: (pod, minor) =>
    minor >= 8 &&
    !isWindows(pod, minor) &&
    securityOf(pod).some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
  appArmorProfile: (pod) =>
    withPod(pod).some(({ appArmorProfile }) => appArmorProfile != null && !isConfined(appArmorProfile)) ||
    Object.entries(pod.metadata.annotations ?? {}).some(
      ([key, value]) =>
        key.startsWith("container.apparmor.security.beta.kubernetes.io/") &&
        !["", "runtime/default"].includes(value) &&
        !value.startsWith("localhost/"),
    ),
  capabilities_baseline: (pod) =>
    securityOf(pod).some(({ capabilities }) =>
      (capabilities?.add ?? []).some((name) => !["NET_BIND_SERVICE", "CHOWN"].includes(name)),
    ),
  capabilities_restricted: (pod, minor) =>
    minor >= 22 &&
    !isWindows(pod, minor) &&
    securityOf(pod).some(
      ({ capabilities }) =>
        !(capabilities?.drop ?? []).includes("ALL") ||
        (capabilities?.add ?? []).some((name) => name !== "NET_BIND_SERVICE"),
    ),
  hostNamespaces: ({ spec }) => spec.hostNetwork === true || spec.hostPID === true || spec.hostIPC === true,
  hostPathVolumes: ({ spec }) => (spec.volumes ?? []).some((one) => one.hostPath != null),
  hostPorts: (pod) => containersOf(pod).some((one) => (one.ports ?? []).some(({ hostPort }) => (hostPort ?? 0) !== 0)),
  hostProbesAndHostLifecycle: (pod, minor) => minor >= 34 && containersOf(pod).flatMap(hostsOf).length > 0,
  privileged: (pod) => securityOf(pod).some(({ privileged }) => privileged === true),
  procMount: (pod, minor) => !inUserNamespace(pod, minor) && unmasks(pod),
  procMount_restricted: (pod, minor) => minor >= 35 && unmasks(pod),
  restrictedVolumes: hasBadVolume,
  runAsNonRoot: (pod, minor) =>
    !inUserNamespace(pod, minor) &&
    !everyContainer(
      pod,
      ({ runAsNonRoot }) => runAsNonRoot ?? undefined,
      pod.spec.securityContext?.runAsNonRoot ?? undefined,
    ),
  runAsUser: (pod, minor) =>
    minor >= 23 && !inUserNamespace(pod, minor) && withPod(pod).some(({ runAsUser }) => runAsUser === 0),
  seLinuxOptions: (pod, minor) =>
    withPod(pod).some(({ seLinuxOptions: given }) => {
      const types = [
        "",
        "container_t",
        "container_kvm_t",
        "container_init_t",
        ...(minor >= 31 ? ["container_engine_t"] : []),
      ];
      return given != null && (!types.includes(given.type ?? "") || Boolean(given.user) || Boolean(given.role));
    }),
  seccompProfile_baseline: (pod, minor) =>
    minor < 19
      ? annotatedSeccomp(pod).some(
          (value) => !["runtime/default", "docker/default"].includes(value) && !value.startsWith("localhost/"),
        )
      : withPod(pod).some(({ seccompProfile }) => seccompProfile != null && !isConfined(seccompProfile)),
  seccompProfile_restricted: (pod, minor) => {
    const state = (given: { type?: string } | null | undefined) => (given == null ? undefined : isConfined(given));
    const whole = state(pod.spec.securityContext?.seccompProfile);
    return minor >= 19 && !isWindows(pod, minor) && !everyContainer(pod, (one) => state(one.seccompProfile), whole);
  },
  sysctls: ({ spec }, minor) =>
    (spec.securityContext?.sysctls ?? []).some(({ name }) => !safeParameters(minor).includes(name)),
  windowsHostProcess: (pod) => withPod(pod).some(({ windowsOptions }) => windowsOptions?.hostProcess === true),
};
