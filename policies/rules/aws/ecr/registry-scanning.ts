import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";

const registryType = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";

const registry = (rules?: Plain): ExampleResource[] => [
  {
    type: registryType,
    name: "scanning",
    properties: { scanType: "ENHANCED", ...(rules === undefined ? {} : { rules }) },
  },
];
const scanning = (filter: Plain, scanFrequency = "CONTINUOUS_SCAN"): Plain => ({
  scanFrequency,
  repositoryFilters: [{ filter, filterType: "WILDCARD" }],
});

export const registryScanning = rule({
  id: "aws-ecr-registry-scanning",
  title: "A registry that scans leaves no repository out",
  severity: "medium",
  rationale: "A repository that no filter names is not scanned, and nothing tells whoever pushes to it.",
  remediation:
    'Give the RegistryScanningConfiguration a rule with the filter "*" and scanFrequency SCAN_ON_PUSH or CONTINUOUS_SCAN.',
  mappings: [
    { framework: "AWS FSBP", control: "ECR.1" },
    { framework: "CIS EKS 1.8.0", control: "5.1.1" },
    { framework: "NIST 800-53r5", control: "RA-5" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": ({ properties }) => {
      const rules = properties.get("rules");
      const { items, complete } = rules.items();
      const all = items.map((item) => {
        const frequency = item.get("scanFrequency").text();
        const filters = item.get("repositoryFilters").items();
        const wide = filters.items.map((entry): Ternary => {
          const text = entry.get("filter").text();
          return text === UNKNOWN ? "unknown" : text !== undefined && /^\*+$/.test(text);
        });
        return every(
          frequency === UNKNOWN ? "unknown" : frequency !== undefined && frequency !== "MANUAL",
          some(...wide, filters.complete ? false : "unknown"),
        );
      });
      const covered = some(...all, complete ? false : "unknown");
      if (covered === true) return [];
      return [covered === "unknown" ? undecided(rules) : fail(rules, "no rule scans all repositories")];
    },
  },
  examples: [
    { title: "all repositories, again and again", verdict: "pass", resources: registry([scanning("*")]) },
    {
      title: "all on push, and some again and again",
      verdict: "pass",
      resources: registry([scanning("prod/*"), scanning("*", "SCAN_ON_PUSH")]),
    },
    { title: "no rules", verdict: "fail", absent: true, resources: registry() },
    { title: "some repositories", verdict: "fail", resources: registry([scanning("prod/*")]) },
    { title: "by hand", verdict: "fail", resources: registry([scanning("*", "MANUAL")]) },
    { title: "filter known only later", verdict: "undecided", resources: registry([scanning(UNKNOWN)]) },
  ],
});
