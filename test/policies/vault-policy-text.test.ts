import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reaches } from "../../policies/kit/vault/grants";
import { readVaultPolicy } from "../../policies/kit/vault/hcl";

describe("the text of a Vault policy", () => {
  it.each([
    ['path "secret/*" { capabilities = ["Read", "list",] }', [{ path: "secret/*", capabilities: ["read", "list"] }]],
    [
      '# all\npath "a" { policy = "write" }',
      [{ path: "a", capabilities: ["create", "read", "update", "delete", "list"] }],
    ],
    [
      '/* two */ path "/a" { // one\n capabilities = ["update"]\n allowed_parameters = { "ttl" = ["1h"], "*" = [] } }\npath "b" { capabilities = ["deny"] }',
      [
        { path: "a", capabilities: ["update"] },
        { path: "b", capabilities: [] },
      ],
    ],
    ['{"path":{"a":{"capabilities":["read"]}}}', [{ path: "a", capabilities: ["read"] }]],
    ['{"path":[{"a":[{"capabilities":["read"]}]}]}', [{ path: "a", capabilities: ["read"] }]],
    ["", []],
  ])("is read: %s", (text, grants) => {
    expect(readVaultPolicy(text)).toEqual(grants);
  });

  it.each(['path "a" {', 'path "a" { capabilities = "', '{"path":1}', "<<EOF", 'path "a" { policy = "all" }'])(
    "is not taken for one: %s",
    (text) => {
      expect(readVaultPolicy(text)).toBeUndefined();
    },
  );

  it("never throws", () => {
    const parts = fc.constantFrom("path", '"a"', "{", "}", "[", "]", "=", ",", "capabilities", '"read"', "#", "\n");
    const texts = fc.oneof(
      fc.string(),
      fc.array(parts).map((list) => list.join(" ")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const grants = readVaultPolicy(text);
        expect(grants === undefined || Array.isArray(grants)).toBe(true);
      }),
    );
  });
});

describe("a path of a policy", () => {
  it.each([
    ["sys/*", "sys/audit/file", true],
    ["*", "sys/seal", true],
    ["sys/+/file", "sys/audit/file", true],
    ["+/*", "identity/entity", true],
    ["sys/a*", "sys/audit/file", true],
    ["sys/policies/acl/team", "sys/policies/acl", true],
    ["sys/audit", "sys/audit/file", false],
    ["secret/sys/*", "sys/seal", false],
    ["sys/capabilities-self", "sys/seal", false],
  ])("%s reaches %s: %s", (path, area, expected) => {
    expect(reaches({ path, capabilities: ["update"] }, area)).toBe(expected);
  });
});
