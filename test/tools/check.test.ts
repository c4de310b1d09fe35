import { describe, expect, it } from "vitest";
import { countTests, summaryLine, type TestReport } from "../../tools/check.js";

const report = (rest: Partial<TestReport> = {}): TestReport => ({
  numPassedTests: 5,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ status: "passed", assertionResults: [{ status: "passed" }] }],
  ...rest,
});

describe("the count of tests", () => {
  it("is vitest's own", () => {
    expect(countTests(report({ numPendingTests: 1, numTodoTests: 2 }), 0)).toEqual({
      passed: 5,
      failed: 0,
      skipped: 3,
    });
    const failing = { status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] };
    expect(countTests(report({ numFailedTests: 1, testResults: [failing] }), 1)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 0,
    });
  });

  it("holds what fails outside of tests: files that do not load, errors nobody caught, a run that never reported", () => {
    const broken = { status: "failed", assertionResults: [] };
    expect(countTests(report({ testResults: [broken, broken] }), 1).failed).toBe(2);
    expect(countTests(report(), 1).failed).toBe(1);
    expect(countTests(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it("reads as one line", () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
    expect(summaryLine({ passed: 1, failed: 2, skipped: 3 })).toBe("1 passed, 2 failed, 3 skipped");
  });
});
