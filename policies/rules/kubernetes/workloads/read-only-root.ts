import { requireTrue } from "../../../kit/checks";
import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { unless } from "../../../kit/kubernetes/pod";
import { podExample, securityContextExample } from "../../../kit/kubernetes/pod-examples";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const readOnlyRoot = rule({
  id: "k8s-workloads-read-only-root",
  title: "Containers cannot write to their own image's files",
  severity: "medium",
  rationale: "Whoever gets into the container could change programs or models there, or leave tools for later.",
  remediation: "Set securityContext.readOnlyRootFilesystem to true, and mount an emptyDir where the program writes.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "NIST 800-53r5", control: "SI-7" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  // Windows has no such setting.
  checks: judgedPods((pod) =>
    unless(
      pod.isWindows,
      pod.eachContainer((container, kind) =>
        kind === "ephemeral container"
          ? []
          : requireTrue(
              container.get("securityContext").get("readOnlyRootFilesystem"),
              "the container may write to its own files",
            ),
      ),
    ),
  ),
  examples: [
    { title: "read only", verdict: "pass", resources: podExample() },
    {
      title: "a Windows pod",
      verdict: "pass",
      resources: podExample({ os: { name: "windows" }, containers: [{ name: "server", image: "server" }] }),
    },
    {
      title: "not said",
      verdict: "fail",
      absent: true,
      resources: securityContextExample({ readOnlyRootFilesystem: null }),
    },
    { title: "writable", verdict: "fail", resources: securityContextExample({ readOnlyRootFilesystem: false }) },
    {
      title: "known only later",
      verdict: "undecided",
      resources: securityContextExample({ readOnlyRootFilesystem: UNKNOWN }),
    },
  ],
});
