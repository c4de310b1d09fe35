import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Crypter, newCrypter } from "../../../sandbox/engine/state/crypter";
import { holdsCiphertext, Sealed, Sealer, UnsealError, unsealed } from "../../../sandbox/engine/state/seal";
import { secretOf } from "../../../sandbox/engine/values/inspect";
import {
  outputSignature,
  secretSignature,
  signatureKey,
  unknownValue,
} from "../../../sandbox/engine/values/signatures";

let crypter: Crypter;
beforeAll(async () => {
  crypter = await newCrypter("x");
});

const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie("value"), { maxKeys: 3 }),
    tie("value").map(secretOf),
  ),
})).value;
const maps = fc.dictionary(fc.string(), values, { maxKeys: 4 });

/** As JSON has it: no negative zero. */
const plain = (value: unknown): unknown => {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

describe("sealed properties", () => {
  it("come back as they were, through JSON", () => {
    fc.assert(
      fc.property(maps, (map) => {
        const sealed = Sealed.map(map, "urn|inputs").finish(new Sealer(crypter));
        const read = JSON.parse(JSON.stringify(sealed));
        expect(unsealed(read, { place: "urn|inputs", sealer: new Sealer(crypter) })).toEqual(plain(map));
      }),
    );
  });

  it("show no part of a secret, and stay the same text when nothing has changed", () => {
    fc.assert(
      fc.property(maps, (map) => {
        const first = new Sealer(crypter);
        const planted = { ...map, planted: secretOf({ password: "planted-secret", list: ["planted-too"] }) };
        const text = JSON.stringify(Sealed.map(planted, "urn|inputs").finish(first));
        expect(text).not.toMatch(/planted-/);
        const second = new Sealer(crypter);
        const opened = unsealed(JSON.parse(text), { place: "urn|inputs", sealer: second });
        expect(JSON.stringify(Sealed.map(opened, "urn|inputs").finish(second))).toBe(text);
      }),
    );
  });

  it("get a new ciphertext when the secret or its place has changed", () => {
    const sealer = new Sealer(crypter);
    const seal = (map: Record<string, unknown>, place: string): unknown => Sealed.map(map, place).finish(sealer);
    const first = seal({ a: secretOf("one"), b: secretOf("one") }, "urn|inputs") as Record<
      string,
      { ciphertext: string }
    >;
    expect(first.a?.ciphertext).not.toBe(first.b?.ciphertext);
    expect(seal({ a: secretOf("one") }, "urn|inputs")).toEqual({ a: first.a });
    expect(seal({ a: secretOf("one") }, "urn|outputs")).not.toEqual({ a: first.a });
    expect(seal({ a: secretOf("two") }, "urn|inputs")).not.toEqual({ a: first.a });
  });

  it("are a copy of the moment, taken before the key is there", () => {
    const map = { list: [1], secret: secretOf({ deep: "before" }) };
    const sealed = Sealed.map(map, "urn|inputs");
    map.list.push(2);
    (map.secret.value as { deep: string }).deep = "after";
    expect(sealed.needsKey).toBe(true);
    expect(() => sealed.finish(undefined)).toThrow("a secret cannot be written without a key");
    const finished = JSON.parse(JSON.stringify(sealed.finish(new Sealer(crypter))));
    expect(unsealed(finished, { place: "", sealer: new Sealer(crypter) })).toEqual({
      list: [1],
      secret: secretOf({ deep: "before" }),
    });
  });

  it("hold what is known of output values, and numbers that JSON lacks", () => {
    const output = (rest: object): object => ({ [signatureKey]: outputSignature, ...rest });
    const map = {
      known: output({ value: 1 }),
      unknown: output({}),
      secret: output({ value: "s", secret: true }),
      gone: undefined,
      inf: -Infinity,
      nan: NaN,
    };
    const sealed = Sealed.map(map, "urn|inputs").finish(new Sealer(crypter));
    expect(sealed).toMatchObject({
      inf: { [signatureKey]: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c", value: "fff0000000000000" },
    });
    expect(unsealed(sealed, { place: "", sealer: new Sealer(crypter) })).toEqual({
      known: 1,
      unknown: unknownValue,
      secret: secretOf("s"),
      inf: -Infinity,
      nan: NaN,
    });
  });

  it("say where a secret cannot be opened, and nothing of what it says", () => {
    const sealer = new Sealer(crypter);
    const open = (secret: object, use: Sealer | undefined = sealer): unknown =>
      unsealed(
        { list: [{ [signatureKey]: secretSignature, ...secret }] },
        { place: "at", ...(use === undefined ? {} : { sealer: use }) },
      );
    const failure = (secret: object, use?: Sealer): UnsealError => {
      try {
        open(secret, use);
      } catch (error) {
        return error as UnsealError;
      }
      throw new Error("opened");
    };
    expect(failure({ ciphertext: "v1:x:y" })).toMatchObject({
      place: "at.list[0]",
      message: expect.stringContaining("cannot be decrypted"),
    });
    expect(failure({ ciphertext: crypter.encrypt("no json: planted") }).message).toBe(
      "is a malformed secret: its content is not JSON",
    );
    expect(failure({})).toBeInstanceOf(UnsealError);
    expect(failure({ ciphertext: "a", plaintext: "b" })).toBeInstanceOf(UnsealError);
    expect(unsealed({ a: { [signatureKey]: secretSignature, plaintext: '"clear"' } }, { place: "" })).toEqual({
      a: secretOf("clear"),
    });
    expect(() => unsealed({ a: { [signatureKey]: secretSignature, ciphertext: "v1:x:y" } }, { place: "" })).toThrow(
      "names no secrets provider",
    );
    expect(() =>
      unsealed({ a: { [signatureKey]: "8ad145fe-0d11-4827-bfd7-1abcbf086f5c", value: "zz" } }, { place: "" }),
    ).toThrow("malformed number");
    expect([
      holdsCiphertext([{ a: { [signatureKey]: secretSignature, ciphertext: "x" } }]),
      holdsCiphertext({ ciphertext: "x" }),
    ]).toEqual([true, false]);
  });
});
