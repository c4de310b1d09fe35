import { ADMINISTRATION_PORTS } from "gabion-knowledge";
import { describe, expect, it } from "vitest";
import { type Plain, Property, UNKNOWN } from "../../policies/kit/property";
import {
  type Direction,
  isPathMtu,
  opensPort,
  readService,
  type Traffic,
  trafficFindings,
  withinPorts,
} from "../../policies/kit/traffic";

const at = (value: Plain | undefined) => new Property<unknown>(value, "");
const service = (protocol?: Plain, from?: Plain, to?: Plain) => readService(at(protocol), at(from), at(to));
const [ssh, rdp] = ADMINISTRATION_PORTS as [
  (typeof ADMINISTRATION_PORTS)[number],
  (typeof ADMINISTRATION_PORTS)[number],
];

describe("a service", () => {
  it.each<[Plain | undefined, string]>([
    ["-1", "all"],
    ["all", "all"],
    ["ALL", "all"],
    [-1, "all"],
    [undefined, "all"],
    ["tcp", "tcp"],
    ["TCP", "tcp"],
    ["6", "tcp"],
    [6, "tcp"],
    ["udp", "udp"],
    ["17", "udp"],
    ["icmp", "icmp"],
    ["1", "icmp"],
    ["icmpv6", "icmpv6"],
    ["58", "icmpv6"],
    ["50", "other"],
    ["constructor", "other"],
    [UNKNOWN, "unknown"],
  ])("of protocol %s is %s", (protocol, kind) => {
    expect(service(protocol, 443, 443).kind).toBe(kind);
  });

  it("has ports, in order, and all where none are given", () => {
    expect(service("tcp", 443, 444)).toEqual({ kind: "tcp", ports: { from: 443, to: 444 } });
    expect(service("tcp", "444", "443")).toEqual({ kind: "tcp", ports: { from: 443, to: 444 } });
    expect(service("tcp")).toEqual({ kind: "tcp", ports: { from: 0, to: 65535 } });
    expect(service("tcp", UNKNOWN, 1)).toEqual({ kind: "tcp", ports: "unknown" });
  });

  it("has messages instead where it is ICMP", () => {
    expect(service("icmp", 8, 0)).toEqual({ kind: "icmp", message: 8 });
    expect(service("icmp", -1, -1)).toEqual({ kind: "icmp", message: "all" });
    expect(isPathMtu(service("icmp", 3, 4))).toBe(true);
    expect(isPathMtu(service("58", 2, 0))).toBe(true);
    expect(isPathMtu(service("icmp", 8, 0))).toBe(false);
    expect(isPathMtu(service("icmp", UNKNOWN, 0))).toBe("unknown");
    expect(isPathMtu(service("tcp", 3, 3))).toBe(false);
  });

  it("opens ports of its own transport", () => {
    expect(opensPort(service("tcp", 0, 1024), ssh)).toBe(true);
    expect(opensPort(service("udp", 0, 1024), ssh)).toBe(false);
    expect(opensPort(service("udp", 3389, 3389), rdp)).toBe(true);
    expect(opensPort(service("icmp", 8, 0), ssh)).toBe(false);
    expect(opensPort(service("50"), ssh)).toBe(false);
    expect(opensPort(service("-1", 443, 443), ssh)).toBe(true);
    expect(opensPort(service("tcp", UNKNOWN, 22), ssh)).toBe("unknown");
    expect(opensPort(service(UNKNOWN), ssh)).toBe("unknown");
  });

  it("is within ports, or not", () => {
    expect(withinPorts(service("tcp", 443, 444), [443, 444])).toBe(true);
    expect(withinPorts(service("tcp", 443, 445), [443, 445, 446])).toBe(false);
    expect(withinPorts(service("-1"), [443])).toBe(false);
    expect(withinPorts(service("icmp", 8, 0), [443])).toBe(false);
    expect(withinPorts(service("tcp", UNKNOWN, 443), [443])).toBe("unknown");
    expect(withinPorts(service("tcp", UNKNOWN, 443), [])).toBe(false);
    expect(withinPorts(service("tcp", 443, 443), "443")).toBe(false);
  });
});

describe("traffic", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const legacy = "aws:ec2/securityGroupRule:SecurityGroupRule";
  const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const read = (type: string, properties: Plain, direction: Direction = "ingress") => {
    const seen: Traffic[] = [];
    const found = trafficFindings(type, at(properties), direction, (traffic) => {
      seen.push(traffic);
      return [{ verdict: "fail", path: "", text: "" }];
    });
    return { peers: seen.flatMap(({ peers }) => peers.map(({ kind }) => kind)), found };
  };

  it("has the same peers in each form", () => {
    const inline = { cidrBlocks: ["10.0.0.0/8"], prefixListIds: ["pl-1"], securityGroups: ["sg-2"], self: true };
    expect(read(group, { ingress: [inline] }).peers).toEqual(["block", "prefix-list", "group", "self"]);
    expect(read(legacy, { type: "ingress", sourceSecurityGroupId: "sg-2" }).peers).toEqual(["group"]);
    expect(read(ingress, { cidrIpv6: "::/0", prefixListId: "pl-1" }).peers).toEqual(["block", "prefix-list"]);
  });

  it("has a direction", () => {
    expect(read(group, { egress: [{ self: true }] }).peers).toEqual([]);
    expect(read(legacy, { type: "egress", self: true }).peers).toEqual([]);
    expect(read(legacy, { type: "egress", self: true }, "egress").peers).toEqual(["self"]);
    expect(read(ingress, { cidrIpv4: "0.0.0.0/0" }, "egress").peers).toEqual([]);
  });

  it("is undecided where rules or their direction are known only later", () => {
    for (const properties of [{ ingress: UNKNOWN }, { ingress: [UNKNOWN] }] as const) {
      expect(read(group, properties).found).toMatchObject([{ verdict: "undecided" }]);
    }
    expect(read(legacy, { type: UNKNOWN, self: true }).found).toMatchObject([{ verdict: "undecided" }]);
  });
});
