import { describe, expect, it } from "vitest";
import { compileRules } from "../../../policies/kit/compile";
import type { ExampleResource } from "../../../policies/kit/rule";
import { rules } from "../../../policies/rules";
import { ASSURANCE_LEVELS, type Assurance, type Settings } from "../../../stacks/settings";
import { Analyzer, type Diagnostic } from "../../policies/support/analyzer";
import { environments, resourcesOf, runLayer, stacksOf } from "../../policies/support/environments";
import { deviation, read, SHORTEST, TODAY, type Values } from "../documents";
import { EVERYTHING, OWN_IMAGES } from "./foundation-run";

/** What the policy pack says about what a layer asks for, in a preview: what AWS computes is unknown. */
async function findings(resources: readonly ExampleResource[], profile: Assurance): Promise<string[]> {
  const analyzer = new Analyzer(compileRules(rules, { profile, today: TODAY, preview: true }));
  return (await analyzer.program(resources)).map(describeDiagnostic);
}

const judged = async (settings: Settings, assurance: Assurance, account?: Values): Promise<string[]> =>
  findings(resourcesOf(await runLayer(settings, account)), assurance);

function describeDiagnostic({ policyName, urn, level, message }: Diagnostic): string {
  return `${level} ${policyName} ${urn.split("::").at(-1)}: ${message.split("\n")[0]}`;
}

function settingsOf(values: Values): Settings {
  const result = read(values);
  if (result.ok) return result.settings;
  throw new Error(result.problems.map(({ path, reason }) => `${path}: ${reason}`).join("\n"));
}

const foundation = (more: Values): Values => ({
  ...SHORTEST.foundation,
  gpuPools: [
    { name: "training", instanceType: "p5.48xlarge", zone: "eu-central-1a", efa: true, minSize: 0, maxSize: 4 },
  ],
  buckets: [
    { name: "datasets", class: "dataset" },
    { name: "models", class: "model", confirmedRetentionDays: 365 },
  ],
  ...more,
});

describe.each(ASSURANCE_LEVELS)("the policy pack at %s", (assurance) => {
  it("has nothing to say about the account layer", async () => {
    expect(await judged(settingsOf({ ...SHORTEST.account, assurance }), assurance)).toEqual([]);
  });

  it("has nothing to say about the foundation layer", async () => {
    expect(await judged(settingsOf(foundation({ assurance })), assurance)).toEqual([]);
  });

  it("takes the deviation of the settings for its own", async () => {
    const cluster = { publicAccess: { cidrs: ["203.0.113.0/24"] } };
    const deviations = [deviation("eks-public-endpoint")];
    const found = await judged(settingsOf(foundation({ assurance, cluster, deviations })), assurance);
    expect(found.filter((finding) => finding.startsWith("mandatory"))).toEqual([]);
    expect(found).toContainEqual(expect.stringContaining("advisory aws-eks-private-endpoint"));
  });
});

describe.each<[Assurance, Values]>([
  ["regulated", {}],
  ["isolated", { deviations: [deviation("network-egress")] }],
])("the policy pack at %s", (assurance, more) => {
  it("has nothing to say about a foundation with everything that settings can ask for", async () => {
    // The policies of shells name a key that a preview does not know yet.
    const access = { ...(EVERYTHING.access as Values), shell: false };
    const values = { ...EVERYTHING, assurance, access, ...more };
    expect(await judged(settingsOf(values), assurance, OWN_IMAGES)).toEqual([]);
  });
});

describe("the policy pack on the environments of this repository", () => {
  it.each(environments)("rejects nothing of %s", async (environment) => {
    const stacks = await stacksOf(environment);
    expect(stacks.length).toBeGreaterThan(0);
    for (const { settings, resources } of stacks) {
      const found = await findings(resources, settings.assurance);
      expect(found.filter((finding) => finding.startsWith("mandatory"))).toEqual([]);
    }
  });
});
