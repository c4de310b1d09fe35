import { containerExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { podSecurityChecks, podSecurityConfig } from "../../../kit/kubernetes/pod-security";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { Container, Handler } from "../../../kit/types/kubernetes-workloads";

type MaybeHandler = Property<Handler | undefined>;

export const hostProbes = rule({
  id: "pss-baseline-host-probes",
  title: "Probes and lifecycle hooks of containers ask the pod itself, not another host",
  severity: "medium",
  rationale:
    "The node itself makes the request of a probe or hook: with a host of its own choice a pod sends requests from the node's network, past network policies.",
  remediation:
    "Leave out host of httpGet and tcpSocket in livenessProbe, readinessProbe, startupProbe and lifecycle; set a Host header in httpHeaders where a server needs one.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "hostProbesAndHostLifecycle" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod) => pod.eachContainer((container) => handlersOf(container).flatMap(hostFindings)), 34),
  examples: [
    {
      title: "a probe of the pod",
      verdict: "pass",
      absent: true,
      resources: containerExample({ livenessProbe: { httpGet: { path: "/live", port: 8080 } } }),
    },
    {
      title: "before the standards had it",
      verdict: "pass",
      config: { version: "v1.33" },
      resources: containerExample({ livenessProbe: { httpGet: { host: "10.0.0.1", port: 80 } } }),
    },
    {
      title: "a probe of another host",
      verdict: "fail",
      resources: containerExample({ livenessProbe: { httpGet: { host: "169.254.169.254", port: 80 } } }),
    },
    {
      title: "a readiness probe that opens a connection elsewhere",
      verdict: "fail",
      resources: containerExample({ readinessProbe: { tcpSocket: { host: "10.0.0.1", port: 22 } } }),
    },
    {
      title: "a hook that asks the node",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:StatefulSet", {
        initContainers: [{ name: "init", lifecycle: { preStop: { httpGet: { host: "127.0.0.1", port: 10255 } } } }],
      }),
    },
    {
      title: "a violation beside a host known only later",
      verdict: "fail",
      resources: containerExample({
        livenessProbe: { httpGet: { host: UNKNOWN, port: 80 } },
        startupProbe: { httpGet: { host: "localhost", port: 80 } },
      }),
    },
    {
      title: "host known only later",
      verdict: "undecided",
      resources: containerExample({ lifecycle: { postStart: { tcpSocket: { host: UNKNOWN, port: 80 } } } }),
    },
  ],
});

function handlersOf(container: Property<Container>): MaybeHandler[] {
  const lifecycle = container.get("lifecycle");
  return [
    container.get("livenessProbe"),
    container.get("readinessProbe"),
    container.get("startupProbe"),
    lifecycle.get("postStart"),
    lifecycle.get("preStop"),
  ];
}

function hostFindings(handler: MaybeHandler): Finding[] {
  return [handler.get("httpGet").get("host"), handler.get("tcpSocket").get("host")].flatMap((host) => {
    const name = host.text();
    if (name === UNKNOWN) return [undecided(host)];
    return name === undefined ? [] : [fail(host, "makes the node ask another host")];
  });
}
