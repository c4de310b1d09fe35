import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ASSURANCE_LEVELS, type Assurance, type Control, LAYERS, LONGEST_DEVIATION_DAYS } from "../../stacks/settings";
import { type ControlValue, isWeaker, requirementText } from "../../stacks/settings/controls/order";
import { fillDefaults, findLoosenings } from "../../stacks/settings/controls/resolve";
import { addDays, isDate } from "../../stacks/settings/dates";
import { layerSettings } from "../../stacks/settings/read";
import { nodeAt } from "../../stacks/settings/schema-tree";
import { deviation, problemsOf, read, SHORTEST, TODAY, type Values } from "./documents";
import { withValue } from "./wrong-values";

interface Case {
  readonly layer: (typeof LAYERS)[number];
  readonly control: Control;
  readonly level: Assurance;
  readonly id: string;
}

const cases: Case[] = LAYERS.flatMap((layer) =>
  layerSettings(layer).controls.flatMap((control) =>
    ASSURANCE_LEVELS.map((level) => ({ layer, control, level, id: control.id })),
  ),
);

/** Where a control's field stands in a document with one entry in each list. */
const pathOf = ({ field }: Control) =>
  field
    .replaceAll("[]", ".0")
    .split(".")
    .map((part) => (part === "0" ? 0 : part));

const promoted = (on: string) => [
  { ring: "canary", on: "2026-11-20" },
  { ring: "main", on },
];

/** What the field of a control of the order `decided` is by default, and what is weaker. */
const decided: Record<string, { strict: unknown; weak: unknown }> = {
  "eks-extended-support": { strict: "1.35", weak: "1.33" },
  "patch-soak": { strict: promoted("2026-11-23"), weak: promoted("2026-11-22") },
};

/** Optional groups that a control's field is in. */
const around: Record<string, Values> = {
  "patch-soak": {
    nodePools: ["system", "jobs"].map((name) => ({ name, instanceTypes: ["m7i.xlarge"], minSize: 1, maxSize: 4 })),
    patchRings: {
      rings: [
        { name: "canary", pools: ["jobs"], soakDays: 3 },
        { name: "main", pools: ["system"] },
      ],
      current: { name: "b", releases: { BOTTLEROCKET: "1.58.0-c5c37032" } },
      previous: { name: "a", releases: { BOTTLEROCKET: "1.57.0-0a1b2c3d" } },
      promotions: promoted("2026-11-23"),
    },
  },
};

/** What a control's field must not hold from a level on. */
const unwanted: Record<string, unknown> = {
  "eks-public-endpoint": { cidrs: ["203.0.113.0/24"] },
  "network-egress": { allowedNames: ["pypi.org"] },
};

/** The shortest settings of a layer at a level, with whatever a control's field needs around it. */
function base(layer: Case["layer"], level: Assurance, control?: Control): Values {
  const values: Values = { ...SHORTEST[layer], assurance: level };
  if (control !== undefined) Object.assign(values, around[control.id]);
  if (control?.field.startsWith("buckets[]")) values.buckets = [{ name: "datasets", class: "dataset" }];
  return values;
}

const at = (values: unknown, path: readonly (string | number)[]) =>
  path.reduce<unknown>((value, segment) => (value as Record<string | number, unknown> | undefined)?.[segment], values);

/** A value that is weaker than a control requires; undefined where none is. */
function weaker(control: Control, level: Assurance): unknown {
  const path = pathOf(control);
  const layer = LAYERS.find((name) => layerSettings(name).controls.includes(control)) as Case["layer"];
  const node = nodeAt(layerSettings(layer).schema(), path);
  const required = control.required?.[level];
  switch (control.order.kind) {
    case "absent":
      return isWeaker(control, unwanted[control.id], level) ? unwanted[control.id] : undefined;
    case "decided":
      return decided[control.id]?.weak;
    case "ranked": {
      const ranks = control.order.weakToStrict;
      return ranks[ranks.indexOf(required as ControlValue) - 1];
    }
    case "atLeast": {
      const values = node?.kind === "choice" ? (node.values as number[]) : [Number(node?.min)];
      return values.filter((value) => value < Number(required)).at(-1);
    }
    case "atMost":
      return Number(node?.max) > Number(required) ? Number(node?.max) : undefined;
  }
}

// Deviations of some settings need others to go with them.
const alsoLoosened: Record<string, { path: string; value: unknown; control: string }> = {
  "account-inspector": { path: "registryScanning", value: "BASIC", control: "account-registry-scanning" },
  "account-config-recorder": { path: "securityHub", value: false, control: "account-security-hub" },
};

function loosened({ layer, control, level }: Case, value: unknown): { values: Values; controls: string[] } {
  const also = alsoLoosened[control.id];
  let values = withValue(base(layer, level, control), pathOf(control), value);
  if (also !== undefined) values = withValue(values, [also.path], also.value);
  return { values, controls: [control.id, ...(also === undefined ? [] : [also.control])] };
}

const soon = (level: Assurance) => addDays(TODAY, LONGEST_DEVIATION_DAYS[level]);

describe.each(cases)("$layer, $id at $level", (entry) => {
  const { layer, control, level } = entry;
  const path = pathOf(control);
  const name = `gabion:${control.field.replaceAll("[]", "[0]")}`;
  const required = control.required?.[level];
  const weak = weaker(control, level);

  it("is the default of its setting", () => {
    const result = read(base(layer, level, control));
    expect(result.ok ? at(result.settings, path) : result.problems).toEqual(required ?? decided[control.id]?.strict);
  });

  it("may be written, and refuses less without a deviation", () => {
    if (required !== undefined) expect(problemsOf(withValue(base(layer, level, control), path, required))).toEqual([]);
    if (weak === undefined) return;
    const { values, controls } = loosened(entry, weak);
    const problems = problemsOf(values);
    expect(problems.map((problem) => problem.reason.match(/the control ([a-z0-9-]+)/)?.[1]).sort()).toEqual(
      controls.sort(),
    );
    const requirement = requirementText(control, level);
    expect(problems.find((problem) => problem.path === name)).toEqual({
      path: name,
      found: JSON.stringify(weak),
      reason: `the control ${control.id} (${control.title}) asks for ${requirement} at assurance "${level}"`,
      allowed: `${requirement}; anything else only with a deviation from ${control.id}`,
      remedy: expect.stringContaining(
        `{control: ${control.id}, reason: "why, and what protects instead", owner: "team", ticket: "SEC-123", expires: "2026-12-24"}`,
      ),
    });
  });

  it("takes less with a deviation, until its day", () => {
    if (weak === undefined) return;
    const { values, controls } = loosened(entry, weak);
    const excused = (expires: string) => ({ ...values, deviations: controls.map((id) => deviation(id, { expires })) });
    const result = read(excused(soon(level)));
    expect(result.ok ? at(result.settings, path) : result.problems).toEqual(weak);
    // On the last day it holds; a day later it does not, and says so.
    const [day, next] = ["2026-11-30", "2026-12-01"];
    expect(problemsOf(excused(day), { today: day })).toEqual([]);
    expect(problemsOf(excused(day), { today: next })).toContainEqual({
      path: "gabion:deviations[0].expires",
      found: `"${day}"`,
      reason: `the deviation ended; today is ${next}`,
      allowed: `a day from ${next} to ${addDays(next, LONGEST_DEVIATION_DAYS[level])}, in quotes`,
      remedy: "Remove the entry and tighten what it excused, or have it decided anew with a later day",
    });
  });

  it("refuses a deviation that reaches too far, and one that nothing needs", () => {
    const late = addDays(soon(level), 1);
    const days = LONGEST_DEVIATION_DAYS[level];
    const problems = problemsOf({
      ...base(layer, level, control),
      deviations: [deviation(control.id, { expires: late })],
    });
    expect(problems).toEqual([
      {
        path: "gabion:deviations[0].expires",
        found: `"${late}"`,
        reason: `that is more than ${days} days ahead, the most at assurance "${level}"`,
        allowed: `a day from ${TODAY} to ${soon(level)}, in quotes`,
        remedy: `Write "${soon(level)}" or an earlier day`,
      },
      {
        path: "gabion:deviations[0].control",
        found: `"${control.id}"`,
        reason: `no setting is weaker than the control asks for, so the deviation excuses nothing (its field is gabion:${control.field})`,
        allowed: "controls that a setting of this file loosens",
        remedy: "Remove the entry",
      },
    ]);
  });
});

describe("controls", () => {
  const all = LAYERS.flatMap((layer) => layerSettings(layer).controls);

  it("have ids of their own, and fields that exist and name them", () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const layer of LAYERS) {
      const { schema, controls } = layerSettings(layer);
      for (const control of controls) {
        expect(nodeAt(schema(), pathOf(control))?.info.control, control.id).toBe(control.id);
      }
    }
  });

  it("never ask for less at a stricter level", () => {
    for (const control of all) {
      if (control.required === undefined) continue;
      const { baseline, regulated, isolated } = control.required;
      expect(isWeaker(control, regulated, "baseline"), control.id).toBe(false);
      expect(isWeaker(control, isolated, "regulated"), control.id).toBe(false);
      expect(isWeaker(control, baseline, "baseline"), control.id).toBe(false);
    }
  });

  it("order values: what is at least as strict as a value that is enough is enough", () => {
    const numbers = all.filter(({ order }) => order.kind === "atLeast" || order.kind === "atMost");
    const input = fc.tuple(
      fc.constantFrom(...numbers),
      fc.constantFrom(...ASSURANCE_LEVELS),
      fc.integer(),
      fc.nat(1000),
    );
    fc.assert(
      fc.property(input, ([control, level, value, more]) => {
        const stricter = control.order.kind === "atLeast" ? value + more : value - more;
        if (!isWeaker(control, value, level)) expect(isWeaker(control, stricter, level)).toBe(false);
        expect(isWeaker(control, control.required?.[level], level)).toBe(false);
      }),
    );
  });

  it("fill in what is left out, and change nothing that is given", () => {
    for (const layer of LAYERS) {
      const { controls } = layerSettings(layer);
      const given = fc.subarray(
        controls.filter(({ field, required }) => required !== undefined && !field.includes("[]")),
      );
      fc.assert(
        fc.property(given, fc.constantFrom(...ASSURANCE_LEVELS), (chosen, level) => {
          const document = chosen.reduce<Values>((all, control) => withValue(all, pathOf(control), "given"), {});
          const before = structuredClone(document);
          const filled = fillDefaults(document, controls, level);
          expect(document).toEqual(before);
          for (const control of controls) {
            if (control.required === undefined || control.field.includes("[]")) continue;
            expect(at(filled, pathOf(control))).toBe(chosen.includes(control) ? "given" : control.required[level]);
          }
          expect(findLoosenings(filled, controls, level).filter(({ value }) => value !== "given")).toEqual([]);
        }),
      );
    }
  });

  it("leave values of another kind for the schema to refuse", () => {
    for (const wrong of ["x", 7, true, null, []]) {
      const filled = fillDefaults({ logs: wrong, buckets: wrong }, layerSettings("foundation").controls, "regulated");
      expect(filled.logs).toEqual(wrong);
      expect(filled.buckets).toEqual(wrong);
    }
  });
});

describe("deviations", () => {
  it("are one for each control", () => {
    const values = {
      ...SHORTEST.account,
      macie: false,
      deviations: [deviation("account-macie"), deviation("account-macie")],
    };
    expect(problemsOf(values)).toEqual([
      {
        path: "gabion:deviations[1].control",
        found: '"account-macie"',
        reason: "entry 0 is about the same control",
        allowed: "one entry for each control",
        remedy: "Keep one of the two",
      },
    ]);
  });

  it("name controls of the layer, and the one that was meant is suggested", () => {
    const problems = problemsOf({ ...SHORTEST.account, macie: false, deviations: [deviation("account-mace")] });
    expect(problems).toContainEqual(
      expect.objectContaining({ path: "gabion:deviations[0].control", remedy: "Did you mean account-macie?" }),
    );
  });

  it("are not judged as unused while nobody knows whether they are needed", () => {
    const problems = problemsOf({ ...SHORTEST.account, macie: "maybe", deviations: [deviation("account-macie")] });
    expect(problems.map(({ path }) => path)).toEqual(["gabion:macie"]);
  });

  it("at a level that does not exist are not judged", () => {
    const problems = problemsOf({ ...SHORTEST.account, assurance: "regulatd", macie: false });
    expect(problems).toEqual([
      expect.objectContaining({ path: "gabion:assurance", remedy: "Did you mean regulated?" }),
    ]);
  });

  it.each(["n/a", "-----------", "too short", "x".repeat(501), "a reason with\na line break"])(
    "have a reason that is a sentence: %j",
    (reason) => {
      const problems = problemsOf({
        ...SHORTEST.account,
        macie: false,
        deviations: [deviation("account-macie", { reason })],
      });
      expect(problems.map(({ path }) => path)).toContain("gabion:deviations[0].reason");
    },
  );

  it("show in a version that is in extended support, and only there", () => {
    const values = { ...SHORTEST.foundation, cluster: { version: "1.34" } };
    expect(problemsOf(values)).toEqual([]);
    expect(problemsOf(values, { today: "2026-12-02" })).toEqual([
      expect.objectContaining({
        path: "gabion:cluster.version",
        reason: expect.stringContaining("eks-extended-support"),
      }),
    ]);
  });
});

describe("days", () => {
  it("are those of the calendar", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          const day = date.toISOString().slice(0, 10);
          expect(isDate(day)).toBe(true);
          expect(isDate(`${day}T00:00:00Z`)).toBe(false);
        },
      ),
    );
    for (const text of ["2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "", "today"])
      expect(isDate(text)).toBe(false);
  });

  it("add up", () => {
    const days = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(days, days, (a, b) => {
        expect(addDays(addDays(TODAY, a), b)).toBe(addDays(TODAY, a + b));
        expect(addDays(TODAY, a) <= addDays(TODAY, b)).toBe(a <= b);
      }),
    );
  });
});
