import { describe, expect, it } from "vitest";
import { findings, foundation } from "./checks";
import { SHORTEST, type Values } from "./documents";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const entries = (...accessEntries: Values[]) =>
  findings(foundation({ cluster: { administrators: [role("admin")], accessEntries } }));
const at = (index: number, field: string) => `gabion:cluster.accessEntries[${index}].${field}`;

describe("access to the cluster", () => {
  it("is to read all but secrets, or to change what is in namespaces", () => {
    const team = { roleArn: role("team"), level: "edit", namespaces: ["team-a", "team-b-*"] };
    expect(entries({ roleArn: role("auditor"), level: "view" }, team)).toEqual([]);
  });

  it("is given once to a role", () => {
    const entry = { roleArn: role("team"), level: "view" };
    expect(entries({ roleArn: role("admin"), level: "view" }, entry, entry)).toEqual([
      [
        at(0, "roleArn"),
        "the role administers the whole cluster already, and has one entry in it",
        "Remove the entry, or take the role out of gabion:cluster.administrators",
      ],
      [
        at(2, "roleArn"),
        "the role has an entry already, and has one in the cluster",
        "Put its namespaces into one entry",
      ],
    ]);
  });

  it.each(["edit", "admin"])("is not to change all: %s", (level) => {
    expect(entries({ roleArn: role("team"), level })).toEqual([
      [
        at(0, "namespaces"),
        `${level} of a whole cluster reads every tenant's secrets`,
        "Name the namespaces, or make the role one of the administrators",
      ],
    ]);
  });

  it.each(["kube-system", "kube-*", "*-system"])("is not to change what has the rights of the cluster: %s", (name) => {
    expect(entries({ roleArn: role("team"), level: "edit", namespaces: ["team-a", name] })).toEqual([
      [
        at(0, "namespaces[1]"),
        "it holds kube-system, whose workloads have the rights of the cluster",
        "Name namespaces of workloads",
      ],
    ]);
    expect(entries({ roleArn: role("auditor"), level: "view", namespaces: [name] })).toEqual([]);
  });

  it("is not in all namespaces by another name, nor in one that cannot be", () => {
    const of = (name: string) => entries({ roleArn: role("team"), level: "edit", namespaces: [name] });
    for (const name of ["*", "**", "team-", "Team", ""]) {
      expect(of(name).map(([path]) => path)).toEqual([at(0, "namespaces[0]")]);
    }
  });

  it("is not told of namespaces where the entry could not be read", () => {
    expect(entries({ roleArn: "team", level: "edit" }).map(([path]) => path)).toEqual([at(0, "roleArn")]);
  });
});

describe("addresses kept ready", () => {
  const of = (warmIps: number, minimumIps: number) =>
    findings(foundation({ cluster: { warmTargets: { warmIps, minimumIps } } }));

  it("may be none beyond those that nodes have from their start, but some there are", () => {
    expect(of(0, 16)).toEqual([]);
    expect(of(0, 0)).toEqual([
      [
        "gabion:cluster.warmTargets.warmIps",
        "every new pod would wait for a call to EC2, and those are throttled",
        "Give 1 or more, or a minimumIps that fits the usual number of pods",
      ],
    ]);
  });
});

describe("addresses of a network", () => {
  const network = { cidr: "10.20.0.0/20", zones: ["eu-central-1a", "eu-central-1b"] };
  const nodePools = [{ name: "system", instanceTypes: ["m7i.xlarge"], minSize: 2, maxSize: 14 }];
  const gpuPools = [{ name: "one", instanceType: "g6.12xlarge", zone: "eu-central-1a", minSize: 0, maxSize: 2 }];
  const of = (more: Values) => findings(foundation({ network, nodePools, gpuPools, ...more }));
  const system = "gabion:nodePools[0].maxSize";

  it("are enough for the most nodes that a pool may have, in its zone or in all", () => {
    const [first, second] = of({});
    expect([first, second]).toEqual([
      [
        system,
        "14 nodes of m7i.xlarge with 20 pods each hold 45 addresses each, 630 together, and the subnets have 502",
        expect.stringContaining("Set warm targets of the cluster"),
      ],
      undefined,
    ]);
    const many = [{ ...gpuPools[0], maxSize: 6 }];
    expect(of({ gpuPools: many }).map(([path]) => path)).toEqual([system, "gabion:gpuPools[0].maxSize"]);
  });

  it.each<[string, Values]>([
    ["fewer nodes", { nodePools: [{ ...nodePools[0], maxSize: 11 }] }],
    ["warm targets", { cluster: { warmTargets: { warmIps: 2, minimumIps: 20 } } }],
    ["a block for pods", { network: { ...network, podCidr: "100.64.0.0/20" } }],
    ["a zone more", { network: { ...network, zones: [...network.zones, "eu-central-1c"] } }],
  ])("are enough with %s", (_name, more) => {
    expect(of(more)).toEqual([]);
  });
});

describe("the way into the network", () => {
  const access = (more: Values) =>
    findings(foundation({ access: { imageId: "ami-0123456789abcdef0", operators: [role("operator")], ...more } }));

  it("has no more runners than it may have", () => {
    expect(access({})).toEqual([]);
    expect(access({ runners: 2, maxRunners: 2 })).toEqual([]);
    expect(access({ runners: 3 })).toEqual([
      ["gabion:access.runners", "it is more than maxRunners, which is 2", "Lower it, or raise maxRunners"],
    ]);
  });
});

describe("the way out of the network", () => {
  const egress = (...allowedNames: string[]) =>
    findings(foundation({ network: { ...(SHORTEST.foundation.network as Values), egress: { allowedNames } } }));
  const name = (index: number) => `gabion:network.egress.allowedNames[${index}]`;

  it("names each host once", () => {
    expect(egress("pypi.org", ".pythonhosted.org")).toEqual([]);
    expect(egress("pypi.org", "pypi.org")).toEqual([[name(1), "it is named twice", "Leave it out"]]);
    expect(egress(".hf.co", "cdn.hf.co")).toEqual([[name(1), '".hf.co" lets it through already', "Leave it out"]]);
  });

  it("does not lead to hosts under whose names everybody can be", () => {
    for (const wide of [".amazonaws.com", ".cloudfront.net", ".com", "*"]) {
      expect(egress(wide).map(([path]) => path)).toEqual([name(0)]);
    }
  });
});

describe("pods' own block", () => {
  const pods = (podCidr: string) =>
    findings(foundation({ network: { ...(SHORTEST.foundation.network as Values), podCidr } }));

  it("is a part of 100.64.0.0/10 that subnets fit in", () => {
    expect(pods("100.64.0.0/16")).toEqual([]);
    for (const wrong of ["10.30.0.0/16", "100.64.0.0/15", "100.64.0.0/26", "100.64.0.1/16"]) {
      expect(pods(wrong).map(([path]) => path)).toEqual(["gabion:network.podCidr"]);
    }
  });
});
