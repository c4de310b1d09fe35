import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FaultPlan } from "../../../sandbox/aws";
import { type Bench, bench, Client, type Made, secret, unknownValue } from "./client";
import { network, types } from "./ground";

async function using(work: (b: Bench) => Promise<void>, faults?: FaultPlan): Promise<void> {
  const b = await bench(faults === undefined ? {} : { faults });
  try {
    await work(b);
  } finally {
    await b.end();
  }
}

const stored = (folder: string): string =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");

describe("identifiers", () => {
  it("are the same in every account of the same state, in whatever order resources are made", async () => {
    const make = async (order: string[]): Promise<Record<string, string>> => {
      const ids: Record<string, string> = {};
      await using(async ({ client }) => {
        for (const name of order) ids[name] = (await client.create(types.vpc, name, { cidrBlock: "10.0.0.0/16" })).id;
      });
      return ids;
    };
    expect(await make(["a", "b", "c"])).toEqual(await make(["c", "a", "b"]));
  });

  it("are new ones when a resource is made again", async () => {
    await using(async ({ client }) => {
      const first = await client.create(types.vpc, "a", { cidrBlock: "10.0.0.0/16" });
      await client.delete(first);
      expect((await client.create(types.vpc, "a", { cidrBlock: "10.0.0.0/16" })).id).not.toBe(first.id);
    });
  });

  it("outlive the twin", async () => {
    await using(async (b) => {
      const { vpc } = await network(b.client);
      await b.restart();
      expect((await b.client.read(vpc)).outputs).toEqual(vpc.outputs);
      expect((await b.client.read({ urn: vpc.urn, id: vpc.id })).inputs.cidrBlock).toBe("10.0.0.0/16");
    });
  });
});

describe("secrets", () => {
  it("come back to who has them and are never on disk", async () => {
    await using(async (b) => {
      const inputs = { name: "/ml/token", type: "SecureString", value: secret("correct horse battery") };
      const made = await b.client.create("aws:ssm/parameter:Parameter", "token", inputs);
      expect(made.outputs.value).toEqual(inputs.value);
      expect(stored(b.folder)).not.toContain("correct horse");
      expect((await b.client.read(made)).outputs).toEqual(made.outputs);
      await b.client.cancel();
      b.client.close();
      await b.twin.stop();
      expect(stored(b.folder)).not.toContain("correct horse");
    });
  });

  it("are not in refusals", async () => {
    await using(async ({ client }) => {
      const wanted = { name: secret("Models-Of-Somebody") };
      await expect(client.create(types.repository, "models", wanted)).rejects.toThrow("([secret])");
    });
  });
});

describe("faults", () => {
  const plan = (rule: FaultPlan["rules"][number]): FaultPlan => ({ seed: "s", rules: [rule] });
  const vpc = (client: Client): Promise<Made> => client.create(types.vpc, "a", { cidrBlock: "10.0.0.0/16" });

  it("costs time as long as the provider repeats the call", async () => {
    await using(
      async ({ client, twin }) => {
        await vpc(client);
        expect(twin.report()).toMatchObject({ simulatedSeconds: 19, criticalPath: [{ waits: [{ seconds: 7 }] }] });
      },
      plan({ kind: "throttling", type: "aws:ec2/*", operation: "create", times: 3 }),
    );
  });

  it("fails when AWS never answers, and nothing was made", async () => {
    await using(
      async ({ client, twin }) => {
        await expect(vpc(client)).rejects.toThrow("api error ThrottlingException: Rate exceeded");
        expect(twin.outOfBand().list()).toEqual([]);
      },
      plan({ kind: "throttling", times: 26 }),
    );
  });

  it("loses the answer and not the resource", async () => {
    await using(
      async ({ client, twin }) => {
        await expect(vpc(client)).rejects.toThrow("the answer of AWS was lost");
        expect(twin.outOfBand().list(types.vpc)).toHaveLength(1);
      },
      plan({ kind: "lost-answer" }),
    );
  });
});

describe("one account, several providers", () => {
  it("says once that an account is in use, when the provider is configured", async () => {
    await using(async (b) => {
      await expect(bench({ worldFolder: b.folder })).rejects.toThrow(
        `The simulated account is in use by process ${process.pid} (gabion).`,
      );
    });
  });

  it("tells Regions apart by the provider that asks", async () => {
    await using(async (b) => {
      const other = new Client(b.twin.address);
      await other.configure({ region: "eu-west-1" });
      const here = await b.client.create(types.vpc, "here", { cidrBlock: "10.0.0.0/16" });
      const there = await other.create(types.vpc, "there", { cidrBlock: "10.0.0.0/16" });
      expect(here.outputs.arn).toContain(":eu-central-1:");
      expect(there.outputs.arn).toContain(":eu-west-1:");
      const across = { vpcId: here.id, cidrBlock: "10.0.0.0/24" };
      await expect(other.create(types.subnet, "across", across)).rejects.toThrow("InvalidVpcID.NotFound");
      other.close();
    });
  });

  it("previews without touching the account", async () => {
    await using(async (b) => {
      const { inputs } = await b.client.check(types.cluster, "ml", {
        roleArn: unknownValue,
        vpcConfig: { subnetIds: unknownValue },
      });
      const made = await b.client.createRaw(types.cluster, "ml", inputs, true);
      expect(made.outputs).toMatchObject({ arn: unknownValue, endpoint: unknownValue, name: inputs.name });
      expect(b.twin.outOfBand().list()).toEqual([]);
    });
  });
});
