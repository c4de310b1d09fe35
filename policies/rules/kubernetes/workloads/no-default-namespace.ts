import { namespaceOf } from "../../../kit/kubernetes/exempt-namespaces";
import { WORKLOAD_TYPES } from "../../../kit/kubernetes/pod";
import { podExample } from "../../../kit/kubernetes/pod-examples";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import type { ObjectMeta } from "../../../kit/types/kubernetes-workloads";

const types = [
  ...WORKLOAD_TYPES,
  "kubernetes:core/v1:ConfigMap",
  "kubernetes:core/v1:Secret",
  "kubernetes:core/v1:Service",
  "kubernetes:core/v1:ServiceAccount",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
] as const;

export const noDefaultNamespace = rule({
  id: "k8s-workloads-no-default-namespace",
  title: "Nothing runs in the default namespace",
  severity: "medium",
  rationale:
    "Quotas, network policies and rights hold for namespaces; in the default one everything shares them, or has none.",
  remediation: "Make a Namespace for the workload and name it in metadata.namespace, or set the provider's namespace.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "4.5.1" },
    { framework: "CIS EKS 1.8.0", control: "4.5.2" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  config: {
    namespaceFromProvider: {
      type: "boolean",
      description: "True where the provider has a namespace of its own for objects that name none",
      default: false,
    },
  },
  checks: sharedChecks<(typeof types)[number], { metadata?: ObjectMeta }>(types, (properties, { config }) => {
    const where: Property<unknown> = properties.get("metadata").get("namespace");
    const namespace = namespaceOf(properties);
    if (namespace === UNKNOWN) return [undecided(where)];
    if (namespace === undefined) {
      return config.namespaceFromProvider === true ? [] : [fail(where, "is not set, so it is the default namespace")];
    }
    return namespace === "default" ? [fail(where, "is the default namespace")] : [];
  }),
  examples: [
    { title: "a namespace of its own", verdict: "pass", resources: podExample() },
    {
      title: "no namespace where the provider has one",
      verdict: "pass",
      config: { namespaceFromProvider: true },
      resources: podExample({}, { namespace: null }),
    },
    {
      title: "no namespace",
      verdict: "fail",
      absent: true,
      resources: [{ type: "kubernetes:core/v1:Service", name: "server", properties: { metadata: { name: "server" } } }],
    },
    { title: "the default namespace", verdict: "fail", resources: podExample({}, { namespace: "default" }) },
    { title: "known only later", verdict: "undecided", resources: podExample({}, { namespace: UNKNOWN }) },
  ],
});
