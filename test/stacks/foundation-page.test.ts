import { readFileSync } from "node:fs";
import path from "node:path";
import { classLifetimes, type DataClass, releaseForPool } from "gabion-knowledge";
import { describe, expect, it } from "vitest";
import { readStackFile } from "../../stacks/files";
import { readSettings } from "../../stacks/settings";
import { patchPlanOf } from "../../stacks/settings/foundation/ring-checks";
import { protectedNames } from "../../stacks/settings/protected";
import { configOf, SHORTEST, TODAY } from "./documents";

const page = readFileSync(path.resolve(__dirname, "../../docs/foundation.md"), "utf8");
const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text]) => text as string);

/** The least that a stack needs, in the Region of the examples. */
const least = {
  ...SHORTEST.foundation,
  region: "eu-west-2",
  network: { cidr: "10.20.0.0/16", zones: ["eu-west-2a", "eu-west-2b"] },
};

/** What a stack file with these examples and the least that is needed besides would be read as. */
function reading(texts: readonly string[], more: Readonly<Record<string, unknown>> = {}) {
  const files = texts.map((text) => readStackFile("dev", text));
  const config = Object.assign({}, configOf({ ...least, ...more }), ...files.map((file) => file.config));
  const result = readSettings(config, { today: TODAY, stackName: "dev" });
  return {
    unreadable: files.flatMap(({ problems }) => problems),
    problems: result.ok ? [] : result.problems,
    settings: result.ok ? result.settings : undefined,
  };
}

describe("the page of the foundation", () => {
  it("has an example of each part", () => {
    const named = examples.flatMap((text) => Object.keys(readStackFile("dev", text).config));
    expect([...new Set(named)].sort()).toEqual(
      [
        ...["access", "attestedKeys", "attestedPools", "buckets", "cluster", "confidentialWorkloads"],
        ...["gpuPools", "network", "nodePools", "patchRings", "region"],
      ].map((key) => `gabion:${key}`),
    );
  });

  it.each(examples)("has examples that are valid by themselves: %#", (text) => {
    expect(reading([text])).toMatchObject({ unreadable: [], problems: [] });
  });

  it("releases all that is protected where its examples are put together", () => {
    const { problems, settings } = reading(examples, { assurance: "regulated" });
    expect(problems).toEqual([]);
    const [, names] = /gabion release dev ((?:.*\\\n)*.*)/.exec(page) as unknown as [string, string];
    expect(settings === undefined ? [] : [...protectedNames(settings)].sort()).toEqual(names.split(/[\s\\]+/).sort());
  });

  it("has the lifetimes of each class that a bucket can have", () => {
    const rows = [...page.matchAll(/^\| `([\w-]+)` \| (?:(\d+) days|no lock) \| (?:(\d+) days|never) \|(.*)\|$/gm)];
    const days = (text: string | undefined) => (text === undefined ? undefined : Number(text));
    for (const [, name, retentionDays, expireAfterDays, other] of rows) {
      expect(classLifetimes(name as DataClass)).toEqual({
        ...{ retentionDays: days(retentionDays), expireAfterDays: days(expireAfterDays) },
        tieringAfterDays: days(/after (\d+) days/.exec(other ?? "")?.[1]),
      });
    }
    // Access logs are the account's.
    expect(rows.map(([, name]) => name).sort()).toEqual([
      "checkpoint",
      "dataset",
      "feature",
      "log",
      "model",
      "scratch",
    ]);
  });

  it("begins with the next releases as it says, without a change of what every ring has", () => {
    const { settings } = reading(examples);
    if (settings?.layer !== "foundation" || settings.patchRings === undefined) throw new Error("no rings");
    const { rings, current } = settings.patchRings;
    const promotions = rings.map(({ name }) => ({ ring: name, on: TODAY }));
    const next = { name: "nodes-2026-12", releases: { BOTTLEROCKET: "1.59.0-0a1b2c3d" } };
    const done = patchPlanOf({ ...settings.patchRings, promotions });
    const begun = patchPlanOf({ ...settings.patchRings, previous: current, current: next, promotions: [] });
    for (const pool of rings.flatMap(({ pools }) => pools)) {
      const release = releaseForPool(begun, pool, "BOTTLEROCKET_x86_64");
      expect(release).toBe(current.releases.BOTTLEROCKET);
      expect(release).toBe(releaseForPool(done, pool, "BOTTLEROCKET_x86_64"));
    }
  });
});
