import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackResource } from "../../../kit/stack-index";
import { some } from "../../../kit/statements";

const account: ExampleResource = {
  type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  name: "account",
  properties: { minimumPasswordLength: 16 },
};
const analyzer = (properties: Record<string, Plain>): ExampleResource => ({
  type: "aws:accessanalyzer/analyzer:Analyzer",
  name: "external",
  properties: { analyzerName: "external", ...properties },
});

export const accessAnalyzer = rule({
  id: "aws-iam-access-analyzer",
  title: "An account whose access is set up has an analyzer of access from outside",
  severity: "medium",
  rationale:
    "A bucket, a key or a role that opens to strangers by a change outside the program is seen by the analyzer, and by nothing else.",
  remediation:
    "Add an Analyzer of type ACCOUNT or ORGANIZATION to the stack that has the account's password policy, for each of regions; or set keptElsewhere.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.18" },
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-02" },
  ],
  levels: { baseline: "advisory" },
  config: {
    regions: {
      type: "array",
      description: "Regions that each need an analyzer, by its argument region; empty asks for one anywhere",
      items: { type: "string" },
      default: [],
    },
    keptElsewhere: { type: "boolean", description: "Whether another stack has the analyzers", default: false },
  },
  checks: {},
  observes: ["aws:accessanalyzer/analyzer:Analyzer", "aws:iam/accountPasswordPolicy:AccountPasswordPolicy"],
  stack: (index, { config }): StackFinding[] => {
    const analyzers = index.ofType("aws:accessanalyzer/analyzer:Analyzer");
    const [resource] = [...index.ofType("aws:iam/accountPasswordPolicy:AccountPasswordPolicy"), ...analyzers];
    if (resource === undefined || config.keptElsewhere === true) return [];
    const regions = config.regions as string[];
    const wanted: readonly (string | undefined)[] = regions.length === 0 ? [undefined] : regions;
    const outcomes = wanted.map((region) => some(...analyzers.map((candidate) => watches(candidate, region))));
    const missing = outcomes.filter((outcome) => outcome === false).length;
    if (missing > 0)
      return [{ ...fail("", `${missing} of ${wanted.length} analyzers of outside access are missing`), resource }];
    return outcomes.includes("unknown")
      ? [
          {
            ...undecided("", "whether an analyzer watches access from outside is known only after deployment"),
            resource,
          },
        ]
      : [];
  },
  examples: [
    { title: "an analyzer of the account, which is the default", verdict: "pass", resources: [account, analyzer({})] },
    {
      title: "an analyzer of the organisation",
      verdict: "pass",
      resources: [account, analyzer({ type: "ORGANIZATION" })],
    },
    {
      title: "one in each Region",
      verdict: "pass",
      config: { regions: ["eu-central-1"] },
      resources: [account, analyzer({ region: "eu-central-1" })],
    },
    { title: "no analyzer", verdict: "fail", absent: true, resources: [account] },
    {
      title: "an analyzer of unused rights alone",
      verdict: "fail",
      resources: [account, analyzer({ type: "ACCOUNT_UNUSED_ACCESS" })],
    },
    {
      title: "a Region without one",
      verdict: "fail",
      config: { regions: ["eu-central-1", "us-east-1"] },
      resources: [account, analyzer({ region: "eu-central-1" })],
    },
    { title: "type known only later", verdict: "undecided", resources: [account, analyzer({ type: UNKNOWN })] },
  ],
});

function watches(
  { inputs, properties }: StackResource<"aws:accessanalyzer/analyzer:Analyzer">,
  region: string | undefined,
): boolean | "unknown" {
  const given = inputs ?? properties;
  const type = given.get("type");
  const place = given.get("region").text();
  const isExternal = type.isAbsent || type.text() === "ACCOUNT" || type.text() === "ORGANIZATION";
  if (!type.isUnknown && !isExternal) return false;
  if (region !== undefined && place !== UNKNOWN && place !== region) return false;
  return type.isUnknown || (region !== undefined && place === UNKNOWN) ? "unknown" : true;
}
