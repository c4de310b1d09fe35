import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, parsePath, valueAt } from "../../cli/display/paths";
import { formatChange, formatValue, unknownValue } from "../../cli/display/values";

describe("values", () => {
  it.each([
    ["text", '"text"'],
    ["", '""'],
    [3, "3"],
    [true, "true"],
    [null, "null"],
    [undefined, "nothing"],
    ["[secret]", "[secret]"],
    [unknownValue, "output<string>"],
    [["a", unknownValue, "[secret]"], '["a", output<string>, [secret]]'],
    [{ a: 1, "b c": { d: [] } }, '{ a: 1, "b c": { d: [] } }'],
    [{}, "{}"],
  ])("%j is shown as %s", (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  it("cuts long texts and says how long they are", () => {
    expect(formatValue("x".repeat(500))).toBe(`"${"x".repeat(160)}"… (500 characters)`);
  });

  it("shows of two long texts what differs, with what stands around it", () => {
    const around = "0123456789".repeat(10);
    expect(formatChange(`${around}old${around}`, `${around}new${around}`)).toBe(
      '…"678901234567890123456789old012345678901234567890123"… => …"678901234567890123456789new012345678901234567890123"…',
    );
  });

  it("never shows different texts as the same", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 150 }), fc.string({ maxLength: 150 }), (before, after) => {
        fc.pre(before !== after && before !== unknownValue && after !== unknownValue);
        fc.pre(before !== "[secret]" && after !== "[secret]");
        const [from, to] = [formatChange(before, after), formatChange(after, before)];
        expect(from).not.toBe(to);
      }),
    );
  });
});

describe("paths", () => {
  it.each([
    ["tags.owner", ["tags", "owner"]],
    ["ingress[0].cidrBlocks[1]", ["ingress", 0, "cidrBlocks", 1]],
    ['tags["a.b"].c', ["tags", "a.b", "c"]],
    ["name", ["name"]],
  ])("%s is read as %j", (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(formatPath(path)).toBe(text);
  });

  it("reads what it writes", () => {
    const part = fc.oneof(fc.nat(100), fc.string({ minLength: 1 }));
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(part), (first, rest) => {
        expect(parsePath(formatPath([first, ...rest]))).toEqual([first, ...rest]);
      }),
    );
  });

  it("takes what is no path as one key", () => {
    expect(parsePath("a[b")).toEqual(["a[b"]);
  });

  it("finds own properties only", () => {
    expect(valueAt({ a: [{ b: 2 }] }, ["a", 0, "b"])).toBe(2);
    expect(valueAt({ a: 1 }, ["toString"])).toBeUndefined();
    expect(valueAt(undefined, ["a"])).toBeUndefined();
  });
});
