import { Secret } from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy.js";
import * as secret from "@pulumi/policy/secret.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toPlain, UNKNOWN } from "../../policies/kit/property";
import { plainOf } from "../../policies/kit/sdk-properties";

const { unknownCheckingProxy, ...sentinels } = proxy as unknown as { unknownCheckingProxy: (value: object) => object };
const unknowns = Object.entries(sentinels as Record<string, string>)
  .filter(([name]) => /^unknown\w+Value$/.test(name))
  .map(([, value]) => value);
const { secretsPreservingProxy } = secret as unknown as { secretsPreservingProxy: (value: object) => object };

const values = fc.object({
  key: fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "length", "tags")),
  values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(...unknowns)],
  maxDepth: 4,
});

describe("the properties that the SDK calls policies with", () => {
  it("are the same, read below the SDK's wrapping and through it", () => {
    expect(unknowns).toHaveLength(7);
    fc.assert(
      fc.property(values, (properties) => {
        expect(plainOf(unknownCheckingProxy(properties))).toEqual(toPlain(unknownCheckingProxy(properties)));
      }),
    );
  });

  it("have UNKNOWN for what is unknown, and secrets as they are", () => {
    for (const unknown of unknowns)
      expect(plainOf(unknownCheckingProxy({ a: [unknown, { b: unknown }] }))).toEqual({ a: [UNKNOWN, { b: UNKNOWN }] });
    const properties = { open: 1, hidden: new Secret("a text"), list: [new Secret(["b", unknowns[0]])] };
    const wrapped = () => unknownCheckingProxy(secretsPreservingProxy(properties));
    expect(plainOf(wrapped())).toEqual(toPlain(wrapped()));
  });

  it("are read as they are where nothing wraps them", () => {
    expect(plainOf({ a: 1, b: UNKNOWN })).toEqual({ a: 1, b: UNKNOWN });
    expect(plainOf(undefined)).toBeNull();
  });
});
