import { matchesPattern } from "gabion-knowledge";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { repositoryExample } from "../../../kit/repository-examples";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { every, not, some, type Ternary } from "../../../kit/statements";
import { askedOf } from "../../../kit/training-network";

const repositoryType = "aws:ecr/repository:Repository";
const registryType = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

const registry = (filter: Plain, scanType = "BASIC", scanFrequency = "SCAN_ON_PUSH"): ExampleResource => ({
  type: registryType,
  name: "scanning",
  properties: { scanType, rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: "WILDCARD" }] }] },
});
const scanned = (scanOnPush: Plain) => repositoryExample({ imageScanningConfiguration: { scanOnPush } });

export const imageScanning = rule({
  id: "aws-ecr-image-scanning",
  title: "Images are scanned for known flaws when they are pushed",
  severity: "high",
  rationale:
    "An image with a flaw that everyone knows runs until somebody looks, and nobody looks at what is not scanned.",
  remediation:
    "Set imageScanningConfiguration.scanOnPush to true, or scan the registry by a RegistryScanningConfiguration; where another stack has that, set the rule's registryScans.",
  mappings: [
    { framework: "AWS FSBP", control: "ECR.1" },
    { framework: "CIS EKS 1.8.0", control: "5.1.1" },
    { framework: "NIST 800-53r5", control: "RA-5" },
  ],
  config: {
    registryScans: {
      type: "boolean",
      description: "Whether the registry of the account scans all images by a configuration that another stack has.",
      default: false,
    },
  },
  checks: {},
  observes: [repositoryType, registryType],
  stack: (index, { config }) => {
    if (config.registryScans === true) return [];
    const registries = index.ofType(registryType).map((item) => askedOf(item) as Property<unknown> as Registry);
    // Enhanced scanning goes by the registry's filters alone.
    const enhanced = some(...registries.map((item) => is(item.get("scanType").text(), "ENHANCED")));
    return index.ofType(repositoryType).flatMap((resource) => {
      const place = askedOf(resource).get("imageScanningConfiguration").get("scanOnPush");
      const flag = place.flag();
      const own = every(not(enhanced), flag === UNKNOWN ? "unknown" : flag === true);
      const verdict = some(own, ...registries.map((item) => covers(item, askedOf(resource).get("name").text())));
      if (verdict === true) return [];
      const finding =
        verdict === "unknown" ? undecided(place) : fail(place, "is not true, and the registry does not scan it");
      return [{ ...finding, resource }];
    });
  },
  examples: [
    { title: "scanned on push", verdict: "pass", resources: [scanned(true)] },
    { title: "scanned by the registry", verdict: "pass", resources: [repositoryExample(), registry("*")] },
    {
      title: "scanned by the registry, by a part of its name",
      verdict: "pass",
      resources: [repositoryExample({ name: "prod/serving" }), registry("serving", "ENHANCED", "CONTINUOUS_SCAN")],
    },
    {
      title: "scanned by a registry of another stack",
      verdict: "pass",
      config: { registryScans: true },
      resources: [repositoryExample()],
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: [repositoryExample()] },
    { title: "scanned by hand", verdict: "fail", resources: [scanned(false)] },
    {
      title: "a registry that scans others",
      verdict: "fail",
      resources: [repositoryExample({ name: "prod/serving" }), registry("dev/*")],
    },
    {
      title: "on push, where enhanced scanning leaves it out",
      verdict: "fail",
      resources: [
        repositoryExample({ name: "prod/serving", imageScanningConfiguration: { scanOnPush: true } }),
        registry("dev/*", "ENHANCED"),
      ],
    },
    { title: "known only later", verdict: "undecided", resources: [scanned(UNKNOWN)] },
    {
      title: "a name that the provider makes, and a registry that scans some",
      verdict: "undecided",
      resources: [repositoryExample(), registry("prod/*")],
    },
  ],
});

type Registry = Property<{
  scanType?: string;
  rules?: { scanFrequency?: string; repositoryFilters?: { filter?: string }[] }[];
}>;
type Text = string | undefined | typeof UNKNOWN;

function covers(registry: Registry, name: Text): Ternary {
  const { items, complete } = registry.get("rules").items();
  const outcomes = items.map((item) => {
    const filters = item.get("repositoryFilters").items();
    const frequency = item.get("scanFrequency").text();
    return every(
      frequency === UNKNOWN ? "unknown" : frequency !== undefined && frequency !== "MANUAL",
      some(
        ...filters.items.map((entry) => matches(entry.get("filter").text(), name)),
        filters.complete ? false : "unknown",
      ),
    );
  });
  return some(...outcomes, complete ? false : "unknown");
}

/** A filter without a wildcard is for all names that hold it. */
function matches(filter: Text, name: Text): Ternary {
  if (filter === UNKNOWN) return "unknown";
  if (filter === undefined) return false;
  if (/^\*+$/.test(filter)) return true;
  if (name === UNKNOWN || name === undefined) return "unknown";
  return filter.includes("*") ? matchesPattern(filter, name) : name.includes(filter);
}

function is(text: Text, wanted: string): Ternary {
  return text === UNKNOWN ? "unknown" : text === wanted;
}
