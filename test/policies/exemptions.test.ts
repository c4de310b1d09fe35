import { describe, expect, it } from "vitest";
import { compileRules } from "../../policies/kit/compile";
import { withExemptions } from "../../policies/kit/exemptions";
import type { PackSettings } from "../../policies/kit/settings";
import { privateEndpoint } from "../../policies/rules/aws/eks/private-endpoint";
import { Analyzer, urnOf } from "./support/analyzer";

const settings: PackSettings = { profile: "isolated", today: "2026-11-24", preview: true };
const cluster = {
  type: "aws:eks/cluster:Cluster",
  name: "c",
  properties: { vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true } },
};
const entry = {
  rule: privateEndpoint.id,
  stack: "dev",
  resource: urnOf(cluster),
  owner: "team",
  ticket: "SEC-1",
  reason: "until the tunnel is there",
  expires: "2026-12-31",
};
const judged = (document: unknown, today = settings.today) =>
  new Analyzer(
    compileRules([privateEndpoint], withExemptions({ ...settings, today }, document, "exemptions.yaml", "dev")),
  ).program([cluster]);

describe("a pack whose engine knows no exemptions", () => {
  it("reports what is exempted as advice, with who answers for it", async () => {
    const found = await judged({ exemptions: [entry] });
    expect(found.map(({ level }) => level)).toEqual(["advisory"]);
    expect(found[0]?.message).toMatch(/^Exempted: /);
    expect(found[0]?.message).toContain("Exempt until 2026-12-31 (team, SEC-1): until the tunnel is there");
  });

  it("rejects again once the exemption has expired, and says that it has", async () => {
    const found = await judged({ exemptions: [entry] }, "2027-01-01");
    expect(found.map(({ policyName, level }) => [policyName, level])).toEqual([
      [privateEndpoint.id, "mandatory"],
      ["exemption-expired", "mandatory"],
    ]);
  });

  it("tells exemptions that nothing needs, as strictly as the file says", async () => {
    const found = await judged({
      enforcementLevel: "advisory",
      exemptions: [entry, { ...entry, rule: "aws-kms-rotation" }],
    });
    expect(found.map(({ policyName, level }) => [policyName, level])).toContainEqual(["exemption-unused", "advisory"]);
  });

  it("does not start with a file that is wrong, or without the name of the stack", () => {
    expect(() => withExemptions(settings, { exemptions: [{ ...entry, owner: "" }] }, "e.yaml", "dev")).toThrow(
      "the exemptions in e.yaml are not valid:\n  exemptions[0].owner: must not be empty",
    );
    expect(() => withExemptions(settings, {}, "e.yaml", undefined)).toThrow(
      "neither PULUMI_STACK nor PULUMI_NODEJS_STACK is set",
    );
  });
});
