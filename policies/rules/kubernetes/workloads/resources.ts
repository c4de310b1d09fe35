import { judgedPods, namespaceConfig } from "../../../kit/kubernetes/exempt-namespaces";
import { containerExample, podExample } from "../../../kit/kubernetes/pod-examples";
import { type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

interface Amounts {
  limits?: Record<string, string>;
  requests?: Record<string, string>;
}

export const resources = rule({
  id: "k8s-workloads-resources",
  title: "Containers say how much processor and memory they need, and how much memory they may take",
  severity: "medium",
  rationale:
    "One container without a limit can take a node's memory and bring down its neighbours, by mistake or on purpose.",
  remediation:
    "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory of each container, or of the pod.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-5" },
    { framework: "NIST 800-53r5", control: "SC-6" },
  ],
  levels: { baseline: "advisory" },
  config: namespaceConfig,
  checks: judgedPods((pod) => {
    const whole = amountFindings((pod.spec as Property<{ resources?: Amounts }>).get("resources") as Property<Amounts>);
    if (whole.length === 0) return [];
    const found = pod.eachContainer((container, kind) =>
      kind === "ephemeral container" ? [] : amountFindings(container.get("resources") as Property<Amounts>),
    );
    // What the pod has as a whole may make up for it, once that is known.
    const isOpen = whole.every(({ verdict }) => verdict === "undecided");
    return isOpen ? found.map((finding): Finding => ({ ...finding, verdict: "undecided" })) : found;
  }),
  examples: [
    { title: "requests and limits", verdict: "pass", resources: podExample() },
    {
      title: "limits, which are requests too where those are missing",
      verdict: "pass",
      resources: containerExample({ resources: { limits: { cpu: "1", memory: "2Gi" } } }),
    },
    {
      title: "the pod as a whole",
      verdict: "pass",
      resources: podExample({
        resources: { requests: { cpu: "1" }, limits: { memory: "2Gi" } },
        containers: [{ name: "server" }],
      }),
    },
    { title: "nothing", verdict: "fail", absent: true, resources: containerExample({ resources: null }) },
    {
      title: "no limit of memory",
      verdict: "fail",
      resources: containerExample({ resources: { requests: { cpu: "1", memory: "2Gi" } } }),
    },
    { title: "known only later", verdict: "undecided", resources: containerExample({ resources: UNKNOWN }) },
  ],
});

function amountFindings(given: Property<Amounts>): Finding[] {
  const limits = given.get("limits");
  const requests = given.get("requests");
  return [
    { places: [requests, limits], name: "cpu", missing: "does not say how much processor is needed" },
    { places: [requests, limits], name: "memory", missing: "does not say how much memory is needed" },
    { places: [limits], name: "memory", missing: "does not limit memory" },
  ].flatMap(({ places, name, missing }) => {
    const has = places.map((place) => isGiven(place.entry(name)));
    if (has.includes(true)) return [];
    return [has.includes(UNKNOWN) ? undecided(given) : fail(given, missing)];
  });
}

/** An amount that is known only later is an amount. */
function isGiven(amount: Property<string>): Reading<boolean> {
  return amount.isBelowUnknown ? UNKNOWN : !amount.isAbsent;
}
