import { eachKnownItem } from "../../../kit/kubernetes/pod";
import { containerExample, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { podSecurityChecks, podSecurityConfig } from "../../../kit/kubernetes/pod-security";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const hostPorts = rule({
  id: "pss-baseline-host-ports",
  title: "Containers take no ports of their node",
  severity: "medium",
  rationale:
    "A port of the node is reached past network policies for the pod's address, and can take the place of a service of the node.",
  remediation: "Leave out hostPort in the ports of each container; publish the pod by a Service.",
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "hostPorts" },
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  config: podSecurityConfig,
  checks: podSecurityChecks((pod) =>
    pod.eachContainer((container) =>
      eachKnownItem(container.get("ports"), (port) => {
        const hostPort = port.get("hostPort");
        const number = hostPort.number();
        if (number === UNKNOWN) return [undecided(hostPort)];
        return number === undefined || number === 0 ? [] : [fail(hostPort, "takes a port of the node")];
      }),
    ),
  ),
  examples: [
    {
      title: "a port of the pod alone",
      verdict: "pass",
      absent: true,
      resources: containerExample({ ports: [{ containerPort: 8080 }] }),
    },
    {
      title: "zero, which means none",
      verdict: "pass",
      resources: containerExample({ ports: [{ containerPort: 8080, hostPort: 0 }] }),
    },
    {
      title: "a port of the node",
      verdict: "fail",
      resources: containerExample({ ports: [{ containerPort: 8080, hostPort: 80 }] }),
    },
    {
      title: "a port of the node, in a replica set's sidecar",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:ReplicaSet", {
        initContainers: [{ name: "mesh", restartPolicy: "Always", ports: [{ containerPort: 15001, hostPort: 15001 }] }],
      }),
    },
    {
      title: "a violation beside a port known only later",
      verdict: "fail",
      resources: containerExample({ ports: [{ hostPort: UNKNOWN }, { hostPort: 443 }] }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: containerExample({ ports: [{ containerPort: 8080, hostPort: UNKNOWN }] }),
    },
  ],
});
