import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveConfig } from "../../policies/kit/config";
import { WORKLOAD_TYPES, type WorkloadType } from "../../policies/kit/kubernetes/pod";
import { type Plain, Property, UNKNOWN } from "../../policies/kit/property";
import type { Finding, Rule } from "../../policies/kit/rule";
import { pssBaselineRules } from "../../policies/rules/kubernetes/pss-baseline";
import { pssRestrictedRules } from "../../policies/rules/kubernetes/pss-restricted";
import { generatedPod, type Json, type Pod, rejections } from "./support/pod-security";

const rules: readonly Rule[] = [...pssBaselineRules, ...pssRestrictedRules];
const versions = [
  "v1.7",
  "v1.18",
  "v1.21",
  "v1.22",
  "v1.24",
  "v1.26",
  "v1.28",
  "v1.30",
  "v1.33",
  "v1.34",
  "v1.35",
  "latest",
];

type AnyCheck = (view: object, context: object) => readonly Finding[];

/** The workload of a type whose pods are the given one. */
function workload(type: WorkloadType, pod: Pod): Json {
  const { metadata, spec } = pod;
  const object = { name: "x", ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) };
  const annotations = metadata.annotations === undefined ? {} : { annotations: metadata.annotations };
  if (type === "kubernetes:core/v1:Pod") return { metadata: { ...object, ...annotations }, spec } as unknown as Json;
  const template = { metadata: annotations, spec };
  const outer = type === "kubernetes:batch/v1:CronJob" ? { jobTemplate: { spec: { template } } } : { template };
  return { metadata: object, spec: outer } as unknown as Json;
}

function judge(rule: Rule, type: WorkloadType, properties: Plain, version: string): readonly Finding[] {
  const { values } = resolveConfig(rule.config ?? {}, { version });
  const context = { profile: "regulated", today: "2026-11-24", preview: true, config: values };
  const view = { urn: "", name: "x", type, properties: new Property(properties, "") };
  return (rule.checks[type] as unknown as AnyCheck)(view, context);
}

const verdictOf = (found: readonly Finding[]): "pass" | "fail" | "undecided" =>
  found.some(({ verdict }) => verdict === "fail") ? "fail" : found.length > 0 ? "undecided" : "pass";

/** Every place in a value. */
function places(value: Json, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    return [at, ...places(item as Json, at)];
  });
}

function unknownAt(value: Json, path: readonly (string | number)[]): Plain {
  const [first, ...rest] = path;
  if (first === undefined) return UNKNOWN;
  const copy: Record<string | number, Plain> = Array.isArray(value)
    ? ([...value] as unknown as Record<string | number, Plain>)
    : { ...(value as Record<string, Json>) };
  copy[first] = unknownAt(copy[first] as Json, rest);
  return copy as Plain;
}

const situation = fc.record({
  pod: generatedPod,
  type: fc.constantFrom(...WORKLOAD_TYPES),
  version: fc.constantFrom(...versions),
});

const server = { name: "server" };
const secured = (securityContext: Json) => ({ spec: { containers: [{ ...server, securityContext }] } });
const whole = (securityContext: Json) => ({ spec: { containers: [server], securityContext } });
const parameter = (name: string) => whole({ sysctls: [{ name, value: "1" }] });
const annotated = (key: string, value: string) => ({
  metadata: { annotations: { [key]: value } },
  spec: { containers: [server] },
});

/** What the standard's own definition tells, at the versions where it changes: check, version, pod, verdict. */
const stated: readonly (readonly [string, string, Json, "pass" | "fail"])[] = [
  ["allowPrivilegeEscalation", "v1.7", secured(null), "pass"],
  ["allowPrivilegeEscalation", "v1.8", secured(null), "fail"],
  ["allowPrivilegeEscalation", "v1.24", { spec: { os: { name: "windows" }, containers: [server] } }, "fail"],
  ["allowPrivilegeEscalation", "v1.25", { spec: { os: { name: "windows" }, containers: [server] } }, "pass"],
  ["allowPrivilegeEscalation", "latest", { spec: { os: { name: "Windows" }, containers: [server] } }, "fail"],
  ["allowPrivilegeEscalation", "latest", { spec: { containers: [] } }, "pass"],
  ["appArmorProfile", "latest", whole({ appArmorProfile: {} }), "fail"],
  ["appArmorProfile", "latest", annotated("container.apparmor.security.beta.kubernetes.io/gone", "unconfined"), "fail"],
  ["appArmorProfile", "latest", annotated("container.apparmor.security.beta.kubernetes.io/server", ""), "pass"],
  ["capabilities_baseline", "latest", secured({ capabilities: { add: ["chown"] } }), "fail"],
  ["capabilities_baseline", "latest", secured({ capabilities: { drop: ["NET_RAW"] } }), "pass"],
  ["capabilities_restricted", "v1.21", secured(null), "pass"],
  ["capabilities_restricted", "v1.22", secured({ capabilities: { drop: ["CHOWN"] } }), "fail"],
  ["hostPorts", "latest", { spec: { containers: [{ ...server, ports: [{ hostPort: 0 }] }] } }, "pass"],
  [
    "hostProbesAndHostLifecycle",
    "v1.33",
    { spec: { containers: [{ livenessProbe: { httpGet: { host: "a" } } }] } },
    "pass",
  ],
  [
    "hostProbesAndHostLifecycle",
    "v1.34",
    { spec: { containers: [{ livenessProbe: { httpGet: { host: "a" } } }] } },
    "fail",
  ],
  [
    "hostProbesAndHostLifecycle",
    "v1.34",
    { spec: { containers: [{ livenessProbe: { httpGet: { host: "" } } }] } },
    "pass",
  ],
  ["procMount", "v1.34", { spec: { hostUsers: false, ...secured({ procMount: "Unmasked" }).spec } }, "fail"],
  ["procMount", "v1.35", { spec: { hostUsers: false, ...secured({ procMount: "Unmasked" }).spec } }, "pass"],
  ["procMount_restricted", "v1.34", secured({ procMount: "Unmasked" }), "pass"],
  ["procMount_restricted", "v1.35", { spec: { hostUsers: false, ...secured({ procMount: "Unmasked" }).spec } }, "fail"],
  ["restrictedVolumes", "latest", { spec: { volumes: [{ name: "v" }] } }, "pass"],
  ["restrictedVolumes", "latest", { spec: { volumes: [{ name: "v", gitRepo: { repository: "r" } }] } }, "fail"],
  ["runAsNonRoot", "latest", { spec: { securityContext: { runAsNonRoot: false }, containers: [] } }, "fail"],
  ["runAsNonRoot", "v1.35", { spec: { hostUsers: false, containers: [server] } }, "pass"],
  ["runAsNonRoot", "v1.34", { spec: { hostUsers: false, containers: [server] } }, "fail"],
  ["runAsUser", "v1.22", whole({ runAsUser: 0 }), "pass"],
  ["runAsUser", "v1.23", whole({ runAsUser: 0 }), "fail"],
  ["runAsUser", "latest", { spec: { hostUsers: true, ...whole({ runAsUser: 0 }).spec } }, "fail"],
  ["seLinuxOptions", "v1.30", whole({ seLinuxOptions: { type: "container_engine_t" } }), "fail"],
  ["seLinuxOptions", "v1.31", whole({ seLinuxOptions: { type: "container_engine_t" } }), "pass"],
  ["seccompProfile_baseline", "v1.18", annotated("seccomp.security.alpha.kubernetes.io/pod", ""), "fail"],
  ["seccompProfile_baseline", "v1.18", annotated("seccomp.security.alpha.kubernetes.io/pod", "docker/default"), "pass"],
  [
    "seccompProfile_baseline",
    "v1.18",
    annotated("container.seccomp.security.alpha.kubernetes.io/x", "unconfined"),
    "pass",
  ],
  ["seccompProfile_baseline", "v1.19", annotated("seccomp.security.alpha.kubernetes.io/pod", "unconfined"), "pass"],
  ["seccompProfile_restricted", "v1.18", secured(null), "pass"],
  ["seccompProfile_restricted", "v1.19", secured(null), "fail"],
  ["sysctls", "v1.26", parameter("net.ipv4.ip_local_reserved_ports"), "fail"],
  ["sysctls", "v1.27", parameter("net.ipv4.ip_local_reserved_ports"), "pass"],
  ["sysctls", "v1.28", parameter("net.ipv4.tcp_keepalive_time"), "fail"],
  ["sysctls", "v1.29", parameter("net.ipv4.tcp_keepalive_time"), "pass"],
  ["sysctls", "v1.31", parameter("net.ipv4.tcp_wmem"), "fail"],
  ["sysctls", "v1.32", parameter("net.ipv4.tcp_wmem"), "pass"],
  ["sysctls", "v1.36", parameter("net.ipv4.tcp_notsent_lowat"), "fail"],
  ["sysctls", "latest", parameter("net.ipv4.tcp_notsent_lowat"), "pass"],
  ["sysctls", "latest", parameter("net/ipv4/tcp_syncookies"), "fail"],
];

describe("the Pod Security Standards", () => {
  it.each(stated)("%s, %s: %j, %s", (control, version, pod, verdict) => {
    const rule = rules.find(({ mappings }) => mappings.some((mapping) => mapping.control === control)) as Rule;
    expect(verdictOf(judge(rule, "kubernetes:core/v1:Pod", pod, version))).toBe(verdict);
  });

  it("has each of the nineteen checks as a rule", () => {
    const controls = rules.flatMap((rule) =>
      rule.mappings.filter(({ framework }) => framework === "Kubernetes Pod Security Standards"),
    );
    expect(controls.map(({ control }) => control).sort()).toEqual(Object.keys(rejections).sort());
  });

  describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
    const control = rule.mappings.find(({ framework }) => framework === "Kubernetes Pod Security Standards")?.control;
    const rejects = rejections[control ?? ""];
    if (rejects === undefined) throw new Error("no oracle");

    it("says of generated pods what the standard says", () => {
      const seen = { pass: 0, fail: 0, undecided: 0 };
      fc.assert(
        fc.property(situation, ({ pod, type, version }) => {
          const minor = version === "latest" ? 37 : Number(version.slice(3));
          const expected = pod.metadata.namespace !== "kube-system" && rejects(pod, minor) ? "fail" : "pass";
          const verdict = verdictOf(judge(rule, type, workload(type, pod), version));
          seen[verdict]++;
          expect(verdict).toBe(expected);
        }),
        { numRuns: 2000, seed: 6 },
      );
      expect(seen.pass).toBeGreaterThan(20);
      expect(seen.fail).toBeGreaterThan(10);
    });

    it("says of a pod that is known in part only what holds of the whole one", () => {
      fc.assert(
        fc.property(situation, fc.nat(), ({ pod, type, version }, choice) => {
          const whole = workload(type, pod);
          const all = places(whole);
          const path = all[choice % all.length] ?? [];
          const verdict = verdictOf(judge(rule, type, unknownAt(whole, path), version));
          const truth = verdictOf(judge(rule, type, whole, version));
          if (verdict !== "undecided")
            expect(`${verdict} without ${path.join(".")}`).toBe(`${truth} without ${path.join(".")}`);
        }),
        { numRuns: 2000, seed: 6 },
      );
    });
  });
});
