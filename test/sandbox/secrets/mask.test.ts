import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EngineEvent } from "../../../sandbox/engine";
import { Reporter } from "../../../sandbox/engine/report";
import type { ResourceState } from "../../../sandbox/engine/state/types";
import { carriedSecrets } from "../../../sandbox/engine/values/carried-secrets";
import { secretOf } from "../../../sandbox/engine/values/inspect";
import { SecretMask } from "../../../sandbox/engine/values/mask";
import { assetSignature, signatureKey } from "../../../sandbox/engine/values/signatures";

const masked = (secrets: string[], text: string): string => {
  const mask = new SecretMask();
  for (const secret of secrets) mask.addText(secret);
  return mask.masked(text);
};

/** Ways in which others write a text. */
const writers: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "inside of another": (text) => `before${text}after`,
  JSON: (text) => JSON.stringify({ text }),
  "JSON in JSON": (text) => JSON.stringify({ body: JSON.stringify({ text }) }),
  "JSON of Go": (text) => JSON.stringify(text).replace(/[<>&]/g, (one) => `\\u00${one.charCodeAt(0).toString(16)}`),
  "an address": (text) => `https://host/?q=${encodeURIComponent(text)}&x=1`,
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64 for addresses": (text) => Buffer.from(text).toString("base64url"),
  "base64 of something longer": (text) => Buffer.from(`user:${text}:rest`).toString("base64"),
  "base64 of JSON": (text) => Buffer.from(JSON.stringify({ key: text, other: 1 })).toString("base64"),
  hexadecimal: (text) => Buffer.from(`a${text}`).toString("hex"),
};

/** Visible characters, those that are escaped among them more often. */
const secret = fc
  .array(fc.constantFrom(...`abcXYZ019"'\\<>&+/=%\n\tü€ `), { minLength: 8, maxLength: 40 })
  .map((characters) => characters.join(""))
  .filter((text) => text.trim().length >= 8 && !/^(.)\1*$/.test(text) && !text.includes("secret"));

describe("the mask takes a secret out", () => {
  it.each(Object.entries(writers))("written as %s", (_name, write) => {
    fc.assert(
      fc.property(secret, (text) => {
        const written = write(text);
        const result = masked([text], written);
        expect(result).toContain("[secret]");
        expect(result).not.toContain(text);
        // At both ends of encoded text may be left what also carries bits of its neighbours.
        const left = result.split("[secret]").join("");
        expect(written.length - left.length).toBeGreaterThanOrEqual(text.length - 2);
      }),
      { numRuns: 200 },
    );
  });

  it("as Node shows it, line by line", () => {
    const key = "-----BEGIN-----\nfirst 'line' of it\nsecond \"line\" of it\n-----END-----";
    for (const line of inspect({ key }).split("\n")) expect(masked([key], line)).not.toMatch(/line.* of it/);
  });

  it("also where two of them overlap, and only once", () => {
    expect(masked(["abcdef", "defghi"], "1abcdefghi2")).toBe("1[secret]2");
    expect(masked(["secret-one", "secr"], masked(["secret-one", "secr"], "a secret-one"))).toBe("a [secret]");
  });

  it("of every part of a value, and leaves short ones and other texts alone", () => {
    const mask = new SecretMask();
    mask.addSecrets({ a: secretOf({ deep: ["word-in-a-list", 4711123, "abc"] }), b: "public" });
    expect(mask.masked("word-in-a-list 4711123 abc public")).toBe("[secret] [secret] abc public");
    expect(mask.maskedValue({ list: ["<word-in-a-list>", 1, null] })).toEqual({ list: ["<[secret]>", 1, null] });
  });

  it("in one walk over the text, whatever their number", () => {
    const mask = new SecretMask();
    for (let at = 0; at < 2000; at += 1) mask.addText(`secret number ${at}`);
    expect(mask.masked("secret number 1999; secret number 7;")).toBe("[secret]; [secret];");
  });
});

describe("what the engine shows of a resource", () => {
  it("is masked also where nobody has said that it is secret", () => {
    const events: EngineEvent[] = [];
    const reporter = new Reporter((event) => events.push(event), false, new SecretMask());
    const next: ResourceState = {
      urn: "urn:pulumi:dev::p::a:b:C::one",
      type: "a:b:C",
      custom: true,
      id: "id-of-planted-word",
      inputs: { password: secretOf("planted-word"), label: "of planted-word", size: 1 },
      outputs: { address: "postgres://user:planted-word@host" },
    };
    reporter.hide(next.inputs);
    reporter.pre({
      op: "create",
      urn: next.urn,
      type: next.type,
      next,
      logical: true,
      internal: false,
      apply: () => Promise.resolve(),
    });
    expect(JSON.stringify([events, reporter.steps])).not.toContain("planted-word");
    expect(reporter.steps[0]?.new).toMatchObject({
      id: "id-of-[secret]",
      inputs: { password: "[secret]", label: "of [secret]", size: 1 },
      outputs: { address: "postgres://user:[secret]@host" },
    });
  });
});

describe("what the engine says of a finding", () => {
  it("is masked in what it reports and in what it remembers", () => {
    const events: EngineEvent[] = [];
    const reporter = new Reporter((event) => events.push(event), false, new SecretMask());
    reporter.hide(secretOf("planted-word"));
    reporter.finding({
      urn: "urn:pulumi:dev::p::a:b:C::one",
      policyName: "rule",
      packName: "pack",
      packVersion: "1.0.0",
      enforcementLevel: "mandatory",
      message: "it holds planted-word",
    });
    expect(reporter.findings).toMatchObject([{ message: "it holds [secret]" }]);
    expect(events).toEqual([{ type: "policy", finding: reporter.findings[0] }]);
  });
});

describe("a provider that takes no marks of secrets", () => {
  it("makes secret each text in which a secret of the inputs turns up, and nothing else", () => {
    const inputs = { password: secretOf("planted-word"), group: { token: secretOf("planted-token"), size: 1 } };
    const asset = { [signatureKey]: assetSignature, text: "of planted-word" };
    const outputs = {
      password: "planted-word",
      group: { token: "planted-token", size: 1 },
      address: "postgres://user:planted-word@host",
      list: ["a", { header: "Basic planted-token" }],
      asset,
      name: "public",
    };
    expect(carriedSecrets(outputs, inputs)).toEqual({
      ...outputs,
      password: secretOf("planted-word"),
      group: { token: secretOf("planted-token"), size: 1 },
      address: secretOf("postgres://user:planted-word@host"),
      list: ["a", { header: secretOf("Basic planted-token") }],
      asset: secretOf(asset),
    });
    expect(carriedSecrets(outputs, { password: "planted-word" })).toBe(outputs);
  });
});
