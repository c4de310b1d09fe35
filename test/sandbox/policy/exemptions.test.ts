import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PolicyExemption } from "../../../knowledge/policies/exemptions";
import type { PolicyFinding } from "../../../sandbox/engine/events";
import { readExemptions } from "../../../sandbox/engine/policy";
import { Exemptions, exemptionRules, isViolation } from "../../../sandbox/engine/policy/exemptions";

const urn = "urn:pulumi:dev::proj::test:index:Thing::a";

const exemption = (given: Partial<PolicyExemption> = {}): PolicyExemption => ({
  rule: "named",
  stack: "dev",
  resource: urn,
  owner: "ml-platform",
  ticket: "SEC-1",
  reason: "renamed next quarter",
  expires: "2026-12-31",
  ...given,
});

const finding = (given: Partial<PolicyFinding> = {}): PolicyFinding => ({
  urn,
  policyName: "named",
  packName: "test-rules",
  packVersion: "1.0.0",
  enforcementLevel: "mandatory",
  message: "name is bad",
  ...given,
});

const exemptions = (entries: PolicyExemption[], enforcementLevel: "mandatory" | "advisory" = "mandatory") => ({
  source: "exemptions.yaml",
  enforcementLevel,
  entries,
});

const held = (entries: PolicyExemption[], today = "2026-12-31", stack = "dev"): Exemptions =>
  new Exemptions(exemptions(entries), stack, today);

describe("an exemption", () => {
  it("marks the findings it is about, with who answers for them, up to its last day", () => {
    const all = held([exemption()]);
    expect(all.applied(finding())).toEqual({
      ...finding(),
      exemption: { owner: "ml-platform", ticket: "SEC-1", reason: "renamed next quarter", expires: "2026-12-31" },
    });
    expect(isViolation(all.applied(finding()))).toBe(false);
    expect(all.problems()).toEqual([]);
  });

  it.each([
    ["another rule", finding({ policyName: "owned" })],
    ["another resource", finding({ urn: `${urn}b` })],
    ["the stack as a whole", finding({ urn: "" })],
    ["another pack", finding({ packName: "other" })],
  ])("is not about %s, and is then needed by nothing", (_what, other) => {
    const all = held([exemption({ pack: "test-rules" })]);
    expect(all.applied(other)).toEqual(other);
    expect(all.problems()).toMatchObject([{ policyName: exemptionRules.unused, enforcementLevel: "mandatory", urn }]);
  });

  it("without a resource is about what a rule says of the stack as a whole, and nothing else", () => {
    const { resource: _resource, ...ofStack } = exemption();
    const all = held([ofStack]);
    expect(isViolation(all.applied(finding()))).toBe(true);
    expect(isViolation(all.applied(finding({ urn: "" })))).toBe(false);
  });

  it("with stars is about all resources whose URN fits, other signs stand for themselves", () => {
    const all = held([exemption({ resource: "urn:pulumi:dev::proj::test:index:*::a.c-*" })]);
    const name = (text: string) => all.applied(finding({ urn: `urn:pulumi:dev::proj::test:index:Thing::${text}` }));
    expect(isViolation(name("a.c-1"))).toBe(false);
    expect(isViolation(name("abc-1"))).toBe(true);
    expect(isViolation(name("x::a.c"))).toBe(true);
  });

  it("of another stack is nothing to this one", () => {
    const all = held([exemption()], "2026-12-31", "prod");
    expect(isViolation(all.applied(finding()))).toBe(true);
    expect(all.problems()).toEqual([]);
  });

  it("that has expired covers nothing any more and is told", () => {
    const all = held([exemption()], "2027-01-01");
    expect(all.applied(finding())).toEqual(finding());
    const [problem, ...others] = all.problems();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ policyName: exemptionRules.expired, packName: "exemptions.yaml", urn });
    expect(problem && isViolation(problem)).toBe(true);
    expect(problem?.message).toContain("expired on 2026-12-31");
  });

  it("is only shown when the file says that such problems are advisory", () => {
    const all = new Exemptions(exemptions([exemption()], "advisory"), "dev", "2026-01-01");
    expect(all.problems().map(isViolation)).toEqual([false]);
  });

  it("never leaves a finding out, and changes nothing but its mark", () => {
    const text = fc.constantFrom("named", "owned", urn, "", "*", "urn:pulumi:dev::*", "a");
    fc.assert(
      fc.property(text, text, text, text, (rule, resource, policyName, of) => {
        const given = finding({ policyName, urn: of });
        const { exemption: _mark, ...rest } = held([exemption({ rule, resource })]).applied(given);
        expect(rest).toEqual(given);
      }),
    );
  });

  it("leaves what a remediation has changed alone", () => {
    const changed = finding({ enforcementLevel: "remediate" });
    expect(held([exemption()]).applied(changed)).toEqual(changed);
  });
});

describe("a file of exemptions", () => {
  it("has them, and how much it matters that one should go", () => {
    const entry = exemption();
    expect(readExemptions({ exemptions: [entry] }, "e.yaml", "2026-11-24")).toEqual({
      source: "e.yaml",
      enforcementLevel: "mandatory",
      entries: [entry],
    });
    expect(readExemptions({ enforcementLevel: "advisory" }, "e.yaml", "2026-11-24")).toMatchObject({
      enforcementLevel: "advisory",
      entries: [],
    });
  });

  it("is refused with all its problems", () => {
    const { owner: _owner, ...noOwner } = exemption();
    const document = {
      enforcementLevel: "strict",
      exempt: [],
      exemptions: [
        noOwner,
        exemption({ expires: "2026-02-30", reason: " " }),
        exemption({ resource: "urn:pulumi:prod::proj::test:index:Thing::a" }),
        { ...exemption(), until: "2026-12-31", ticket: 5 },
        exemption({ expires: "2027-02-23" }),
        "all",
      ],
    };
    expect(() => readExemptions(document, "e.yaml", "2026-11-24")).toThrow(
      [
        "The exemptions in e.yaml are not valid:",
        "  exempt: is not known; there are enforcementLevel and exemptions",
        "  enforcementLevel: must be mandatory or advisory",
        "  exemptions[0].owner: must be a text, not nothing",
        "  exemptions[1].reason: must not be empty",
        "  exemptions[1].expires: must be a day of the form YYYY-MM-DD",
        "  exemptions[2].resource: must be the URN of a resource of the stack: it begins with urn:pulumi:dev::",
        "  exemptions[3].until: is not known; there are rule, stack, owner, ticket, reason, expires, pack, resource",
        "  exemptions[3].ticket: must be a text, not a number",
        "  exemptions[4].expires: must be at most 90 days ahead, 2027-02-22 for now",
        "  exemptions[5]: must be an object, not a string",
        "  exemptions[5].rule: must be a text, not nothing",
        "  exemptions[5].stack: must be a text, not nothing",
        "  exemptions[5].owner: must be a text, not nothing",
        "  exemptions[5].ticket: must be a text, not nothing",
        "  exemptions[5].reason: must be a text, not nothing",
        "  exemptions[5].expires: must be a text, not nothing",
        "Nothing was started.",
      ].join("\n"),
    );
  });

  it("is read or refused in words, whatever is in it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        try {
          readExemptions(content, "e.yaml", "2026-11-24");
        } catch (error) {
          expect(error).toMatchObject({ name: "EngineError", kind: "usage" });
        }
      }),
    );
  });
});
