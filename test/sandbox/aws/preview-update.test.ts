import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { previewUpdate } from "../../../sandbox/aws/server/preview";
import { entryOf } from "../../../sandbox/aws/types";
import type { TypeEntry } from "../../../sandbox/aws/types/entry";

describe("the preview of an update", () => {
  const entry = entryOf("aws:eks/cluster:Cluster") as TypeEntry;

  it("keeps what AWS has made inside of an object, whatever else of the object is given", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (privateAccess, changed) => {
        const inputs = (access: boolean) => ({
          name: "c",
          vpcConfig: { subnetIds: ["s-1"], endpointPrivateAccess: access },
        });
        const made = { clusterSecurityGroupId: "sg-1", vpcId: "vpc-1" };
        const before = inputs(privateAccess);
        const outputs = { ...before, vpcConfig: { ...before.vpcConfig, ...made } };
        const after = inputs(privateAccess !== changed);
        const previewed = previewUpdate(entry, before, outputs, { ...after, deletionProtection: false });
        expect(previewed).toMatchObject({ deletionProtection: false, vpcConfig: { ...after.vpcConfig, ...made } });
        expect(after.vpcConfig).not.toHaveProperty("vpcId");
      }),
    );
  });
});
