import { GpuNodePool } from "gabion";
import { describe, expect, it } from "vitest";
import { runInProcess } from "../../support/instant-engine";

const pool = (region: string) =>
  runInProcess(
    () => {
      new GpuNodePool("training", {
        region,
        accountId: "111122223333",
        clusterName: "c",
        clusterVersion: "1.35",
        volumeKeyArn: `arn:aws:kms:${region}:111122223333:key/k`,
        instanceType: "p5.48xlarge",
        subnetIds: ["subnet-1"],
        minSize: 0,
        maxSize: 1,
      });
      return {};
    },
    { preview: true },
  );

describe("a type that a Region did not have", () => {
  it("is said, and not refused: the Region may have got it since", async () => {
    expect((await pool("eu-central-1")).logs).toEqual([
      {
        severity: "warning",
        message: expect.stringMatching(
          /^p5\.48xlarge is not offered in eu-central-1, as of .*Regions that have it: .*eu-west-2/,
        ),
      },
    ]);
  });

  it("is not said of a Region that has it, or of which nothing is known", async () => {
    expect((await pool("eu-west-2")).logs).toEqual([]);
    expect((await pool("eu-isoe-west-1")).logs).toEqual([]);
  });
});
