import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonErrorAt } from "../../../sandbox/engine/state/json-syntax";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A document that is over only at its last character: a list or an object. */
const documents = fc
  .tuple(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), fc.nat(3))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

const pieces = fc.constantFrom(...'{}[]:,"\\/-+.eE019u nt\n\t', "true", "nul", "1.5e3", '"a"', "\\u00e9", "\u0001");

describe("the place of an error in JSON", () => {
  it("is there exactly when it is not JSON", () => {
    fc.assert(fc.property(documents, (text) => jsonErrorAt(text) === undefined));
    const almost = fc.tuple(documents, fc.nat(), fc.nat(5), fc.array(pieces, { maxLength: 4 }));
    fc.assert(
      fc.property(almost, ([text, at, cut, put]) => {
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + put.join("") + text.slice(start + cut);
        expect(jsonErrorAt(changed) === undefined).toBe(isJson(changed));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        expect(jsonErrorAt(parts.join("")) === undefined).toBe(isJson(parts.join("")));
      }),
      { numRuns: 5000 },
    );
  });

  it("is the end of what was cut off, and the character that can be nowhere", () => {
    fc.assert(
      fc.property(documents, fc.nat(), (text, at) => {
        const length = at % text.length;
        expect(jsonErrorAt(text.slice(0, length))).toBe(length);
        expect(jsonErrorAt(`${text.slice(0, length)}\u0001${text.slice(length)}`)).toBe(length);
      }),
      { numRuns: 500 },
    );
  });

  it("is found in what is nested deeply", () => {
    expect(jsonErrorAt("[".repeat(200_000))).toBe(200_000);
    expect(jsonErrorAt(`${"[".repeat(200_000)}x`)).toBe(200_000);
  });
});
