import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compileRules } from "../../../policies/kit/compile";
import { type Plain, UNKNOWN as UNKNOWN_TO_POLICIES } from "../../../policies/kit/property";
import { rules } from "../../../policies/rules";
import { environmentNames, readEnvironment, readStackFile, stackOfFile } from "../../../stacks/files";
import { deployAccount } from "../../../stacks/layers/account";
import { deployFoundation } from "../../../stacks/layers/foundation";
import { ASSURANCE_LEVELS, type Assurance, type Settings } from "../../../stacks/settings";
import { Analyzer, type Diagnostic, type WireResource } from "../../policies/support/analyzer";
import { type Recording, runInProcess, UNKNOWN } from "../../support/instant-engine";
import { ACCOUNT_OUTPUTS, deviation, read, SHORTEST, TODAY, type Values } from "../documents";
import { EVERYTHING, OWN_IMAGES } from "./foundation-run";
import { shortName } from "./run-layer";

/** What the policy pack says about what a layer asks for, in a preview: what AWS computes is unknown. */
async function findings(recording: Recording, profile: Assurance): Promise<string[]> {
  const analyzer = new Analyzer(compileRules(rules, { profile, today: TODAY, preview: true }));
  const asked = recording.registrations.filter(
    ({ type }) => !type.startsWith("gabion:") && type !== "pulumi:pulumi:Stack",
  );
  const found = await analyzer.program(asked.map(wireResource));
  return found.map(describeDiagnostic);
}

function wireResource(registration: Recording["registrations"][number]): WireResource {
  const { type, urn, inputs, propertyDependencies } = registration;
  return {
    type: type as WireResource["type"],
    name: shortName(urn),
    properties: withUnknowns(inputs) as WireResource["properties"],
    dependencies: Object.fromEntries(
      Object.entries(propertyDependencies).map(([property, urns]) => [property, urns.map(shortName)]),
    ),
  };
}

function withUnknowns(value: unknown): Plain {
  if (value === UNKNOWN) return UNKNOWN_TO_POLICIES;
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== "object" || value === null) return value as Plain;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withUnknowns(entry)]));
}

function describeDiagnostic({ policyName, urn, level, message }: Diagnostic): string {
  return `${level} ${policyName} ${urn.split("::").at(-1)}: ${message.split("\n")[0]}`;
}

function run(settings: Settings, account: Values = ACCOUNT_OUTPUTS): Promise<Recording> {
  const program = () => (settings.layer === "account" ? deployAccount(settings) : deployFoundation(settings));
  const outputs = settings.layer === "account" ? {} : { [settings.accountStack]: account };
  return runInProcess(program, { preview: true, stackOutputs: outputs });
}

/** What an environment's account tells its foundation. */
function accountOf(stacks: readonly { readonly settings: Settings }[]): Values {
  const account = stacks.map(({ settings }) => settings).find(({ layer }) => layer === "account");
  if (account?.layer !== "account") return ACCOUNT_OUTPUTS;
  const { accountId, region, vpcBlockPublicAccess, allowedImages } = account;
  return { ...ACCOUNT_OUTPUTS, accountId, region, vpcBlockPublicAccess, allowedImages };
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
    { name: "models", class: "model" },
  ],
  ...more,
});

describe.each(ASSURANCE_LEVELS)("the policy pack at %s", (assurance) => {
  it("has nothing to say about the account layer", async () => {
    expect(await findings(await run(settingsOf({ ...SHORTEST.account, assurance })), assurance)).toEqual([]);
  });

  it("has nothing to say about the foundation layer", async () => {
    expect(await findings(await run(settingsOf(foundation({ assurance }))), assurance)).toEqual([]);
  });

  it("takes the deviation of the settings for its own", async () => {
    const cluster = { publicAccess: { cidrs: ["203.0.113.0/24"] } };
    const deviations = [deviation("eks-public-endpoint")];
    const found = await findings(await run(settingsOf(foundation({ assurance, cluster, deviations }))), assurance);
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
    expect(await findings(await run(settingsOf(values), OWN_IMAGES), assurance)).toEqual([]);
  });
});

describe("the policy pack on the environments of this repository", () => {
  const folder = path.resolve(__dirname, "../../../stacks");
  const files = readdirSync(folder).flatMap((name) => {
    const stack = stackOfFile(name);
    return stack === undefined ? [] : [readStackFile(stack, readFileSync(path.join(folder, name), "utf8"))];
  });

  it.each(environmentNames(files))("rejects nothing of %s", async (environment) => {
    const result = readEnvironment(environment, files, { today: TODAY });
    const stacks = result.ok ? result.stacks : [];
    expect(stacks.length).toBeGreaterThan(0);
    for (const { settings } of stacks) {
      const found = await findings(await run(settings, accountOf(stacks)), settings.assurance);
      expect(found.filter((finding) => finding.startsWith("mandatory"))).toEqual([]);
    }
  });
});
