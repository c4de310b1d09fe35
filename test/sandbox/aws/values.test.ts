import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameDocument } from "../../../sandbox/aws/server/diff";
import { matches } from "../../../sandbox/aws/types/kit";
import { Identifiers } from "../../../sandbox/aws/world/ids";
import { parsePath, withValue } from "../../../sandbox/aws/world/property-path";
import { sealAll, unseal } from "../../../sandbox/aws/world/seal";

const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,5}$/).filter((one) => !(one in Object.prototype));
const step = fc.oneof(name, fc.nat(3), fc.constantFrom("a.b", 'quo"ted', "kubernetes.io/x"));
const path = fc.tuple(name, fc.array(step, { maxLength: 3 })).map(([first, rest]) => [first, ...rest]);

const written = (steps: (string | number)[]): string =>
  steps
    .map((one, at) => {
      if (typeof one === "number") return `[${one}]`;
      if (!/^\w+$/.test(one)) return `["${one.replace(/["\\]/g, "\\$&")}"]`;
      return at === 0 ? one : `.${one}`;
    })
    .join("");

const at = (value: unknown, steps: (string | number)[]): unknown =>
  steps.reduce<unknown>((inner, one) => (inner as Record<string | number, unknown> | undefined)?.[one], value);

describe("property paths", () => {
  it("are read as they are written", () => {
    fc.assert(
      fc.property(path, (steps) => {
        expect(parsePath(written(steps))).toEqual(steps);
      }),
    );
  });

  it("lead to the value that was put there, and nothing else changes", () => {
    fc.assert(
      fc.property(path, fc.jsonValue(), (steps, value) => {
        const before = { kept: { a: 1 } };
        const after = withValue(before, written(["made", ...steps]), value);
        expect(at(after, ["made", ...steps])).toEqual(value);
        expect(after.kept).toBe(before.kept);
        expect(withValue(after, "made", undefined)).toEqual(before);
      }),
    );
  });
});

describe("secrets on disk", () => {
  it("come back to whoever knows them, and only then", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.dictionary(name, fc.string()), (secret, others) => {
        const known = { ...others, deep: [{ secret: `x${secret}y` }] };
        const sealed = sealAll(known, [secret], "seed");
        expect((sealed.deep[0] as { secret: string }).secret).toMatch(/^sealed:[0-9a-f]{64}$/);
        expect(unseal(sealed, known, "seed")).toEqual(known);
        expect(unseal(sealed, {}, "seed")).toEqual(sealed);
        expect(unseal(sealed, known, "other seed")).toEqual(sealed);
      }),
    );
  });
});

describe("identifiers", () => {
  it("follow from seed, subject and label alone, in AWS's forms", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (seed, subject, label) => {
        const ids = new Identifiers(seed, subject);
        expect(ids.ec2("vpc", label)).toMatch(/^vpc-0[0-9a-f]{16}$/);
        expect(ids.uuid(label)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(ids.iam("AROA", label)).toMatch(/^AROA[A-Z2-7]{17}$/);
        expect(new Identifiers(seed, subject).ec2("vpc", label)).toBe(ids.ec2("vpc", label));
        expect(new Identifiers(seed, `${subject}!`).ec2("vpc", label)).not.toBe(ids.ec2("vpc", label));
      }),
    );
  });
});

describe("policies", () => {
  it("are the same in whatever order their statements and lists stand", () => {
    const statement = fc.record({
      Action: fc.array(name, { minLength: 1, maxLength: 3 }),
      Effect: fc.constant("Allow"),
    });
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
        const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
        const turned = statements.map(({ Action, Effect }) => ({ Effect, Action: [...Action].reverse() })).reverse();
        expect(sameDocument(text, JSON.stringify({ Statement: turned, Version: "2012-10-17" }))).toBe(true);
        expect(sameDocument(text, JSON.stringify({ Statement: turned, Version: "2008-10-17" }))).toBe(false);
      }),
    );
  });

  it.each([
    ["kms:*", "kms:Decrypt", true],
    ["kms:Put?eyPolicy", "kms:PutKeyPolicy", true],
    ["KMS:decrypt", "kms:Decrypt", true],
    ["kms:Decrypt", "kms:DecryptX", false],
    ["s3:Get.bject", "s3:GetObject", false],
  ])("%s allows %s: %s", (pattern, action, expected) => {
    expect(matches(pattern, action)).toBe(expected);
  });
});
