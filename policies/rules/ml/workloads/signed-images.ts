import { isVerified, KYVERNO_POLICY, VERIFYING_TYPES } from "../../../kit/kubernetes/image-verification";
import { unless } from "../../../kit/kubernetes/pod";
import { metadataOf, NAMESPACE, tierConfig, tieredNamespaces } from "../../../kit/kubernetes/tiers";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const namespace = (labels: Record<string, Plain> = {}, tier: Plain = "serving"): ExampleResource => ({
  type: NAMESPACE,
  name: "llm",
  properties: { metadata: { name: "llm", labels: { "gabion.dev/tier": tier, ...labels } } },
});
const attestors = [{ name: "release", cosign: { key: { kms: "awskms:///alias/release" } } }];
const imagePolicy = (spec: Record<string, Plain> = {}): ExampleResource => ({
  type: "kubernetes:policies.kyverno.io/v1:ImageValidatingPolicy",
  name: "signed",
  properties: { metadata: { name: "signed" }, spec: { attestors, ...spec } },
});
const kyverno = (resources: Plain, spec: Record<string, Plain> = {}, exclude: Plain = {}): ExampleResource => ({
  type: KYVERNO_POLICY,
  name: "signed",
  properties: {
    spec: {
      validationFailureAction: "Enforce",
      rules: [
        {
          match: { any: [{ resources }] },
          exclude,
          verifyImages: [{ imageReferences: ["*"], attestors: [{ count: 1 }] }],
        },
      ],
      ...spec,
    },
  },
});
const sigstore = (spec: Record<string, Plain> = {}): ExampleResource => ({
  type: "kubernetes:policy.sigstore.dev/v1beta1:ClusterImagePolicy",
  name: "signed",
  properties: {
    spec: { images: [{ glob: "**" }], authorities: [{ keyless: { url: "https://fulcio.example" } }], ...spec },
  },
});
const included = { "policy.sigstore.dev/include": "true" };

export const signedImages = rule({
  id: "ml-37-signed-images",
  title: "Namespaces with models admit signed images alone, also while the verifier is broken",
  severity: "high",
  rationale:
    "Whoever can push to a registry, or take the place of one, runs code beside models and data unless admission asks who built an image.",
  remediation:
    "Add an ImageValidatingPolicy (or a ClusterPolicy with verifyImages and validationFailureAction Enforce, or a ClusterImagePolicy with the namespace's include label) that selects the namespace, with failurePolicy Fail.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-7(15)" },
    { framework: "NIST 800-53r5", control: "SR-11" },
    { framework: "ISO 27001:2022", control: "A.8.25" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.1" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0010.004" },
    { framework: "OWASP ML Top 10", control: "ML06" },
    { framework: "OWASP AISVS 1.0", control: "C3.1.3" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...tierConfig,
    verifiedElsewhere: {
      type: "boolean",
      description: "Whether another stack installs the policies that verify signatures for these namespaces",
      default: false,
    },
  },
  checks: {},
  observes: [NAMESPACE, ...VERIFYING_TYPES],
  stack: (index, context) => {
    if (context.config.verifiedElsewhere === true) return [];
    return tieredNamespaces(index, context).flatMap(({ namespace, tiered }) => {
      const metadata = metadataOf(namespace);
      const verified = isVerified(index, metadata);
      if (verified === true) return [];
      const finding =
        verified === UNKNOWN
          ? undecided(metadata, "may have its images verified, which is known only after deployment")
          : fail(metadata, "no policy verifies the signatures of images there and rejects the others");
      return unless(tiered === true ? false : UNKNOWN, [finding]).map((found) => ({ ...found, resource: namespace }));
    });
  },
  examples: [
    { title: "policy of Kyverno for all namespaces", verdict: "pass", resources: [namespace(), imagePolicy()] },
    {
      title: "policy for the tier, by the label of the namespace",
      verdict: "pass",
      resources: [
        namespace(),
        imagePolicy({ matchConstraints: { namespaceSelector: { matchLabels: { "gabion.dev/tier": "serving" } } } }),
      ],
    },
    {
      title: "older policy of Kyverno that enforces",
      verdict: "pass",
      resources: [namespace(), kyverno({ kinds: ["Pod"], namespaces: ["ll*"] })],
    },
    {
      title: "policy of sigstore, and the label that it asks for",
      verdict: "pass",
      resources: [namespace(included), sigstore()],
    },
    {
      title: "policies of another stack",
      verdict: "pass",
      config: { verifiedElsewhere: true },
      resources: [namespace()],
    },
    { title: "no policy", verdict: "fail", absent: true, resources: [namespace()] },
    {
      title: "policy of the API server, which cannot verify a signature",
      verdict: "fail",
      resources: [
        namespace(),
        {
          type: "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
          name: "digest",
          properties: { spec: { failurePolicy: "Fail", validations: [{ expression: "true" }] } },
        },
      ],
    },
    {
      title: "policy that fails open",
      verdict: "fail",
      resources: [namespace(), imagePolicy({ failurePolicy: "Ignore" })],
    },
    {
      title: "policy that only reports",
      verdict: "fail",
      resources: [namespace(), imagePolicy({ validationActions: ["Audit"] })],
    },
    {
      title: "policy that trusts no one in particular",
      verdict: "fail",
      resources: [namespace(), imagePolicy({ attestors: [] })],
    },
    {
      title: "older policy of Kyverno, which only reports by default",
      verdict: "fail",
      resources: [namespace(), kyverno({ kinds: ["Pod"] }, { validationFailureAction: "Audit" })],
    },
    {
      title: "policy that leaves the namespace out",
      verdict: "fail",
      resources: [namespace(), kyverno({ kinds: ["Pod"] }, {}, { any: [{ resources: { namespaces: ["llm"] } }] })],
    },
    {
      title: "policy for pods with a label alone",
      verdict: "fail",
      resources: [namespace(), kyverno({ kinds: ["Pod"], selector: { matchLabels: { signed: "yes" } } })],
    },
    { title: "policy of sigstore, without the label", verdict: "fail", resources: [namespace(), sigstore()] },
    {
      title: "policy of sigstore that only warns",
      verdict: "fail",
      resources: [namespace(included), sigstore({ mode: "warn" })],
    },
    {
      title: "policy of sigstore that lets all pass",
      verdict: "fail",
      resources: [namespace(included), sigstore({ authorities: [{ static: { action: "pass" } }] })],
    },
    { title: "tier known only later", verdict: "undecided", resources: [namespace({}, UNKNOWN)] },
    {
      title: "what happens on failure is known only later",
      verdict: "undecided",
      resources: [namespace(), imagePolicy({ failurePolicy: UNKNOWN })],
    },
  ],
});
