import fc from "fast-check";
import { type BucketLifetimes, type DataClass, defaultRetention, lifetimeProblems } from "gabion-knowledge";
import { describe, expect, it } from "vitest";

const days = fc.integer({ min: 1, max: 3650 });
const own: fc.Arbitrary<BucketLifetimes> = fc.record(
  { retentionDays: days, confirmedRetentionDays: days, expireAfterDays: days },
  { requiredKeys: [] },
);
const locked = fc.constantFrom<DataClass>("dataset", "model", "feature", "log");
const unlocked = fc.constantFrom<DataClass>("checkpoint", "scratch", "access-log");

describe("the lifetimes of a bucket", () => {
  it("are locked for everyone only where the very days are confirmed", () => {
    fc.assert(
      fc.property(locked, own, (dataClass, lifetimes) => {
        const sound = lifetimeProblems(dataClass, lifetimes).length === 0;
        const retention = defaultRetention(dataClass, lifetimes);
        const isConfirmed = lifetimes.confirmedRetentionDays !== undefined;
        expect(retention?.mode).toBe(isConfirmed ? "COMPLIANCE" : "GOVERNANCE");
        if (sound && isConfirmed) expect(retention?.days).toBe(lifetimes.confirmedRetentionDays);
      }),
    );
  });

  it("have no lock where objects are to end, and where S3 delivers logs", () => {
    fc.assert(
      fc.property(unlocked, own, (dataClass, lifetimes) => {
        expect(defaultRetention(dataClass, lifetimes)).toBeUndefined();
        const refused = lifetimeProblems(dataClass, lifetimes).map(({ path }) => path);
        const given = (["retentionDays", "confirmedRetentionDays"] as const).filter((path) => path in lifetimes);
        expect(refused).toEqual(given);
      }),
    );
  });

  it("end after their lock, if they end", () => {
    fc.assert(
      fc.property(days, days, (retentionDays, expireAfterDays) => {
        const problems = lifetimeProblems("log", { retentionDays, expireAfterDays });
        expect(problems.map(({ path }) => path)).toEqual(expireAfterDays > retentionDays ? [] : ["expireAfterDays"]);
      }),
    );
    for (const dataClass of ["dataset", "model", "feature"] as const) {
      expect(lifetimeProblems(dataClass, { expireAfterDays: 3650 })).toHaveLength(1);
    }
  });
});
