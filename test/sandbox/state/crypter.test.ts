import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openConfigSecrets } from "../../../sandbox/engine/state/config-secrets";
import { newCrypter, openCrypter, WrongPassphraseError } from "../../../sandbox/engine/state/crypter";
import { fixture, passphrase } from "./support";

// From fixtures/cli-config.yaml, written by the Pulumi CLI.
const salt = "v1:5fmi7Y969Ck=:v1:AS+KXNg20NzZ0I+q:w/su4UKmvcmRjf2LPOCJMg5gClj7Ew==";
const token = "v1:ZpyfOD5p69dIUQX5:MN44XRuV8DelW2LsZLjv0AEL16x3upxAygsDPg==";
const nested = "v1:6zVRnVtTsDdMn9U1:Ua+RYt+fqduTITAHg6IznlINWVT21DLo/pW9VA==";

describe("the passphrase crypter", () => {
  it("opens what the Pulumi CLI has sealed", async () => {
    expect(fixture("cli-config.yaml")).toContain(salt);
    const crypter = await openCrypter(passphrase, salt, "the stack");
    expect(crypter.decrypt(token)).toBe("s3cret value");
    expect(crypter.decrypt(nested)).toBe("inner secret");
  });

  it("opens what it has sealed, every time with another ciphertext of the same form", async () => {
    const crypter = await openCrypter(passphrase, salt, "the stack");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const [first, second] = [crypter.encrypt(text), crypter.encrypt(text)];
        expect(first).toMatch(/^v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/]+={0,2}$/);
        expect(second).not.toBe(first);
        expect(crypter.decrypt(first)).toBe(text);
      }),
    );
  });

  it("makes a salt that opens with the same passphrase only", async () => {
    const made = await newCrypter("one");
    expect(made.saltState).toMatch(/^v1:[A-Za-z0-9+/]{11}=:v1:[A-Za-z0-9+/]{16}:[A-Za-z0-9+/]{30}==$/);
    expect((await newCrypter("one")).saltState.split(":")[1]).not.toBe(made.saltState.split(":")[1]);
    const reopened = await openCrypter("one", made.saltState, "the stack");
    expect(reopened.decrypt(made.encrypt("x"))).toBe("x");
    const wrong = openCrypter("two", made.saltState, "the state of dev");
    await expect(wrong).rejects.toBeInstanceOf(WrongPassphraseError);
    await expect(wrong).rejects.toMatchObject({
      kind: "usage",
      message: expect.stringContaining("Wrong passphrase: the state of dev was"),
    });
  });

  it("refuses every ciphertext in which one character differs, without telling what it says", async () => {
    const crypter = await openCrypter(passphrase, salt, "the stack");
    const sealed = crypter.encrypt("planted-secret");
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(..."ABxyz019+/:=-"), (at, replacement) => {
        fc.pre(sealed[at] !== replacement);
        const changed = sealed.slice(0, at) + replacement + sealed.slice(at + 1);
        try {
          // The last bits before the padding of base64 mean nothing; then the text is the same.
          expect(crypter.decrypt(changed)).toBe("planted-secret");
          expect(sealed[at + 1]).toBe("=");
        } catch (error) {
          expect((error as Error).message).not.toContain("planted");
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  it.each(["", "v1", "v2:5fmi7Y969Ck=:v1:AA==:AA==", "v1:5fmi7Y969Ck=:v1:AA==", "v1:§:v1:AA==:AA==", `${salt}:x`])(
    "names a malformed salt: %s",
    async (malformed) => {
      await expect(openCrypter(passphrase, malformed, "Pulumi.dev.yaml")).rejects.toMatchObject({
        kind: "usage",
        message: expect.stringMatching(/^The encryption salt of Pulumi\.dev\.yaml is malformed: /),
      });
    },
  );
});

describe("secure values of a stack file", () => {
  const options = { encryptionSalt: salt, passphrase, source: "Pulumi.dev.yaml" };

  it("are opened at any depth; the others stay", async () => {
    const config = {
      "p:token": { secure: token },
      "p:nested": { list: [{ secure: nested }, 1], x: null },
      "p:plain": "5",
    };
    expect(await openConfigSecrets({ ...options, config })).toEqual({
      values: { "p:token": "s3cret value", "p:nested": { list: ["inner secret", 1], x: null }, "p:plain": "5" },
      secretKeys: ["p:token", "p:nested"],
    });
  });

  it("cost no key when there are none", async () => {
    const config = { "p:plain": "5", "p:object": { secure: "not alone", other: 1 } };
    expect(await openConfigSecrets({ config, source: "x", passphrase: "wrong", encryptionSalt: undefined })).toEqual({
      values: config,
      secretKeys: [],
    });
  });

  it("are refused all at once, without the key, the salt or a whole text", async () => {
    const config = {
      "p:a": { secure: token.slice(0, -4) },
      "p:b": { deep: [{ secure: 5 }] },
      "p:c": { secure: token },
    };
    await expect(openConfigSecrets({ ...options, config })).rejects.toMatchObject({
      kind: "usage",
      message: [
        "Pulumi.dev.yaml holds encrypted values that cannot be read:",
        "  config.p:a: cannot be decrypted: the key does not fit or it was changed",
        "  config.p:b.deep[0]: cannot be decrypted: it is not a text",
        "Set them again with `pulumi config set --secret`.",
      ].join("\n"),
    });
    await expect(openConfigSecrets({ ...options, config, passphrase: "wrong" })).rejects.toBeInstanceOf(
      WrongPassphraseError,
    );
    await expect(openConfigSecrets({ ...options, config, encryptionSalt: undefined })).rejects.toMatchObject({
      message:
        "Pulumi.dev.yaml holds encrypted values (p:a, p:b, p:c) but no encryptionsalt. Set them again with `pulumi config set --secret`.",
    });
  });
});
