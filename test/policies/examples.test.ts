import { describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { Exemptions } from "../../sandbox/engine/policy/exemptions";
import { runExample as run } from "./support/run";

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  it.each(rule.examples.map((example) => [`${example.verdict}: ${example.title}`, example] as const))(
    "%s",
    async (_, example) => {
      const found = await run(rule, example);
      for (const diagnostic of found) expect(diagnostic.policyName).toBe(id);
      const failed = found.filter((diagnostic) => diagnostic.level === "mandatory");
      const open = found.filter((diagnostic) => diagnostic.message.startsWith("Undecided: "));
      switch (example.verdict) {
        case "pass":
          expect(found).toEqual([]);
          break;
        case "fail":
          expect(failed.length).toBeGreaterThan(0);
          for (const diagnostic of failed) {
            expect(diagnostic.message).toContain(rule.title);
            expect(diagnostic.message).toContain(`Why: ${rule.rationale}`);
            expect(diagnostic.message).toContain(`Remedy: ${rule.remediation}`);
            expect(diagnostic.urn).toMatch(/^urn:pulumi:/);
          }
          break;
        case "undecided":
          expect(failed).toEqual([]);
          expect(open.length).toBeGreaterThan(0);
          for (const diagnostic of open) expect(diagnostic.level).toBe("advisory");
      }
    },
  );

  it("shows what an exemption covers, and no longer fails for it", async () => {
    for (const example of rule.examples.filter((candidate) => candidate.verdict === "fail").slice(0, 1)) {
      const entry = { rule: id, stack: "dev", owner: "team", ticket: "T-1", reason: "test", expires: "2026-12-01" };
      const failed = (await run(rule, example)).filter((diagnostic) => diagnostic.level === "mandatory");
      const entries = failed.map(({ urn }) => (urn === "" ? entry : { ...entry, resource: urn }));
      const given = { source: "exemptions.yaml", enforcementLevel: "mandatory" as const, entries };
      const judged = (today: string) => {
        const exemptions = new Exemptions(given, "dev", today);
        return failed.map(({ policyName, urn, message }) =>
          exemptions.applied({
            policyName,
            urn,
            message,
            packName: "gabion",
            packVersion: "",
            enforcementLevel: "mandatory",
          }),
        );
      };
      for (const finding of judged("2026-12-01")) expect(finding.exemption).toMatchObject({ ticket: "T-1" });
      for (const finding of judged("2026-12-02")) expect(finding.exemption).toBeUndefined();
    }
  });

  it("does not pass in an update what is still open then", async () => {
    for (const example of rule.examples.filter((candidate) => candidate.verdict === "undecided")) {
      const found = await run(rule, example, false);
      expect(found.map((diagnostic) => diagnostic.level)).toContain("mandatory");
    }
  });
});
