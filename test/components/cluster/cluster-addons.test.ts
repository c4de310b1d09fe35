import { describe, expect, it } from "vitest";
import { ClusterAddons, type ClusterAddonsArgs } from "../../../components";
import { make, policyOf, problemsOf, scope } from "../support";

const args: ClusterAddonsArgs = { ...scope, clusterName: "test", clusterVersion: "1.35" };
const made = (more: Partial<ClusterAddonsArgs> = {}, preview = true) =>
  make("ClusterAddons", () => new ClusterAddons("test-addons", { ...args, ...more }), { preview });

describe("ClusterAddons", () => {
  it("installs DNS and the EBS driver, with a role for the driver's service account", async () => {
    const addons = await made({}, false);
    expect(addons.children).toEqual([
      "aws:eks/addon:Addon test-addons-aws-ebs-csi-driver",
      "aws:eks/addon:Addon test-addons-coredns",
      "aws:iam/role:Role test-addons-aws-ebs-csi-driver",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment test-addons-aws-ebs-csi-driver",
    ]);
    expect(addons.child("RolePolicyAttachment").inputs.policyArn).toBe(
      "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    );
    expect(addons.outputs).toEqual({
      versions: { "aws-ebs-csi-driver": "v1.54.0-eksbuild.1", coredns: "v1.13.2-eksbuild.1" },
    });
  });

  it("knows the trust of roles in a preview", async () => {
    const [statement] = policyOf((await made()).child("Role"), "assumeRolePolicy").Statement;
    expect(statement?.Condition).toMatchObject({
      StringEquals: { "aws:RequestTag/kubernetes-service-account": "ebs-csi-controller-sa" },
    });
  });

  it("installs what is named instead", async () => {
    const addons = await made({ addons: [{ name: "metrics-server", version: "v0.9.0-eksbuild.1" }] });
    expect(addons.children).toEqual(["aws:eks/addon:Addon test-addons-metrics-server"]);
    expect(addons.child("Addon").inputs).toMatchObject({ addonVersion: "v0.9.0-eksbuild.1" });
  });

  it.each<[Partial<Record<keyof ClusterAddonsArgs, unknown>>, string[]]>([
    [{ clusterName: undefined }, ["clusterName: it is needed"]],
    [{ clusterVersion: undefined }, ["clusterVersion: it is needed"]],
    [{ clusterVersion: "1.0" }, ["clusterVersion: it is not one of the known values"]],
    [{ addons: [{ name: "vpc-cni" }] }, ["addons[0].name: nodes need it, so it belongs to the cluster itself"]],
    [{ addons: [{ name: "coredns", version: "1" }] }, ["addons[0].version: not a version of an EKS add-on"]],
    [{ region: "x" }, ["region: not the code of an AWS Region"]],
    [{ accountId: "x" }, ["accountId: an account id is text of exactly twelve digits"]],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new ClusterAddons("test-addons", { ...args, ...wrong } as ClusterAddonsArgs))).toEqual(
      problems,
    );
  });

  it("refuses names that names of its roles would be too long with", () => {
    expect(problemsOf(() => new ClusterAddons("a".repeat(38), args))).toHaveLength(1);
  });
});
