import { expect, it } from "vitest";
import { Prior } from "../../../sandbox/engine/plan/prior";
import type { ResourceState } from "../../../sandbox/engine/state/types";

it("asking each of a thousand resources for its dependents looks at each a few times, not a thousand times", () => {
  let looks = 0;
  const resource = (name: string, dependencies: string[]): ResourceState =>
    new Proxy({ urn: name, type: "test:index:Thing", custom: true, dependencies } as unknown as ResourceState, {
      get: (target, key) => {
        looks += 1;
        return Reflect.get(target, key);
      },
    });
  const pairs = Array.from({ length: 500 }, (_, at) => [resource(`a${at}`, []), resource(`b${at}`, [`a${at}`])]);
  const prior = new Prior(pairs.flat());
  for (const [first, second] of pairs) {
    expect(prior.dependents(first as ResourceState, () => false)).toEqual([second]);
  }
  expect(looks).toBeLessThan(1000 * 40);
});
