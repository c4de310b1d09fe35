import { describe, expect, it } from "vitest";
import { compileRules, policyName } from "../../policies/kit/compile";
import { resolveConfig } from "../../policies/kit/config";
import { sourceWidth } from "../../policies/kit/exposure";
import { Property, toPlain, UNKNOWN } from "../../policies/kit/property";
import { type ConfigProperty, type ExampleResource, fail, type Rule, undecided } from "../../policies/kit/rule";
import { Analyzer } from "./support/analyzer";

const settings = { profile: "baseline", today: "2026-11-24", preview: true } as const;
const bare: Omit<Rule, "checks"> = {
  id: "aws-test-rule",
  title: "Nothing at all happens here",
  severity: "low",
  rationale: "Because it is a test.",
  remediation: "Do nothing.",
  mappings: [],
  examples: [],
};
const key: ExampleResource = {
  type: "aws:kms/key:Key",
  name: "k",
  properties: { description: UNKNOWN, enableKeyRotation: false },
};

describe("Property", () => {
  const property = new Property<{ a?: { b?: string }; list?: { x?: number }[]; u?: { v?: string } }>(
    { a: { b: "text" }, list: [{ x: 1 }, UNKNOWN], u: UNKNOWN },
    "",
  );

  it("walks to values, absences and unknowns, and names the place", () => {
    expect(property.get("a").get("b").text()).toBe("text");
    expect(property.get("a").get("b").path).toBe("a.b");
    expect(property.get("u").get("v").text()).toBe(UNKNOWN);
    expect(
      property
        .get("list")
        .items()
        .items.map((item) => [item.path, item.get("x").number()]),
    ).toEqual([
      ["list[0]", 1],
      ["list[1]", UNKNOWN],
    ]);
    expect(new Property<{ a?: string }>({}, "").get("a").text()).toBeUndefined();
  });

  it("does not see what every object inherits", () => {
    expect(new Property<Record<string, string>>({}, "").get("constructor").isAbsent).toBe(true);
  });

  it("takes a single block for a list of one, and an unknown list for an open one", () => {
    expect(new Property<{ x: number }[]>({ x: 1 }, "p").items().items[0]?.path).toBe("p");
    expect(new Property<string[]>(UNKNOWN, "p").items()).toEqual({ items: [], complete: false });
    expect(new Property<string[]>("text", "p").items()).toEqual({ items: [], complete: true });
  });

  it("turns what throws into an unknown, in lists too", () => {
    const source = { good: 1, list: [1, 2] };
    const throwing = (value: object): object =>
      new Proxy(value, {
        get: (target, name) => {
          if (name === "bad" || name === "1") throw new Error("unknown");
          const field = Reflect.get(target, name);
          return typeof field === "object" && field !== null ? throwing(field) : field;
        },
      });
    expect(toPlain(throwing({ ...source, bad: 1 }))).toEqual({ good: 1, list: [1, UNKNOWN], bad: UNKNOWN });
  });
});

describe("compileRules", () => {
  it("makes a finding of a rule that breaks, and lets the others run", async () => {
    const broken: Rule = {
      ...bare,
      checks: {
        "aws:kms/key:Key": () => {
          throw new TypeError("holds a secret");
        },
      },
    };
    const sound: Rule = { ...bare, id: "aws-other-rule", checks: { "aws:kms/key:Key": () => [fail("", "is wrong")] } };
    const found = await new Analyzer(compileRules([broken, sound], settings)).resource(key);
    expect(found.map(({ policyName, level }) => [policyName, level])).toEqual([
      ["aws-test-rule", "mandatory"],
      ["aws-other-rule", "mandatory"],
    ]);
    expect(found[0]?.message).toContain("the rule itself failed (TypeError)");
    expect(found[0]?.message).not.toContain("secret");
  });

  it("reports a failure and an open question side by side", async () => {
    const rule: Rule = { ...bare, checks: { "aws:kms/key:Key": () => [fail("a", "wrong"), undecided("b")] } };
    const found = await new Analyzer(compileRules([rule], settings)).resource(key);
    expect(found.map(({ level, message }) => [level, message.split("\n").slice(0, 2)])).toEqual([
      ["mandatory", ["Nothing at all happens here", "a: wrong"]],
      ["advisory", ["Undecided: Nothing at all happens here", "b: is known only after deployment"]],
    ]);
  });

  it("leaves out a rule that the profile disables and takes its level from the profile", async () => {
    const check = () => [fail("", "wrong")];
    const rule: Rule = {
      ...bare,
      levels: { baseline: "disabled", regulated: "advisory" },
      checks: { "aws:kms/key:Key": check },
    };
    expect(compileRules([rule], settings)).toEqual([]);
    const found = await new Analyzer(compileRules([rule], { ...settings, profile: "regulated" })).resource(key);
    expect(found.map((diagnostic) => diagnostic.level)).toEqual(["advisory"]);
    const strict = await new Analyzer(compileRules([rule], { ...settings, profile: "isolated" })).resource(key);
    expect(strict.map((diagnostic) => diagnostic.level)).toEqual(["mandatory"]);
  });

  it("names a policy for each type of a rule with several", () => {
    const key = "aws:kms/key:Key";
    const [kubernetes, aws] = [
      "vault:kubernetes/authBackendRole:AuthBackendRole",
      "vault:aws/authBackendRole:AuthBackendRole",
    ];
    expect(policyName(bare, key, [key])).toBe("aws-test-rule");
    expect(policyName(bare, key, [key, kubernetes])).toBe("aws-test-rule.Key");
    expect(policyName(bare, kubernetes, [key, kubernetes, aws])).toBe("aws-test-rule.kubernetes.AuthBackendRole");
  });

  it("shows whole-stack checks the inputs that went before", async () => {
    const seen: unknown[] = [];
    const rule: Rule = {
      ...bare,
      checks: { "aws:kms/key:Key": () => [] },
      stack: (index) => {
        for (const resource of index.ofType("aws:kms/key:Key")) {
          seen.push([
            resource.inputs?.get("enableKeyRotation").flag(),
            resource.properties.get("enableKeyRotation").flag(),
          ]);
        }
        return [];
      },
    };
    const analyzer = new Analyzer(compileRules([rule], settings));
    await analyzer.stack([key]);
    await analyzer.resource(key);
    await analyzer.stack([{ ...key, properties: { enableKeyRotation: UNKNOWN } }]);
    expect(seen).toEqual([
      [undefined, false],
      [false, UNKNOWN],
    ]);
  });
});

describe("resolveConfig", () => {
  const schema: Record<string, ConfigProperty> = {
    days: { type: "integer", description: "d", default: 30, minimum: 1, maximum: 90 },
    on: { type: "boolean", description: "b", default: true },
    ports: { type: "array", description: "p", items: { type: "integer" }, default: [] },
  };

  it("fills in defaults and takes what fits", () => {
    expect(resolveConfig(schema, { days: 7 })).toEqual({ values: { days: 7, on: true, ports: [] }, problems: [] });
  });

  it("names what does not fit and uses the default there", () => {
    expect(resolveConfig(schema, { days: 91, on: "yes", ports: [443, "x"], other: 1 })).toEqual({
      values: { days: 30, on: true, ports: [] },
      problems: [
        "it has no property other; allowed are days, on, ports",
        "days must be at most 90",
        "on must be true or false",
        "ports must be a list of integers",
      ],
    });
  });
});

describe("exposure", () => {
  const width = (text: unknown) => sourceWidth(new Property<string>(text as never, "p"), 8);

  it.each([
    ["0.0.0.0/0", "world"],
    ["128.0.0.0/1", "world"],
    ["52.0.0.0/7", "world"],
    ["52.0.0.0/8", "limited"],
    ["10.0.0.0/8", "limited"],
    ["8.8.8.8", "limited"],
    ["::/0", "world"],
    ["2000::/3", "world"],
    ["fd00::/8", "limited"],
    ["2001:db8::/32", "limited"],
    ["pl-123", "malformed"],
    ["0.0.0.0/99", "malformed"],
    [UNKNOWN, "unknown"],
    [undefined, "malformed"],
  ])("takes %s for %s", (text, expected) => {
    expect(width(text)).toBe(expected);
  });
});
