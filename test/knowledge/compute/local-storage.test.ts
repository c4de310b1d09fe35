import { describe, expect, it } from "vitest";
import { hasLocalStorage } from "../../../knowledge/compute/local-storage";

describe("hasLocalStorage", () => {
  it.each([
    ...["ml.g4dn.xlarge", "ml.g5.12xlarge", "ml.g6e.48xlarge", "ml.gr6.4xlarge", "ml.m5d.large", "ml.p3dn.24xlarge"],
    ...["ml.p4d.24xlarge", "ml.p4de.24xlarge", "ml.p5.48xlarge", "ml.p5en.48xlarge", "ml.p6-b200.48xlarge"],
    ...["ml.trn1n.32xlarge", "ml.trn2.48xlarge", "c6id.metal", "i4i.large", "im4gn.large", "x1e.xlarge", "z1d.large"],
  ])("holds for %s", (type) => {
    expect(hasLocalStorage(type)).toBe(true);
  });

  it.each([
    ...["ml.m5.xlarge", "ml.c7i.large", "ml.r6g.large", "ml.t3.medium", "ml.p2.xlarge", "ml.p3.2xlarge"],
    ...["ml.g5g.xlarge", "ml.inf2.48xlarge", "dl2q.24xlarge", "u7i-12tb.224xlarge", "mac2-m2pro.metal", "", "x"],
  ])("does not hold for %s", (type) => {
    expect(hasLocalStorage(type)).toBe(false);
  });
});
