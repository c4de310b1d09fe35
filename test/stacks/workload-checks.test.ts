import { describe, expect, it } from "vitest";
import { problemsOf, SHORTEST, type Values } from "./documents";

const image = { id: "ami-0123456789abcdef0", ownerId: "111122223333", family: "AL2023", bootMode: "uefi" };
const pool: Values = {
  name: "sandboxes",
  tier: "enclave",
  sandboxRuntime: "confidential-sandbox",
  instanceType: "m7i.4xlarge",
  image,
  minSize: 0,
  maxSize: 2,
};
const workload: Values = {
  name: "tokeniser",
  pool: "sandboxes",
  namespace: "serving",
  serviceAccount: "tokeniser",
  policies: ["f6".repeat(48)],
};

const found = (more: Values) =>
  problemsOf({
    ...SHORTEST.foundation,
    cluster: { version: "1.36" },
    attestedPools: [pool],
    confidentialWorkloads: [workload],
    ...more,
  }).map(({ path, reason }) => [path.replace("gabion:", ""), reason]);

const ofPool = (change: Values, cluster: Values = { version: "1.36" }) =>
  found({ cluster, attestedPools: [{ ...pool, ...change }], confidentialWorkloads: [] });

const ofWorkloads = (...changes: Values[]) =>
  found({ confidentialWorkloads: changes.map((change) => ({ ...workload, ...change })) });

describe("pools for sandboxes", () => {
  it("are what a workload needs", () => {
    expect(found({})).toEqual([]);
  });

  it.each<[string, Values, string, RegExp]>([
    [
      "a tier without enclaves",
      { tier: "sev-snp", instanceType: "m6a.2xlarge" },
      "sandboxRuntime",
      /made of Nitro Enclaves/,
    ],
    ["a type with accelerators", { instanceType: "g6.4xlarge" }, "sandboxRuntime", /no accelerator in a sandbox/],
    ["an image of EKS", { image: undefined }, "image", /no runtime for sandboxes/],
    ["a key of the node", { key: "weights" }, "key", /the policy of a workload/],
    ["memory set aside", { enclave: { vcpus: 2, memoryMiB: 512 } }, "enclave", /what their pods ask for/],
  ])("cannot have %s", (_what, change, field, reason) => {
    expect(ofPool(change)).toContainEqual([`attestedPools[0].${field}`, expect.stringMatching(reason)]);
  });

  it("need a version that has them", () => {
    expect(ofPool({}, { version: "1.35" })).toEqual([
      ["attestedPools[0].sandboxRuntime", "EKS has Nitro Sandboxes from Kubernetes 1.36 on"],
    ]);
  });
});

describe("confidential workloads", () => {
  it("run on a pool with a sandbox runtime", () => {
    expect(ofWorkloads({ pool: "nowhere" })).toEqual([["confidentialWorkloads[0].pool", "there is no such pool"]]);
    const plain = { ...pool, sandboxRuntime: undefined, key: "tokens", enclave: { vcpus: 2, memoryMiB: 512 } };
    const key = {
      name: "tokens",
      rootOfTrust: "nitro-enclave",
      measurements: [{ registers: [{ pcr: 0, value: "e5".repeat(48) }] }],
      openers: ["arn:aws:iam::111122223333:role/a"],
    };
    expect(found({ attestedPools: [plain], attestedKeys: [key] })).toEqual([
      ["confidentialWorkloads[0].pool", "nodes of the pool run no sandboxes"],
    ]);
  });

  it("have policies in confidential sandboxes alone, and publishers with policies alone", () => {
    expect(found({ attestedPools: [{ ...pool, sandboxRuntime: "isolated-sandbox" }] })).toEqual([
      ["confidentialWorkloads[0].policies", expect.stringContaining("only a confidential sandbox")],
    ]);
    expect(ofWorkloads({ policies: undefined, publishers: ["arn:aws:iam::111122223333:role/p"] })).toEqual([
      ["confidentialWorkloads[0].publishers", "without policies there is no key to wrap with"],
    ]);
  });

  it("have names and service accounts of their own", () => {
    expect(ofWorkloads({}, { serviceAccount: "other" })).toEqual([
      ["confidentialWorkloads[1].name", "another attested key or workload has this name"],
    ]);
    expect(ofWorkloads({}, { name: "other" })).toEqual([
      ["confidentialWorkloads[1].serviceAccount", expect.stringContaining("another workload has this service account")],
    ]);
  });
});
