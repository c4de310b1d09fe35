import { INFERENCE_SERVICE, isAccelerated, modelPodRule } from "../../../kit/kubernetes/model-pods";
import { type PodView, unless } from "../../../kit/kubernetes/pod";
import { goodContainer, podExample, varied, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { isTiered, NAMESPACE, tierConfig } from "../../../kit/kubernetes/tiers";
import { type Plain, type Property, type Reading, UNKNOWN } from "../../../kit/property";
import { anyOf, not } from "../../../kit/readings";
import { type ExampleResource, type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";
import type { Container } from "../../../kit/types/kubernetes-workloads";

const labels = { "gabion.dev/tier": "serving" };
const annotations = { "gabion.dev/ai-bom": `registry/llm-bom@sha256:${"0f".repeat(32)}` };
const verifier: Record<string, Plain> = {
  name: "verify",
  image: "verifier",
  command: ["python", "-m", "model_signing"],
  args: ["verify", "certificate", "--signature", "/models/model.sig", "/models"],
};
const server = (
  spec: Record<string, Plain>,
  metadata: Record<string, Plain> = { labels, annotations },
): ExampleResource[] => podExample({ initContainers: [verifier], ...spec }, metadata);

export const verifiedModels = rule({
  id: "ml-38-verified-models",
  title: "Workloads that serve a model verify its signature first and name its bill of materials",
  severity: "high",
  rationale:
    "Weights that were changed on their way look like any others; without a bill of materials no one can tell which servers run a bad model.",
  remediation:
    "Add an init container that runs model_signing verify (or the label of the model validation operator), and the annotation gabion.dev/ai-bom with the reference of the bill.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-7(1)" },
    { framework: "NIST 800-53r5", control: "SR-11" },
    { framework: "ISO 27001:2022", control: "A.5.21" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0010.003" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0018.002" },
    { framework: "OWASP ML Top 10", control: "ML06" },
    { framework: "OWASP AISVS 1.0", control: "C3.1.3" },
    { framework: "OWASP AISVS 1.0", control: "C6.2.1" },
  ],
  levels: { baseline: "advisory" },
  config: {
    tierLabel: tierConfig.tierLabel,
    tiers: { ...tierConfig.tiers, description: "Tiers in which models are served", default: ["serving", "inference"] },
    bomAnnotation: {
      type: "string",
      description: "Annotation that holds the reference of the model's bill of materials",
      default: "gabion.dev/ai-bom",
    },
    verifiers: {
      type: "array",
      description: "Commands that verify a model: words that an init container's command and args hold in this order",
      items: { type: "string" },
      default: ["model_signing verify", "model-signing verify", "cosign verify", "notation verify"],
    },
    validationLabel: {
      type: "string",
      description: "Label of pods for which an operator adds the verification",
      default: "validation.ml.sigstore.dev/ml",
    },
  },
  ...modelPodRule(
    (pod, context) =>
      unless(not(servesModel(pod, context)), [...verificationFindings(pod, context), ...bomFindings(pod, context)]),
    { accelerated: false },
  ),
  examples: [
    { title: "verified by an init container, bill of materials named", verdict: "pass", resources: server({}) },
    {
      title: "verified by what an operator adds",
      verdict: "pass",
      resources: podExample({}, { annotations, labels: { ...labels, "validation.ml.sigstore.dev/ml": "llm" } }),
    },
    { title: "workload that serves no model", verdict: "pass", resources: podExample({}) },
    { title: "neither", verdict: "fail", absent: true, resources: podExample({}, { labels }) },
    { title: "no bill of materials", verdict: "fail", resources: server({}, { labels }) },
    {
      title: "verified beside the server, which does not wait",
      verdict: "fail",
      resources: server({ initContainers: [{ ...verifier, restartPolicy: "Always" }] }),
    },
    {
      title: "init container that only fetches the model",
      verdict: "fail",
      resources: server({
        initContainers: [{ ...verifier, command: ["aws", "s3", "cp"], args: ["s3://models/llm", "/models"] }],
      }),
    },
    {
      title: "model server of KServe",
      verdict: "fail",
      resources: [
        {
          type: INFERENCE_SERVICE,
          name: "llm",
          properties: { metadata: { annotations }, spec: { predictor: { model: { storageUri: "s3://models/llm" } } } },
        },
      ],
    },
    {
      title: "GPU workload in a namespace for serving",
      verdict: "fail",
      resources: [
        { type: NAMESPACE, name: "ns", properties: { metadata: { name: "serving", labels } } },
        ...workloadExample("kubernetes:apps/v1:Deployment", {
          containers: [varied(goodContainer, { resources: { limits: { "nvidia.com/gpu": "1" } } })],
        }),
      ],
    },
    { title: "init containers known only later", verdict: "undecided", resources: server({ initContainers: UNKNOWN }) },
    {
      title: "command of the init container known only later",
      verdict: "undecided",
      resources: server({ initContainers: [{ ...verifier, args: UNKNOWN }] }),
    },
  ],
});

/** In a namespace for serving are other workloads too: those that ask for accelerators hold models. */
function servesModel(pod: PodView, context: RuleContext): Reading<boolean> {
  return anyOf([
    pod.type === INFERENCE_SERVICE,
    isTiered(pod.object, context),
    isTiered(pod.metadata, context),
    isAccelerated(pod),
  ]);
}

function verificationFindings(pod: PodView, { config }: RuleContext): Finding[] {
  const operator = anyOf(
    [pod.metadata, pod.object].map((metadata) => {
      const label = metadata.get("labels").entry(String(config.validationLabel));
      return label.isBelowUnknown ? UNKNOWN : label.isUnknown || label.text() !== undefined;
    }),
  );
  const inits = pod.spec.get("initContainers");
  const { items, complete } = inits.items();
  const verified = anyOf([
    operator,
    complete ? false : UNKNOWN,
    ...items.map((container) => verifies(container as unknown as Property<Container>, config.verifiers as string[])),
  ]);
  if (verified === true) return [];
  return [verified === UNKNOWN ? undecided(inits) : fail(inits, "hold none that verifies the model's signature")];
}

function verifies(container: Property<Container>, verifiers: readonly string[]): Reading<boolean> {
  const isSidecar = container.get("restartPolicy").text();
  if (isSidecar === "Always") return false;
  const lists = [container.get("command").items(), container.get("args").items()];
  const words = lists.flatMap(({ items }) => items.map((item) => item.text()));
  const open = lists.some(({ complete }) => !complete) || words.includes(UNKNOWN);
  const line = words.filter((word) => typeof word === "string").join(" ");
  const found = verifiers.some((verifier) => holdsInOrder(line, verifier.split(" ")));
  if (found) return isSidecar === UNKNOWN ? UNKNOWN : true;
  return open ? UNKNOWN : false;
}

function holdsInOrder(line: string, words: readonly string[]): boolean {
  let from = 0;
  return words.every((word) => {
    const at = line.indexOf(word, from);
    from = at + word.length;
    return at >= 0;
  });
}

function bomFindings(pod: PodView, { config }: RuleContext): Finding[] {
  const given = anyOf(
    [pod.metadata, pod.object].map((metadata) => {
      const bill = metadata.get("annotations").entry(String(config.bomAnnotation));
      // What the annotation will say is known only later; that there is one is known.
      return bill.isBelowUnknown ? UNKNOWN : bill.isUnknown || bill.text() !== undefined;
    }),
  );
  if (given === true) return [];
  const where = pod.metadata.get("annotations");
  return [given === UNKNOWN ? undecided(where) : fail(where, "name no bill of materials of the model")];
}
