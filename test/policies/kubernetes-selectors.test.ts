import { describe, expect, it } from "vitest";
import { isVerified } from "../../policies/kit/kubernetes/image-verification";
import { selectsNamespace } from "../../policies/kit/kubernetes/label-selectors";
import { type Plain, Property, UNKNOWN } from "../../policies/kit/property";
import { StackIndex } from "../../policies/kit/stack-index";
import type { LabelSelector, ObjectMeta } from "../../policies/kit/types/kubernetes-workloads";

const team: Plain = { name: "team-a", labels: { tier: "serving", ring: UNKNOWN } };
const metadata = (value: Plain) => new Property<ObjectMeta | undefined>(value, "metadata");
const selector = (value: Plain) => new Property<LabelSelector | undefined>(value, "");
const expression = (key: string, operator: Plain, values: Plain = null): Plain => ({
  matchExpressions: [{ key, operator, values }],
});

describe("selectors of namespaces", () => {
  it.each<readonly [string, Plain, unknown]>([
    ["none", null, true],
    ["an empty one", {}, true],
    ["a label", { matchLabels: { tier: "serving" } }, true],
    ["another value", { matchLabels: { tier: "training" } }, false],
    ["a label that is not there", { matchLabels: { zone: "a" } }, false],
    ["the label that the server gives", { matchLabels: { "kubernetes.io/metadata.name": "team-a" } }, true],
    ["a label known only later", { matchLabels: { ring: "1" } }, UNKNOWN],
    ["one wrong, one known only later", { matchLabels: { ring: "1", tier: "training" } }, false],
    ["a value known only later", { matchLabels: { tier: UNKNOWN } }, UNKNOWN],
    ["labels known only later", { matchLabels: UNKNOWN }, UNKNOWN],
    ["In", expression("tier", "In", ["training", "serving"]), true],
    ["In, others", expression("tier", "In", ["training"]), false],
    ["In, values known only later", expression("tier", "In", UNKNOWN), UNKNOWN],
    ["NotIn", expression("tier", "NotIn", ["training"]), true],
    ["NotIn, absent label", expression("zone", "NotIn", ["a"]), true],
    ["NotIn, its value", expression("tier", "NotIn", ["serving"]), false],
    ["Exists", expression("tier", "Exists"), true],
    ["Exists, known only later", expression("ring", "Exists"), UNKNOWN],
    ["DoesNotExist", expression("tier", "DoesNotExist"), false],
    ["an operator that there is not", expression("tier", "Is", ["serving"]), false],
    ["expressions known only later", { matchExpressions: UNKNOWN }, UNKNOWN],
  ])("%s", (_, given, expected) => {
    expect(selectsNamespace(selector(given), metadata(team))).toBe(expected);
  });
});

/** Whether a rule of Kyverno with some match verifies the images of a namespace. */
function verified(match: Plain, name: Plain = "team-a", more: Record<string, Plain> = {}): unknown {
  const rule: Plain = { match, verifyImages: [{ attestors: [{ count: 1 }] }], ...more };
  const properties: Plain = { spec: { validationFailureAction: "Enforce", rules: [rule] } };
  const resource = { urn: "urn", name: "p", type: "kubernetes:kyverno.io/v1:ClusterPolicy", sources: {} };
  const index = new StackIndex([{ ...resource, inputs: undefined, properties: new Property(properties, "") }]);
  return isVerified(index, metadata({ name }));
}

describe("namespaces that policies of Kyverno match", () => {
  const named = (...namespaces: Plain[]) => ({ any: [{ resources: { kinds: ["Pod"], namespaces } }] });

  it.each<readonly [Plain, boolean]>([
    ["team-a", true],
    ["team-?", true],
    ["team-*", true],
    ["*", true],
    ["t*m*a", true],
    ["*-b", false],
    ["team-a?", false],
    ["team", false],
    ["", false],
  ])("%s", (pattern, expected) => {
    expect(verified(named(pattern))).toBe(expected);
  });

  it("is undecided where a name is known only later", () => {
    expect(verified(named(UNKNOWN))).toBe(UNKNOWN);
    expect(verified(named("team-*"), UNKNOWN)).toBe(UNKNOWN);
    expect(verified(UNKNOWN)).toBe(UNKNOWN);
  });

  it("wants each filter of a list of all, and the pods themselves", () => {
    const all = (...kinds: string[]) => ({ all: kinds.map((kind) => ({ resources: { kinds: [kind] } })) });
    expect(verified(all("Pod", "v1/Pod"))).toBe(true);
    expect(verified(all("Pod", "Deployment"))).toBe(false);
    expect(verified({ all: [] })).toBe(false);
    expect(verified({ resources: { kinds: ["*/Pod"] } })).toBe(true);
  });

  it("takes what is excluded out, and what is not required or not enforced", () => {
    expect(verified(named("*"), "team-a", { exclude: named("team-a") })).toBe(false);
    expect(verified(named("*"), "team-a", { exclude: named("team-b") })).toBe(true);
    expect(verified(named("*"), "team-a", { verifyImages: [{ attestors: [{}], required: false }] })).toBe(false);
    expect(verified(named("*"), "team-a", { verifyImages: [{ attestors: [{}], failureAction: "Audit" }] })).toBe(false);
    expect(verified(named("*"), "team-a", { verifyImages: [{ attestors: [] }] })).toBe(false);
  });
});
