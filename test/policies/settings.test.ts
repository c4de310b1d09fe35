import { describe, expect, it } from "vitest";
import { levelOf } from "../../policies/kit/rule";
import { PackConfigurationError, readSettings } from "../../policies/kit/settings";

const now = new Date("2026-11-24T10:00:00Z");

describe("readSettings", () => {
  it("is baseline, dated by the clock, when the environment says nothing", () => {
    expect(readSettings({}, now)).toEqual({ profile: "baseline", today: "2026-11-24", preview: undefined });
  });

  it("takes the profile from the environment before the stack's assurance", () => {
    const PULUMI_CONFIG = JSON.stringify({ "gabion:assurance": "regulated" });
    expect(readSettings({ PULUMI_CONFIG }, now).profile).toBe("regulated");
    expect(readSettings({ PULUMI_CONFIG, GABION_POLICY_PROFILE: "isolated" }, now).profile).toBe("isolated");
    expect(readSettings({ PULUMI_CONFIG: "{}", GABION_POLICY_PROFILE: "" }, now).profile).toBe("baseline");
  });

  it("takes the day and the kind of run from the environment", () => {
    expect(readSettings({ GABION_TODAY: "2027-01-31", PULUMI_DRY_RUN: "true" }, now)).toMatchObject({
      today: "2027-01-31",
      preview: true,
    });
    expect(readSettings({ PULUMI_DRY_RUN: "false" }, now).preview).toBe(false);
    expect(readSettings({ PULUMI_NODEJS_DRY_RUN: "true" }, now).preview).toBe(true);
  });

  it("holds a rule of protection from deletion back to advice in a release, and no other rule", () => {
    const protection = { id: "a", levels: { isolated: "mandatory" }, liftedByRelease: true } as const;
    const release = readSettings({ GABION_RELEASE: "prod", GABION_POLICY_PROFILE: "isolated" }, now);
    const other = readSettings({ GABION_RELEASE: "", GABION_POLICY_PROFILE: "isolated" }, now);
    expect(levelOf(protection, release)).toBe("advisory");
    expect(levelOf(protection, other)).toBe("mandatory");
    expect(levelOf({ ...protection, levels: { isolated: "disabled" } }, release)).toBe("disabled");
    expect(levelOf({ id: "b" }, release)).toBe("mandatory");
  });

  it("takes groups, levels and configuration of rules from the stack, whose engine hands them on as texts", () => {
    const PULUMI_CONFIG = JSON.stringify({
      "gabion:assurance": "isolated",
      "gabion-policies:profile": "regulated",
      "gabion-policies:groups": '["aws-s3","vault"]',
      "gabion-policies:rules": '{"aws-s3-versioning":"advisory","aws-kms-rotation":{"level":"disabled","days":90}}',
    });
    expect(readSettings({ PULUMI_CONFIG }, now)).toMatchObject({
      profile: "regulated",
      groups: ["aws-s3", "vault"],
      rules: {
        "aws-s3-versioning": { level: "advisory", config: {} },
        "aws-kms-rotation": { level: "disabled", config: { days: 90 } },
      },
    });
  });

  it.each([
    [{ "gabion-policies:groups": '"aws"' }, "The stack's setting gabion-policies:groups is not a list of names."],
    [{ "gabion-policies:groups": "aws" }, "The stack's setting gabion-policies:groups is neither a list nor a map."],
    [{ "gabion-policies:rules": "[]" }, "The stack's setting gabion-policies:rules is not a map of rules."],
    [
      { "gabion-policies:rules": '{"a":"loud"}' },
      "The stack's setting gabion-policies:rules.a names no level. Allowed are disabled, advisory, mandatory, remediate.",
    ],
    [
      { "gabion-policies:rules": '{"a":1}' },
      "The stack's setting gabion-policies:rules.a is neither a level nor a map. Levels are disabled, advisory, mandatory, remediate.",
    ],
  ])("refuses the setting %j", (configuration, message) => {
    expect(() => readSettings({ PULUMI_CONFIG: JSON.stringify(configuration) }, now)).toThrow(
      new PackConfigurationError(message),
    );
  });

  it.each([
    [
      { GABION_POLICY_PROFILE: "strict" },
      "GABION_POLICY_PROFILE names no policy profile. Allowed are baseline, regulated, isolated.",
    ],
    [
      { PULUMI_CONFIG: '{"gabion:assurance":"x"}' },
      "the stack's setting gabion:assurance names no policy profile. Allowed are baseline, regulated, isolated.",
    ],
    [{ PULUMI_CONFIG: "[1" }, "PULUMI_CONFIG is not a JSON object, so the profile of the stack cannot be read."],
    [{ GABION_TODAY: "2026-02-30" }, 'GABION_TODAY is not a date. Write it as YYYY-MM-DD, for example "2026-11-24".'],
  ])("refuses %j", (environment, message) => {
    expect(() => readSettings(environment, now)).toThrow(new PackConfigurationError(message));
  });
});
