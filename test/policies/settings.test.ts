import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDate, PackConfigurationError, readSettings } from "../../policies/kit/settings";

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

  it("knows the days of the calendar", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(isDate(date.toISOString().slice(0, 10))).toBe(true);
        },
      ),
    );
    for (const text of ["2026-2-3", "2026-13-01", "2026-04-31", "24.11.2026", ""]) expect(isDate(text)).toBe(false);
  });
});
