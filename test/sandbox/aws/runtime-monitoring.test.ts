import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bench, bench, type Made, type Values } from "./client";
import { clusterInputs, type Ground, ground, nodeGroupInputs, types } from "./ground";

let b: Bench;
let g: Ground;
beforeEach(async () => {
  b = await bench();
  g = await ground(b.client);
});
afterEach(() => b.end());

const make = (type: string, inputs: Values, name = "one"): Promise<Made> => b.client.create(type, name, inputs);
const cluster = (): Promise<Made> => make(types.cluster, clusterInputs(g), "ml");
const nodes = (more: Values = {}): Promise<Made> => make(types.nodeGroup, nodeGroupInputs(g, more), "gpu");

describe("nodes that GuardDuty watches", () => {
  const feature = "aws:guardduty/detectorFeature:DetectorFeature";
  const monitor = async (agent: "ENABLED" | "DISABLED"): Promise<Made> => {
    const detector = await make(types.detector, {});
    const additionalConfigurations = [{ name: "EKS_ADDON_MANAGEMENT", status: agent }];
    const inputs = { detectorId: detector.id, name: "RUNTIME_MONITORING", status: "ENABLED", additionalConfigurations };
    return make(feature, inputs);
  };
  const foreign = () =>
    b.twin
      .outOfBand()
      .list(types.endpoint)
      .filter((one) => one.urn === undefined);

  it.each(["before", "after"] as const)(
    "get an endpoint that no stack deletes when it manages its agent, switched on %s they came",
    async (when) => {
      await cluster();
      if (when === "before") await monitor("ENABLED");
      const group = await nodes();
      if (when === "after") await monitor("ENABLED");
      const [endpoint, ...more] = foreign();
      expect(more).toEqual([]);
      expect(endpoint?.outputs).toMatchObject({
        serviceName: "com.amazonaws.eu-central-1.guardduty-data",
        vpcId: g.vpc.id,
      });
      await b.client.delete(group);
      expect(foreign()).toHaveLength(1);
      await expect(b.client.delete(g.a)).rejects.toThrow("DependencyViolation");
      expect(b.twin.report().leftovers.map((one) => one.what)).toContain(
        `${types.endpoint} ${String(endpoint?.id)}, made outside of any stack`,
      );
    },
  );

  it("get none where it manages no agent", async () => {
    await cluster();
    await monitor("DISABLED");
    await nodes();
    expect(foreign()).toEqual([]);
  });

  it("get none beside ours", async () => {
    const service = "com.amazonaws.eu-central-1.guardduty-data";
    const ours = { vpcId: g.vpc.id, serviceName: service, vpcEndpointType: "Interface", subnetIds: [g.a.id] };
    await make(types.endpoint, { ...ours, privateDnsEnabled: true });
    await cluster();
    await monitor("ENABLED");
    await nodes();
    expect(foreign()).toEqual([]);
  });

  it("get none while there are none", async () => {
    await cluster();
    await monitor("ENABLED");
    await nodes({ scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 2 } });
    expect(foreign()).toEqual([]);
  });
});
