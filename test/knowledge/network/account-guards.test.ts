import { describe, expect, it } from "vitest";
import { blockPublicAccessProblems, runtimeMonitoringProblems } from "../../../knowledge/network/account-guards";

describe("blockPublicAccessProblems", () => {
  it("refuses bidirectional blocking under inspected egress without an exclusion, and nothing else", () => {
    const cells = (["off", "block-ingress", "block-bidirectional"] as const).flatMap((mode) =>
      (["none", "inspected"] as const).flatMap((egress) =>
        [false, true].map((excluded) => ({ mode, egress, excluded })),
      ),
    );
    const refused = cells.filter(
      ({ mode, egress, excluded }) => blockPublicAccessProblems(mode, egress, excluded).length > 0,
    );
    expect(refused).toEqual([{ mode: "block-bidirectional", egress: "inspected", excluded: false }]);
  });
});

describe("runtimeMonitoringProblems", () => {
  const off = { EKS_ADDON_MANAGEMENT: false, ECS_FARGATE_AGENT_MANAGEMENT: false, EC2_AGENT_MANAGEMENT: false };
  const paths = (...given: Parameters<typeof runtimeMonitoringProblems>) =>
    runtimeMonitoringProblems(...given).map(({ path }) => path);

  it("wants nothing while Runtime Monitoring is off, and an endpoint while it is on", () => {
    expect(paths({ runtimeMonitoring: false }, true)).toEqual([]);
    expect(paths({ runtimeMonitoring: false }, false)).toEqual([]);
    expect(paths({ runtimeMonitoring: true, agentManagement: off }, false)).toEqual(["guardDuty.runtimeMonitoring"]);
    expect(paths({ runtimeMonitoring: true, agentManagement: off }, true)).toEqual([]);
  });

  it("refuses each kind of agent that GuardDuty manages, and each that nobody speaks of", () => {
    for (const name of Object.keys(off)) {
      const on = { runtimeMonitoring: true, agentManagement: { ...off, [name]: true } };
      expect(paths(on, true)).toEqual([`guardDuty.agentManagement.${name}`]);
      const silent = { runtimeMonitoring: true, agentManagement: { ...off, [name]: undefined } };
      expect(runtimeMonitoringProblems(silent as typeof on, true)).toMatchObject([{ found: "absent" }]);
    }
    expect(paths({ runtimeMonitoring: true }, true)).toHaveLength(3);
  });

  it("says who can switch it off", () => {
    const on = { runtimeMonitoring: true, agentManagement: { ...off, EC2_AGENT_MANAGEMENT: true } };
    expect(runtimeMonitoringProblems(on, true)[0]?.remedy).toContain("in the layer account");
    expect(runtimeMonitoringProblems({ ...on, managedByOrganization: true }, true)[0]?.remedy).toContain(
      "delegated administrator",
    );
  });
});
