import { describe, expect, it } from "vitest";
import { DATABASE_FAMILIES, databaseFamily, familyVersion, hasTlsByDefault } from "../../../knowledge/aws/databases";
import { LAMBDA_RUNTIMES, lambdaRuntimeSupport } from "../../../knowledge/aws/lambda-runtimes";
import { isDay } from "../../../knowledge/dates";

describe("runtimes of Lambda", () => {
  it("have names of their own and days of the calendar", () => {
    expect(new Set(LAMBDA_RUNTIMES.map(({ name }) => name)).size).toBe(LAMBDA_RUNTIMES.length);
    for (const { supportEnds, creationEnds } of LAMBDA_RUNTIMES) {
      expect(isDay(supportEnds)).toBe(true);
      expect(creationEnds === undefined || isDay(creationEnds)).toBe(true);
    }
  });

  it("are supported until the day on which AWS stops to patch them", () => {
    expect(lambdaRuntimeSupport("nodejs22.x", "2027-04-29")).toMatchObject({ state: "supported" });
    expect(lambdaRuntimeSupport("nodejs22.x", "2027-04-30")).toEqual({
      state: "ended",
      supportEnds: "2027-04-30",
      creationEnds: "2027-06-01",
    });
    expect(lambdaRuntimeSupport("java17.al2023", "2026-11-24")).toEqual({
      state: "supported",
      supportEnds: "2029-06-30",
    });
  });

  it("are unknown when the table does not have them", () => {
    expect(lambdaRuntimeSupport("nodejs99.x", "2026-11-24")).toEqual({ state: "unknown" });
  });
});

describe("engines of databases", () => {
  it.each([
    ["aurora-mysql", "aurora-mysql"],
    ["aurora-postgresql16", "aurora-postgresql"],
    ["Postgres", "postgres"],
    ["oracle-ee-cdb", "oracle"],
    ["sqlserver-se", "sqlserver"],
  ])("%s is of the family %s", (name, prefix) => {
    expect(databaseFamily(name)?.prefix).toBe(prefix);
  });

  it("are none that RDS does not have", () => {
    expect(databaseFamily("docdb")).toBeUndefined();
  });

  it.each([
    ["postgres14", false],
    ["postgres15", true],
    ["aurora-postgresql16", false],
    ["aurora-postgresql17", true],
    ["mysql8.4", false],
    ["mysql9.7", true],
    ["mariadb11.4", false],
    ["mariadb11.8", true],
    ["aurora-mysql8.0", false],
    ["oracle-ee-19", false],
  ])("%s refuses plain connections by itself: %s", (name, expected) => {
    const family = databaseFamily(name);
    expect(family && hasTlsByDefault(family, familyVersion(name))).toBe(expected);
  });

  it("are judged by the version of the engine, too", () => {
    const [postgres, aurora] = ["postgres", "aurora-mysql"].map(databaseFamily);
    expect(postgres && hasTlsByDefault(postgres, "15.4")).toBe(true);
    expect(aurora && hasTlsByDefault(aurora, "8.0.mysql_aurora.3.05.2")).toBe(false);
    expect(postgres && hasTlsByDefault(postgres, "latest")).toBe(false);
  });

  it("all export some log", () => {
    for (const { logs } of DATABASE_FAMILIES) expect(logs.length).toBeGreaterThan(0);
  });
});
