import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FoundationSettings, LAYERS, readSettings } from "../../stacks/settings";
import { isAtOrUnder } from "../../stacks/settings/check";
import { decode } from "../../stacks/settings/decode";
import { type Partly, parseDocument, valueAt } from "../../stacks/settings/parse";
import { describeProblems, formatPath, printValue } from "../../stacks/settings/problem";
import { layerSettings } from "../../stacks/settings/read";
import { allFields, readNode } from "../../stacks/settings/schema-tree";
import { nearest } from "../../stacks/settings/suggest";
import { quotingFinding } from "../../stacks/settings/symptoms";
import { configOf, FULLEST, problemsOf, read, SHORTEST, TODAY, type Values } from "./documents";

const shapeOf = (layer: (typeof LAYERS)[number]) => readNode(layerSettings(layer).schema()).shape;
const options = { today: TODAY, stackName: "dev" };

describe("reading settings", () => {
  it("never throws and always answers, whatever a configuration holds", () => {
    const keys = [...new Set(LAYERS.flatMap((layer) => Object.keys(shapeOf(layer))))];
    const key = fc.oneof(fc.constantFrom(...keys), fc.string());
    const text = fc.oneof(fc.string(), fc.json(), fc.constantFrom("account", "foundation", "", "null", "[[", "{}"));
    const config = fc.dictionary(
      key.map((name) => `gabion:${name}`),
      text,
    );
    fc.assert(
      fc.property(config, fc.array(key), (values, secret) => {
        const secretKeys = secret.map((name) => `gabion:${name}`);
        const result = readSettings(values, { ...options, secretKeys });
        if (result.ok) return;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { path, found, reason, allowed, remedy } of result.problems) {
          expect([path, found, reason, allowed, remedy].every((part) => part !== "")).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("never reports one place twice for its own value", () => {
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 3 }).map((value) => JSON.stringify(value) ?? "");
    for (const layer of LAYERS) {
      const keys = Object.keys(shapeOf(layer)).filter((key) => key !== "layer");
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...keys), anything), (changes) => {
          const config = { ...configOf(SHORTEST[layer]) };
          for (const [key, text] of Object.entries(changes)) config[`gabion:${key}`] = text;
          const result = readSettings(config, options);
          const paths = result.ok ? [] : result.problems.map(({ path, reason }) => `${path} ${reason}`);
          expect(new Set(paths).size).toBe(paths.length);
        }),
        { numRuns: 200 },
      );
    }
  });

  it("gives the same settings whatever the order of the keys", () => {
    for (const layer of LAYERS) {
      const entries = Object.entries(configOf(FULLEST[layer]));
      const inOrder = readSettings(Object.fromEntries(entries), options);
      fc.assert(
        fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
          expect(readSettings(Object.fromEntries(shuffled), options)).toEqual(inOrder);
        }),
        { numRuns: 20 },
      );
    }
  });

  it("reports problems in the order of the reference, unknown keys last", () => {
    const values = { zzz: "1", ...FULLEST.foundation, gpuPools: "x", region: "nowhere", owner: " " };
    expect(problemsOf(values).map(({ path }) => path)).toEqual([
      "gabion:region",
      "gabion:owner",
      "gabion:gpuPools",
      "gabion:zzz",
    ]);
  });

  it("does not change the configuration that it is given", () => {
    const config = Object.freeze(configOf(FULLEST.foundation));
    expect(readSettings(config, options).ok).toBe(true);
  });

  it("leaves keys of other namespaces alone", () => {
    const config = { ...configOf(SHORTEST.account), "aws:profile": "x", "gabionx:y": "z", plain: "w" };
    expect(readSettings(config, options).ok).toBe(true);
  });
});

describe("secrets among settings", () => {
  const remedy =
    "Remove it, revoke the secret where it was issued, and let the workload fetch its own from Vault or Secrets Manager by its identity";
  const secret = (path: string) => ({
    path,
    found: "a secret",
    reason: "no secret passes through Pulumi's configuration, where every deployment can read it",
    allowed: "plain values only",
    remedy,
  });

  it("are refused by their key, once, and never shown", () => {
    const result = read({ ...SHORTEST.account, owner: "hunter2" }, { secretKeys: ["gabion:owner"] });
    expect(result).toEqual({ ok: false, problems: [secret("gabion:owner")] });
  });

  it("are refused at any depth, and under keys that do not exist", () => {
    const sealed = { secure: "v1:abc" };
    const values = { ...SHORTEST.account, nonsense: sealed, allowedImages: { owners: [{ deep: sealed }] } };
    expect(problemsOf(values)).toEqual([secret("gabion:nonsense"), secret("gabion:allowedImages")]);
  });

  it("of other namespaces are none of the settings' business", () => {
    const config = { ...configOf(SHORTEST.account), "vault:token": "hvs" };
    expect(readSettings(config, { ...options, secretKeys: ["vault:token"] }).ok).toBe(true);
  });
});

describe("decoding", () => {
  it("gives back every value of the kind that its field takes", () => {
    for (const layer of LAYERS) {
      const shape = shapeOf(layer);
      for (const [key, value] of Object.entries(FULLEST[layer])) {
        expect(decode(configOf({ [key]: value }), [key], shape)[key], key).toEqual(value);
      }
    }
  });

  it("leaves text that is none of its kind as text", () => {
    const shape = shapeOf("foundation");
    const texts = fc.string().filter((text) => !/^\s*[[{]/.test(text));
    fc.assert(
      fc.property(fc.constantFrom("network", "nodePools", "cluster", "buckets"), texts, (key, text) => {
        expect(decode({ [`gabion:${key}`]: text }, [key], shape)[key]).toBe(text);
      }),
    );
    const deletion = (text: string) => decode({ "gabion:deletionProtection": text }, ["deletionProtection"], shape);
    expect(deletion("true")).toEqual({ deletionProtection: true });
    for (const text of ["True", "yes", "1", ""]) expect(deletion(text)).toEqual({ deletionProtection: text });
  });

  it("takes no JSON that is deeper than any setting", () => {
    const deep = `${"[".repeat(1000)}${"]".repeat(1000)}`;
    expect(decode({ "gabion:network": deep }, ["network"], shapeOf("foundation")).network).toBe(deep);
  });

  it("takes keys that are special to JavaScript for keys", () => {
    for (const key of ["__proto__", "constructor", "toString"]) {
      const problems = problemsOf({ ...SHORTEST.account, ...JSON.parse(`{"${key}": "x"}`) });
      expect(problems).toEqual([
        expect.objectContaining({ path: `gabion:${key}`, reason: "there is no such setting" }),
      ]);
      const inside = problemsOf({ ...SHORTEST.account, guardDuty: JSON.parse(`{"${key}": true}`) });
      expect(inside).toEqual([expect.objectContaining({ path: `gabion:guardDuty.${key}` })]);
    }
  });
});

describe("parsing", () => {
  it("keeps every part of a document that fits, and only that", () => {
    const schema = layerSettings("foundation").schema();
    const wrong = { ...(FULLEST.foundation as Values), region: 7, nodePools: [{ name: "system", minSize: "x" }, "y"] };
    const parsed = parseDocument(schema, wrong);
    const value = parsed.value as Partly<FoundationSettings>;
    expect(value).toMatchObject({ environment: "dev", network: FULLEST.foundation.network });
    expect(value.region).toBeUndefined();
    expect(value.nodePools?.[0]).toMatchObject({ name: "system", diskGiB: 80 });
    expect(value.nodePools?.[0]?.minSize).toBeUndefined();
    expect(value.nodePools?.[1]).toBeUndefined();
    expect(parsed.problems.map(({ path }) => path)).toContain("gabion:nodePools[1]");
  });
});

describe("words of messages", () => {
  it("print values so that they are recognised, and long ones cut", () => {
    expect([undefined, null, "", "a", 1.3, true, ["x"], { a: 1 }].map(printValue)).toEqual([
      "absent",
      "null",
      '""',
      '"a"',
      "1.3",
      "true",
      '["x"]',
      '{"a":1}',
    ]);
    fc.assert(
      fc.property(fc.string({ minLength: 200, maxLength: 300 }), (text) => {
        expect(printValue(text)).toHaveLength(121);
        expect(printValue(text).endsWith("…")).toBe(true);
      }),
    );
  });

  it("write paths as they read in the file", () => {
    expect(formatPath([])).toBe("gabion:");
    expect(formatPath(["nodePools", 1, "instanceTypes", 0])).toBe("gabion:nodePools[1].instanceTypes[0]");
    expect(isAtOrUnder("gabion:a.b", "gabion:a")).toBe(true);
    expect(isAtOrUnder("gabion:a[0]", "gabion:a")).toBe(true);
    expect(isAtOrUnder("gabion:ab", "gabion:a")).toBe(false);
    expect(valueAt({ a: [{ b: 1 }] }, ["a", 0, "b"])).toBe(1);
    expect(valueAt({ a: 1 }, ["a", "toString"])).toBeUndefined();
  });

  it("tell all problems of a file in one message", () => {
    const one = { path: "gabion:a", found: "1", reason: "so", allowed: "2", remedy: "Write 2" };
    expect(describeProblems([one], "Pulumi.dev.yaml")).toBe(
      "One setting in Pulumi.dev.yaml is wrong:\n\n" +
        "  gabion:a\n    found    1: so\n    allowed  2\n    do       Write 2",
    );
    expect(describeProblems([one, one], "Pulumi.dev.yaml")).toMatch(/^2 settings in Pulumi.dev.yaml are wrong:\n\n/);
  });

  it("suggest what was meant", () => {
    const names = ["nodePools", "gpuPools", "network", "cluster", "deletionProtection"];
    expect(nearest("nodepools", names)).toBe("nodePools");
    expect(nearest("node-pools", names)).toBe("nodePools");
    expect(nearest("ndoePools", names)).toBe("nodePools");
    expect(nearest("protection", names)).toBe("deletionProtection");
    expect(nearest("buckets", names)).toBeUndefined();
    expect(nearest("Pools", names)).toBeUndefined();
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (word, candidates) => {
        const meant = nearest(word, candidates);
        if (meant !== undefined) expect(candidates).toContain(meant);
        if (word.length > 0 && word.length < 64 && /^[a-z0-9]+$/.test(word)) {
          expect(
            nearest(word, [...candidates, word])
              ?.toLowerCase()
              .replace(/[-_. ]/g, ""),
          ).toBe(word);
        }
      }),
    );
  });
});

describe("symptoms of missing quotes", () => {
  const remedyOf = (form: "accountId" | "version" | "date", value: unknown) => quotingFinding(form, value)?.remedy;

  it("of account ids name what was written, for every id", () => {
    const id = fc.oneof(
      fc.stringMatching(/^\d{12}$/),
      fc.stringMatching(/^0{1,4}[0-7]{8,11}$/).filter((text) => text.length === 12),
    );
    fc.assert(
      fc.property(id, (written) => {
        // As YAML reads it: octal where all digits are octal and a zero leads, else decimal.
        const value = /^0[0-7]+$/.test(written) ? Number.parseInt(written, 8) : Number(written);
        for (const arrived of [value, String(value)]) {
          const remedy = remedyOf("accountId", arrived);
          if (typeof arrived === "string" && arrived.length === 12) expect(remedy).toBeUndefined();
          else if (String(value).length >= 9) expect(remedy).toContain(`"${written}"`);
          else expect(remedy).toContain("in quotes");
        }
      }),
    );
  });

  it("of versions name what was written, for every minor version", () => {
    for (let minor = 10; minor < 100; minor++) {
      expect(remedyOf("version", Number(`1.${minor}`))).toContain(`"1.${minor}"`);
    }
    expect(remedyOf("version", "1.3")).toContain('"1.30"');
    expect(remedyOf("version", "1.35")).toBeUndefined();
    expect(remedyOf("version", "v1.35")).toBeUndefined();
  });

  it("of dates name the day, in each form that a reader of YAML gives", () => {
    for (const value of ["2027-01-31 00:00:00 +0000 UTC", "2027-01-31T00:00:00Z", "2027-01-31T00:00:00.000Z"]) {
      expect(remedyOf("date", value)).toBe('Put it in quotes: "2027-01-31"');
    }
    expect(remedyOf("date", "2027-01-31")).toBeUndefined();
    expect(remedyOf("date", "soon")).toBeUndefined();
  });
});

describe("the fields of all layers", () => {
  it("that take text which YAML changes say so", () => {
    const needy = LAYERS.flatMap((layer) =>
      allFields(layerSettings(layer).schema())
        .filter(({ node }) => /in quotes/.test(node.info.allowed ?? "") && node.kind === "text")
        .filter(
          ({ node, path }) =>
            node.info.quoted === undefined &&
            ![path.at(-1), path.at(-2)].some((one) => one === "value" || one === "policies"),
        )
        .map(({ path }) => `${layer} ${formatPath(path)}`),
    );
    // Two points or letters: YAML leaves a release as it is.
    expect(needy).toEqual([
      "foundation gabion:nodePools[0].releaseVersion",
      "foundation gabion:gpuPools[0].releaseVersion",
      ...["current", "previous"].flatMap((set) =>
        ["BOTTLEROCKET", "AL2023"].map((family) => `foundation gabion:patchRings.${set}.releases.${family}`),
      ),
    ]);
  });
});
