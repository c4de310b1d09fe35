import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reachesAll } from "../../../knowledge/iam/resource-reach";

describe("reachesAll", () => {
  it.each([
    ["*", "iam", "role/"],
    ["arn:aws:iam::*:role/*", "iam", "role/"],
    ["arn:aws:iam::111122223333:role/*", "iam", "role/"],
    ["arn:aws-cn:iam::111122223333:*", "iam", "role/"],
    ["arn:aws:kms:*", "kms", "key/"],
    ["arn:*:kms:*:*:key/*", "kms", "key/"],
    ["arn:aws:kms:eu-central-1:111122223333:key/*", "kms", "key/"],
    ["arn:aws:s3:::*", "s3", ""],
  ])("says that %s is everything of %s %s", (pattern, service, kind) => {
    expect(reachesAll(pattern, service, kind)).toBe(true);
  });

  it.each([
    ["arn:aws:iam::111122223333:role/gabion-*", "iam", "role/"],
    ["arn:aws:iam::111122223333:user/*", "iam", "role/"],
    ["arn:aws:kms:*:*:alias/*", "kms", "key/"],
    ["arn:aws:s3:::models/*", "s3", ""],
    ["", "iam", "role/"],
    [`arn:aws:iam::*:user/\${aws:username}`, "iam", "user/"],
  ])("says that %s names something of %s %s", (pattern, service, kind) => {
    expect(reachesAll(pattern, service, kind)).toBe(false);
  });

  it("is never true of a pattern that names the beginning of what it is for", () => {
    const name = fc.string({ unit: fc.constantFrom("g", "h", "-", "x"), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(name, fc.constantFrom("*", "111122223333"), (prefix, account) => {
        expect(reachesAll(`arn:aws:iam::${account}:role/${prefix}*`, "iam", "role/")).toBe(false);
        expect(reachesAll(`arn:aws:iam::${account}:role/*`, "iam", "role/")).toBe(true);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(fc.property(fc.string(), fc.string(), fc.string(), (...parts) => void reachesAll(...parts)));
  });
});
