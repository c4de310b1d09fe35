import { eachKnownItem } from "../../../kit/kubernetes/pod";
import {
  goodContainer,
  podExample,
  securityContextExample,
  varied,
  workloadExample,
} from "../../../kit/kubernetes/pod-examples";
import {
  eachSecurityContext,
  podSecurityChecks,
  podSecurityConfig,
  restrictedLevels,
  unlessWindows,
} from "../../../kit/kubernetes/pod-security";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { SecurityContext } from "../../../kit/types/kubernetes-workloads";

export const restrictedCapabilities = rule({
  id: "pss-restricted-capabilities",
  title: "Containers drop all capabilities and add at most NET_BIND_SERVICE",
  severity: "medium",
  rationale:
    "The default capabilities let root in a container change owners, forge packets and make devices; a server needs none of them.",
  remediation:
    'Set securityContext.capabilities.drop to ["ALL"] in each container, and add to capabilities.add nothing but NET_BIND_SERVICE.',
  mappings: [
    { framework: "Kubernetes Pod Security Standards", control: "capabilities_restricted" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "CM-7" },
  ],
  levels: restrictedLevels,
  config: podSecurityConfig,
  checks: podSecurityChecks(
    (pod, context) =>
      unlessWindows(
        pod,
        context,
        eachSecurityContext(pod, (security) => [...dropFindings(security), ...addFindings(security)]),
      ),
    22,
  ),
  examples: [
    {
      title: "all dropped, one added for low ports",
      verdict: "pass",
      resources: securityContextExample({ capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE"] } }),
    },
    {
      title: "a pod for Windows",
      verdict: "pass",
      resources: podExample({
        os: { name: "windows" },
        containers: [varied(goodContainer, { securityContext: null })],
      }),
    },
    {
      title: "none dropped",
      verdict: "fail",
      absent: true,
      resources: podExample({ containers: [varied(goodContainer, { securityContext: null })] }),
    },
    {
      title: "all that come to mind dropped, instead of all",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { drop: ["NET_RAW", "SYS_ADMIN"] } }),
    },
    {
      title: "all in small letters, which the standards do not accept",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { drop: ["all"] } }),
    },
    {
      title: "all dropped and one added again, in a Deployment",
      verdict: "fail",
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        containers: [{ name: "a", securityContext: { capabilities: { drop: ["ALL"], add: ["CHOWN"] } } }],
      }),
    },
    {
      title: "one added beside one known only later",
      verdict: "fail",
      resources: securityContextExample({ capabilities: { drop: UNKNOWN, add: [UNKNOWN, "CHOWN"] } }),
    },
    {
      title: "what is dropped is known only later",
      verdict: "undecided",
      resources: securityContextExample({ capabilities: { drop: UNKNOWN } }),
    },
  ],
});

function dropFindings(security: Property<SecurityContext>): Finding[] {
  const drop = security.get("capabilities").get("drop");
  const { items, complete } = drop.items();
  const names = items.map((item) => item.text());
  if (names.includes("ALL")) return [];
  return !complete || names.includes(UNKNOWN) ? [undecided(drop)] : [fail(drop, "does not hold ALL")];
}

function addFindings(security: Property<SecurityContext>): Finding[] {
  return eachKnownItem(security.get("capabilities").get("add"), (capability) =>
    capability.text() === "NET_BIND_SERVICE" ? [] : [fail(capability, "is added")],
  );
}
