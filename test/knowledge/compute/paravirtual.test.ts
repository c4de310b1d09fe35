import { describe, expect, it } from "vitest";
import { isParavirtual } from "../../../knowledge/compute/paravirtual";

describe("isParavirtual", () => {
  it.each(["t1.micro", "M1.small", "c1.xlarge", "m2.4xlarge"])("holds for %s", (type) => {
    expect(isParavirtual(type)).toBe(true);
  });
  it.each(["m3.large", "c3.large", "t3.micro", "p5.48xlarge", ""])("does not for %s", (type) => {
    expect(isParavirtual(type)).toBe(false);
  });
});
