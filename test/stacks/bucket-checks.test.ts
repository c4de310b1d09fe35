import { describe, expect, it } from "vitest";
import { foundation, problem } from "./checks";
import { deviation, problemsOf, type Values } from "./documents";

const bucket = (more: Values): Values => foundation({ buckets: [{ name: "data", ...more }] });
const days = "a whole number from 1 to 3650";

describe("the lifetimes of a bucket", () => {
  it.each<Values>([
    { class: "dataset", retentionDays: 30, confirmedRetentionDays: 30 },
    { class: "model", confirmedRetentionDays: 365 },
    { class: "checkpoint", expireAfterDays: 30 },
    { class: "log", retentionDays: 90, expireAfterDays: 91 },
    { class: "scratch", expireAfterDays: 1 },
  ])("may be %o", (more) => {
    expect(problemsOf(bucket(more))).toEqual([]);
  });

  it.each<[Values, string, string, string]>([
    [
      { class: "dataset", confirmedRetentionDays: 30 },
      "confirmedRetentionDays",
      "it confirms another retention than the bucket's, which is 90 days",
      "Give 90, if nobody is to be able to delete an object for so long, or leave it out",
    ],
    [
      { class: "checkpoint", retentionDays: 30 },
      "retentionDays",
      "buckets of class checkpoint have no Object Lock",
      "Leave it out, or take another class",
    ],
    [
      { class: "model", expireAfterDays: 30 },
      "expireAfterDays",
      "objects of a bucket of class model are kept",
      "Leave it out, or take another class",
    ],
    [
      { class: "log", expireAfterDays: 30 },
      "expireAfterDays",
      "objects are locked for 365 days",
      "Give more than 365, or a shorter retention",
    ],
  ])("may not be %o", (more, field, reason, remedy) => {
    expect(problemsOf(bucket(more))).toEqual([
      problem(`gabion:buckets[0].${field}`, more[field], reason, days, remedy),
    ]);
  });

  it("are told of all at once", () => {
    const buckets = [
      { name: "data", class: "scratch", retentionDays: 30, confirmedRetentionDays: 30 },
      { name: "data", class: "dataset", expireAfterDays: 30 },
    ];
    expect(problemsOf(foundation({ buckets })).map(({ path }) => path)).toEqual([
      "gabion:buckets[1].name",
      "gabion:buckets[0].retentionDays",
      "gabion:buckets[0].confirmedRetentionDays",
      "gabion:buckets[1].expireAfterDays",
    ]);
  });
});

describe("the retention of models", () => {
  const models = (more: Values, assurance = "regulated"): Values => ({
    ...bucket({ class: "model", ...more }),
    assurance,
  });

  it("need not be confirmed at baseline", () => {
    expect(problemsOf(models({}, "baseline"))).toEqual([]);
  });

  it.each(["regulated", "isolated"])("is confirmed at %s, or a deviation says why not", (assurance) => {
    expect(problemsOf(models({ confirmedRetentionDays: 365 }, assurance))).toEqual([]);
    expect(problemsOf({ ...models({}, assurance), deviations: [deviation("s3-object-lock")] })).toEqual([]);
    expect(problemsOf(models({}, assurance))).toEqual([
      expect.objectContaining({
        path: "gabion:buckets[0].confirmedRetentionDays",
        found: "absent",
        reason:
          "the control s3-object-lock (nobody at all can delete or replace a model before its time) " +
          `asks for a model's days of retention at assurance "${assurance}"`,
      }),
    ]);
  });

  it("is all that has to be: other classes are confirmed where somebody wants it", () => {
    expect(problemsOf({ ...bucket({ class: "dataset" }), assurance: "regulated" })).toEqual([]);
  });
});
