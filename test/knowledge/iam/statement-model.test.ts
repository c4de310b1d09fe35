import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  coversAction,
  isEveryone,
  matchesPattern,
  patternsMeet,
  readOperator,
  readPolicy,
  type StatementModel,
} from "../../../knowledge/iam/statement-model";

const UNKNOWN = Symbol("unknown");
const isUnknown = (value: unknown) => value === UNKNOWN;

function statements(source: unknown): readonly StatementModel[] {
  const read = readPolicy(source, isUnknown);
  if (read.kind !== "read") throw new Error(`${read.kind}`);
  return read.policy.statements;
}

describe("readPolicy", () => {
  it("reads one statement or a list, one value or a list, text or object alike", () => {
    const one = { Effect: "Allow", Principal: { AWS: "1" }, Action: "a:b", Resource: "*" };
    const many = { Effect: "Allow", Principal: { AWS: ["1"] }, Action: ["a:b"], Resource: ["*"] };
    const [first] = statements({ Statement: one });
    for (const source of [{ Statement: [one] }, { Statement: many }, JSON.stringify({ Statement: [many] }), [one]]) {
      expect(statements(source)).toEqual([first]);
    }
  });

  it("reads what people write, and says what is odd", () => {
    const source = '\uFEFF{ // comment, with "quotes"\n "statement": [{"effect":"allow","ACTION":"a:b",}], /* , } */ }';
    const read = readPolicy(source);
    expect(read).toMatchObject({
      kind: "read",
      policy: {
        statements: [{ effect: "Allow", actions: ["a:b"] }],
        flaws: [
          "the text is JSON only without its comments and trailing commas",
          "Statement is written statement",
          "Effect is written effect",
          "Action is written ACTION",
        ],
      },
    });
  });

  it("leaves commas and slashes inside texts alone", () => {
    expect(
      statements('{"Statement":[{"Effect":"Allow","Action":"a:b","Resource":"arn:x//,}",},],}')[0]?.resources,
    ).toEqual(["arn:x//,}"]);
  });

  it.each([
    ["{", "the text is not JSON"],
    ["null", "the text is not JSON"],
    ["5", "the document is not an object"],
    ["{}", "the document has no Statement"],
    ['{"Statement":"x"}', "a statement is not an object"],
  ])("calls %j unreadable", (source, reason) => {
    expect(readPolicy(source)).toEqual({ kind: "unreadable", reason });
  });

  it("keeps apart what is unknown from what is absent", () => {
    expect(readPolicy(UNKNOWN, isUnknown)).toEqual({ kind: "unknown" });
    expect(readPolicy({ Statement: UNKNOWN }, isUnknown)).toEqual({ kind: "unknown" });
    const [statement] = statements({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: [UNKNOWN, "1"] },
          Action: UNKNOWN,
          Condition: { StringEquals: { k: [UNKNOWN, "v"] } },
        },
      ],
    });
    expect(statement?.principals).toEqual([{ type: "AWS", value: "1" }]);
    expect([...(statement?.unknown ?? [])].sort()).toEqual(["action", "condition", "principal"]);
    expect(statement?.conditions).toMatchObject([{ key: "k", values: ["v"], unknownValues: true }]);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.json()), (source) => void readPolicy(source, isUnknown)),
    );
  });
});

describe("patterns", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "b", ":"), maxLength: 6 });
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", ":", "*", "?"), maxLength: 6 });
  const asRegExp = (source: string) =>
    new RegExp(`^${[...source].map((c) => (c === "*" ? ".*" : c === "?" ? "." : c)).join("")}$`);

  it("match as stars and question marks say", () => {
    fc.assert(
      fc.property(pattern, part, (source, text) => {
        expect(matchesPattern(source, text)).toBe(asRegExp(source).test(text));
      }),
    );
  });

  it("meet exactly when some text matches both", () => {
    const texts = [""];
    for (let i = 0; texts.length < 5000; i++) for (const c of ["a", "b"]) texts.push((texts[i] as string) + c);
    const short = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 4 });
    fc.assert(
      fc.property(short, short, (x, y) => {
        const [left, right] = [asRegExp(x), asRegExp(y)];
        expect(patternsMeet(x, y)).toBe(texts.some((text) => left.test(text) && right.test(text)));
      }),
      { numRuns: 300 },
    );
  });

  it("stay fast where backtracking would not", () => {
    expect(matchesPattern("*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(5000))).toBe(false);
  });
});

describe("readOperator", () => {
  it.each([
    ["StringEquals", { operator: "stringequals", negated: false, ifExists: false }],
    ["StringNotEqualsIgnoreCaseIfExists", { operator: "stringnotequalsignorecase", negated: true, ifExists: true }],
    ["ForAllValues:ArnLike", { operator: "arnlike", negated: false, ifExists: false, quantifier: "forallvalues" }],
    [
      "foranyvalue:stringnotlikeifexists",
      { operator: "stringnotlike", negated: true, ifExists: true, quantifier: "foranyvalue" },
    ],
  ])("takes %s apart", (written, expected) => {
    expect(readOperator(written)).toEqual(expected);
  });
});

describe("coversAction", () => {
  const covers = (statement: object, action = "kms:Decrypt") =>
    coversAction(statements({ Statement: [statement] })[0] as StatementModel, action);

  it("knows wildcards, case, and what NotAction lets through", () => {
    expect(covers({ Action: "KMS:dec*" })).toBe(true);
    expect(covers({ Action: ["s3:*"] })).toBe(false);
    expect(covers({ NotAction: "kms:Decrypt" })).toBe(false);
    expect(covers({ NotAction: ["kms:Encrypt"] })).toBe(true);
    expect(covers({ Action: UNKNOWN })).toBe("unknown");
    expect(covers({ NotAction: ["s3:*", UNKNOWN] })).toBe("unknown");
  });
});

describe("isEveryone", () => {
  it("is the star alone or among AWS principals", () => {
    const principals = (value: unknown) =>
      statements({ Statement: [{ Principal: value }] })[0]?.principals.some(isEveryone);
    expect([principals("*"), principals({ AWS: ["1", "*"] }), principals({ aws: "*" })]).toEqual([true, true, true]);
    expect([principals({ Service: "*" }), principals({ AWS: "arn:*" }), principals(undefined)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
