import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyDocument, policyJson, type StatementInput } from "../../../knowledge/iam/policy-document";
import { readPolicy } from "../../../knowledge/iam/statement-model";

const text = fc.constantFrom("s3:GetObject", "kms:Decrypt", "kms:*", "sts:AssumeRole", "ec2:Describe*");
const list = fc.uniqueArray(text, { minLength: 1, maxLength: 5 });
const statement = fc.record({
  effect: fc.constantFrom("Allow" as const, "Deny" as const),
  actions: list,
  resources: fc.uniqueArray(fc.constantFrom("*", "arn:aws:s3:::a", "arn:aws:s3:::a/*"), { minLength: 1 }),
  conditions: fc.dictionary(
    fc.constantFrom("StringEquals", "ArnLike", "Bool"),
    fc.dictionary(fc.constantFrom("aws:PrincipalOrgID", "kms:ViaService"), fc.uniqueArray(text, { minLength: 1 }), {
      minKeys: 1,
    }),
  ),
});

describe("policyDocument", () => {
  it("writes the same text for the same meaning, whatever the order", () => {
    const shuffled = (values: readonly string[]) => [...values].reverse().concat(values);
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
        const other = statements.map((item) => ({
          conditions: Object.fromEntries(
            Object.entries(item.conditions)
              .reverse()
              .map(([operator, keys]) => [
                operator,
                Object.fromEntries(
                  Object.entries(keys)
                    .reverse()
                    .map(([key, values]) => [key, shuffled(values)]),
                ),
              ]),
          ),
          resources: shuffled(item.resources),
          actions: shuffled(item.actions),
          effect: item.effect,
        }));
        expect(policyJson(other)).toBe(policyJson(statements));
      }),
    );
  });

  it("is read back with its meaning", () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
        const read = readPolicy(policyJson(statements));
        if (read.kind !== "read") throw new Error(read.kind);
        expect(read.policy.flaws).toEqual([]);
        expect(
          read.policy.statements.map(({ effect, actions, resources, conditions }) => ({
            effect,
            actions,
            resources,
            conditions: conditions.length,
          })),
        ).toEqual(
          statements.map((item) => ({
            effect: item.effect,
            actions: [...item.actions].sort(),
            resources: [...item.resources].sort(),
            conditions: Object.values(item.conditions).flatMap(Object.keys).length,
          })),
        );
      }),
    );
  });

  it("writes elements in AWS's order and a list of one as its value", () => {
    expect(
      policyJson([
        {
          conditions: { Bool: { "aws:SecureTransport": "false" } },
          resources: ["b", "a"],
          actions: ["s3:*"],
          principals: "*",
          effect: "Deny",
          sid: "Tls",
        },
      ]),
    ).toBe(
      '{"Version":"2012-10-17","Statement":[{"Sid":"Tls","Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["a","b"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}',
    );
  });

  it.each<[string, StatementInput[], string]>([
    ["no statement", [], "statements"],
    ["no action", [{ resources: ["*"] }], "statements[0].actions"],
    ["actions and their opposite", [{ actions: ["a:b"], notActions: ["a:c"] }], "statements[0].actions"],
    ["an empty list", [{ actions: [] }], "statements[0].actions"],
    ["an empty text", [{ actions: [""] }], "statements[0].actions"],
    ["a Sid with other characters", [{ sid: "a b", actions: ["a:b"] }], "statements[0].sid"],
    [
      "a Sid twice",
      [
        { sid: "a", actions: ["a:b"] },
        { sid: "a", actions: ["a:b"] },
      ],
      "statements[1].sid",
    ],
    ["no principal in a list", [{ principals: { AWS: [] }, actions: ["a:b"] }], "statements[0].principals"],
    ["Allow for all but some", [{ notPrincipals: { AWS: ["x"] }, actions: ["a:b"] }], "statements[0].notPrincipals"],
    [
      "a condition without values",
      [{ actions: ["a:b"], conditions: { StringEquals: { k: [] } } }],
      "statements[0].conditions.StringEquals.k",
    ],
  ])("refuses %s", (_, statements, path) => {
    let problems: unknown;
    try {
      policyDocument(statements);
    } catch (error) {
      problems = (error as { problems: { path: string }[] }).problems.map((problem) => problem.path);
    }
    expect(problems).toEqual([path]);
  });
});
