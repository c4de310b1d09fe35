import { asksForAccelerator, modelPodRule } from "../../../kit/kubernetes/model-pods";
import { eachKnownItem, type PodView } from "../../../kit/kubernetes/pod";
import { goodContainer, podExample, varied, workloadExample } from "../../../kit/kubernetes/pod-examples";
import { tierConfig } from "../../../kit/kubernetes/tiers";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { Container, EnvVar } from "../../../kit/types/kubernetes-workloads";

/** Arguments that run code of a model's repository, or read weights as pickles, which run code. Written with `_` for `-`. */
const dangerousArgument =
  /trust_remote_code(?!["']?[=:\s]+["']?(false|0)\b)|allow_pickle(?!["']?[=:\s]+["']?(false|0)\b)|weights_only["']?[=:\s]+["']?(false|0)\b|safe_serialization["']?[=:\s]+["']?(false|0)\b|use_safetensors["']?[=:\s]+["']?(false|0)\b|load_format[=\s]+["']?(pt|npcache)\b/i;
/** The value of such an argument, where it stands in an element of its own. */
const separateValue = /(trust_remote_code|allow_pickle)$/i;
const separateName = /(load_format|weights_only|safe_serialization|use_safetensors)$/i;
const dangerousVariables = [
  "HF_HUB_TRUST_REMOTE_CODE",
  "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD",
  "TRUST_REMOTE_CODE",
  "VLLM_ALLOW_INSECURE_SERIALIZATION",
];
const offlineVariables = ["HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"];

const offline = [{ name: "HF_HUB_OFFLINE", value: "1" }];
const training = { labels: { "gabion.dev/tier": "training" } };
const model = (container: Record<string, Plain>, metadata: Record<string, Plain> = training): ExampleResource[] =>
  podExample({ containers: [varied(goodContainer, { env: offline, ...container })] }, metadata);

export const noCodeFromModels = rule({
  id: "ml-39-no-code-from-models",
  title: "Workloads with models load no code from them and fetch none from a hub",
  severity: "high",
  rationale:
    "A model's repository may bring Python files and pickles that run as soon as it is loaded: whoever changes it runs code beside the data.",
  remediation:
    "Remove trust_remote_code, allow_pickle, weights_only=False and --load-format pt from command, args and env of containers, use safetensors, and set env HF_HUB_OFFLINE to 1.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
    { framework: "ISO 27001:2022", control: "A.8.28" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 3.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0011.000" },
    { framework: "OWASP ML Top 10", control: "ML06" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.2" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...tierConfig,
    requireOffline: {
      type: "boolean",
      description: "Whether hubs must be switched off; false where the network lets none be reached anyway",
      default: true,
    },
  },
  ...modelPodRule(
    (pod, { config }) => [
      ...pod.eachContainer((container) => [
        ...[container.get("command"), container.get("args")].flatMap(argumentFindings),
        ...variableFindings(container),
      ]),
      ...(config.requireOffline === true ? offlineFindings(pod) : []),
    ],
    { accelerated: true },
  ),
  examples: [
    { title: "hub switched off, no code from models", verdict: "pass", resources: model({}) },
    { title: "a pod without models", verdict: "pass", resources: podExample({}) },
    {
      title: "said to be off",
      verdict: "pass",
      resources: model({
        args: ["--trust-remote-code=false"],
        env: [...offline, { name: "TRUST_REMOTE_CODE", value: "0" }],
      }),
    },
    {
      title: "code of the model's repository",
      verdict: "fail",
      resources: model({ args: ["serve", "--trust-remote-code"] }),
    },
    {
      title: "the same inside a script",
      verdict: "fail",
      resources: model({ command: ["python", "-c", "AutoModel.from_pretrained('m', trust_remote_code=True)"] }),
    },
    {
      title: "weights as pickles, the format in an element of its own",
      verdict: "fail",
      resources: model({ args: ["serve", "--load-format", "pt"] }),
    },
    {
      title: "by a variable, beside one known only later",
      verdict: "fail",
      resources: model({
        env: [...offline, { name: "X", value: UNKNOWN }, { name: "TRUST_REMOTE_CODE", value: "true" }],
      }),
    },
    {
      title: "GPU workload whose hub is not switched off",
      verdict: "fail",
      absent: true,
      resources: workloadExample("kubernetes:apps/v1:Deployment", {
        containers: [varied(goodContainer, { resources: { limits: { "nvidia.com/gpu": "1" } } })],
      }),
    },
    {
      title: "model server of KServe that trusts the repository",
      verdict: "fail",
      resources: [
        {
          type: "kubernetes:serving.kserve.io/v1beta1:InferenceService",
          name: "llm",
          properties: { spec: { predictor: { model: { env: offline, args: ["--trust_remote_code"] } } } },
        },
      ],
    },
    {
      title: "pod in a namespace with a tier",
      verdict: "fail",
      resources: [
        {
          type: "kubernetes:core/v1:Namespace",
          name: "team",
          properties: { metadata: { name: "serving", labels: { "gabion.dev/tier": "serving" } } },
        },
        ...model({ args: ["--trust-remote-code"] }, {}),
      ],
    },
    { title: "arguments known only later", verdict: "undecided", resources: model({ args: UNKNOWN }) },
    {
      title: "variable that a ConfigMap sets",
      verdict: "undecided",
      resources: model({
        env: [{ name: "HF_HUB_OFFLINE", valueFrom: { configMapKeyRef: { name: "hub", key: "offline" } } }],
      }),
    },
  ],
});

function argumentFindings(list: Property<string[] | undefined>): Finding[] {
  const { items } = list.items();
  const words = items.map((item) => item.text());
  return eachKnownItem(list, (item) => {
    const position = items.findIndex(({ path }) => path === item.path);
    const [text, next] = [words[position], words[position + 1]].map((word) =>
      typeof word === "string" ? word.replaceAll("-", "_") : word,
    );
    if (typeof text !== "string") return [];
    const isName = separateName.test(text);
    if (next === UNKNOWN && isName) return [];
    const joined = (isName || separateValue.test(text)) && typeof next === "string" ? `${text}=${next}` : text;
    return dangerousArgument.test(joined) ? [fail(item, "lets a model bring code")] : [];
  });
}

function variableFindings(container: Property<Container>): Finding[] {
  return eachKnownItem(container.get("env"), (variable) => {
    const name = variable.get("name").text();
    const value = variable.get("value");
    if (name === UNKNOWN) return isOn(value) === false ? [] : [undecided(variable.get("name"))];
    if (name === undefined || !dangerousVariables.includes(name)) return [];
    const on = isSet(variable);
    if (on === UNKNOWN) return [undecided(value)];
    return on ? [fail(value, "lets a model bring code")] : [];
  });
}

/** Containers that ask for accelerators must switch hubs off; where none asks, one of the pod must. */
function offlineFindings(pod: PodView): Finding[] {
  const regular = pod.containers.filter(({ kind }) => kind === "container");
  const asking = regular.filter(({ container }) => asksForAccelerator(container) === true);
  const states = (asking.length > 0 ? asking : regular).map(({ container }) => ({
    container,
    state: offlineState(container),
  }));
  if (asking.length === 0 && states.some(({ state }) => state === true)) return [];
  return states.flatMap(({ container, state }) => {
    if (state === true) return [];
    const env = container.get("env");
    return [state === UNKNOWN ? undecided(env) : fail(env, "does not switch hubs off (HF_HUB_OFFLINE)")];
  });
}

function offlineState(container: Property<Container>): boolean | typeof UNKNOWN {
  const { items, complete } = container.get("env").items();
  const states = items.map((variable) => {
    const name = variable.get("name").text();
    if (name === UNKNOWN) return UNKNOWN;
    return name !== undefined && offlineVariables.includes(name) ? isSet(variable) : false;
  });
  if (states.includes(true)) return true;
  const others = container.get("envFrom");
  return !complete || states.includes(UNKNOWN) || !others.isAbsent ? UNKNOWN : false;
}

function isSet(variable: Property<EnvVar>): boolean | typeof UNKNOWN {
  return variable.get("valueFrom").isAbsent ? isOn(variable.get("value")) : UNKNOWN;
}

/** As the libraries read their variables. */
function isOn(value: Property<string | undefined>): boolean | typeof UNKNOWN {
  const text = value.text();
  if (text === UNKNOWN) return UNKNOWN;
  return text !== undefined && ["1", "on", "yes", "true"].includes(text.toLowerCase());
}
