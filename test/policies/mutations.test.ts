import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Plain } from "../../policies/kit/property";
import type { ExampleResource, Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { TODAY } from "../stacks/documents";
import { findingsOf } from "./support/direct";
import { environments, stacksOf } from "./support/environments";

const settings = { profile: "regulated", today: TODAY, preview: true } as const;
/** Rules that no change of what the environments have can break, because they have nothing of the kind. */
const listFile = path.join(__dirname, "unreached-rules.json");

type Program = readonly ExampleResource[];

/** How much a rule finds wrong for sure. */
function failures(rule: Rule, program: Program, config: Readonly<Record<string, unknown>>): number {
  const given = { ...settings, rules: { [rule.id]: { config } } };
  return findingsOf(rule, program, given).filter(({ verdict }) => verdict === "fail").length;
}

/** Changes of one resource: what fails in an example in place of what is there, and each property taken away. */
function* changesOf(resource: ExampleResource, rule: Rule): Generator<ExampleResource> {
  const failing = rule.examples.filter(({ verdict }) => verdict === "fail");
  const isJudgedAlike = (type: string) => type === resource.type || sharesCheck(rule, type, resource.type);
  const own = failing.flatMap(({ resources }) => resources.filter(({ type }) => isJudgedAlike(type)));
  for (const { properties } of own) {
    for (const [key, value] of Object.entries(properties)) yield withProperties(resource, { [key]: value });
    yield withProperties(resource, properties);
  }
  for (const key of Object.keys(resource.properties)) yield without(resource, [key]);
  for (const [key, value] of Object.entries(resource.properties)) {
    if (typeof value !== "object" || value === null) continue;
    for (const inner of Object.keys(value)) yield without(resource, [key, inner]);
  }
}

/** Whether a rule judges two types by one check: then they have the same arguments, and what is wrong with one is with the other. */
function sharesCheck({ checks }: Rule, one: string, other: string): boolean {
  const check = checks[one as keyof typeof checks];
  return check !== undefined && check === (checks[other as keyof typeof checks] as unknown);
}

/** What is set anew no longer comes from another resource. */
function withProperties(resource: ExampleResource, change: Readonly<Record<string, Plain>>): ExampleResource {
  const dependencies = Object.fromEntries(
    Object.entries(resource.dependencies ?? {}).filter(([key]) => !Object.hasOwn(change, key)),
  );
  return { ...resource, properties: { ...resource.properties, ...change }, dependencies };
}

function without(resource: ExampleResource, [key, inner]: readonly string[]): ExampleResource {
  const { [key ?? ""]: value, ...rest } = resource.properties;
  if (inner === undefined) return { ...resource, properties: rest };
  if (Array.isArray(value)) {
    return withProperties(resource, { [key ?? ""]: value.filter((_, index) => String(index) !== inner) });
  }
  const { [inner]: _, ...left } = value as Record<string, Plain>;
  return withProperties(resource, { [key ?? ""]: left });
}

function isReachedByChange(rule: Rule, programs: readonly Program[]): boolean {
  const shown = new Set([
    ...Object.keys(rule.checks),
    ...rule.examples.flatMap(({ resources }) => resources.map(({ type }) => type)),
  ]);
  const configs = [...new Set(rule.examples.map(({ config }) => config ?? {}))];
  return configs.some((config) => programs.some((program) => isBroken(rule, program, shown, config)));
}

function isBroken(rule: Rule, program: Program, shown: ReadonlySet<string>, config: Record<string, unknown>): boolean {
  const before = failures(rule, program, config);
  const { stack, ...single } = rule;
  for (const [index, resource] of program.entries()) {
    if (!shown.has(resource.type)) continue;
    // What a single resource is judged by needs no other, which saves the most of the time.
    const alone = failures(single, [resource], config);
    for (const change of changesOf(resource, rule)) {
      if (failures(single, [change], config) > alone) return true;
      if (stack !== undefined && failures(rule, program.with(index, change), config) > before) return true;
    }
    if (stack !== undefined && failures(rule, program.toSpliced(index, 1), config) > before) return true;
  }
  return false;
}

/** Whether the rule finds an example that fails when it is added to an environment. */
function isReachedByAddition(rule: Rule, programs: readonly Program[]): boolean {
  return rule.examples
    .filter(({ verdict }) => verdict === "fail")
    .some(({ resources, config = {} }) =>
      programs.some((program) => failures(rule, [...program, ...resources], config) > failures(rule, program, config)),
    );
}

describe("changes of the environments of this repository", () => {
  let programs: Program[] = [];
  let list: { addition: string[]; nothing: string[] };

  beforeAll(async () => {
    const stacks = (await Promise.all(environments.map(stacksOf))).flat();
    programs = stacks.map(({ resources }) => resources);
    const rest = rules.filter((rule) => !isReachedByChange(rule, programs));
    const byAddition = rest.filter((rule) => isReachedByAddition(rule, programs));
    const ids = (some: readonly Rule[]) => some.map(({ id }) => id).sort();
    list = { addition: ids(byAddition), nothing: ids(rest.filter((rule) => !byAddition.includes(rule))) };
    if (process.env.UPDATE_UNREACHED_RULES === "1") writeFileSync(listFile, `${JSON.stringify(list, undefined, 2)}\n`);
  }, 120_000);

  it("are found by every rule, but for those that the list names (UPDATE_UNREACHED_RULES=1 writes it)", () => {
    expect(list).toEqual(JSON.parse(readFileSync(listFile, "utf8")));
  });

  it("that add what is insecure are found by every rule", () => {
    expect(list.nothing).toEqual([]);
  });
});
