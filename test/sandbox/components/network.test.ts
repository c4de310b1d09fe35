import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startAwsTwin } from "../../../sandbox/aws";
import { startComponents } from "../../../sandbox/components";
import { run } from "../../../sandbox/engine";
import type { EngineEvent } from "../../../sandbox/engine/events";

const root = path.resolve(__dirname, "..", "..", "..");
const main = path.join(root, "test", "fixtures", "programs", "remote-network");

// Half a minute of CPU: on demand alone.
const wanted = process.env.GABION_NETWORK_LIFE === "1";

// One network through its life; each test goes on where the one before it has ended.
describe.runIf(wanted)(
  "a network with inspected egress and a way in, on the twin",
  { timeout: 180_000, concurrent: false },
  () => {
    let folder: string;
    beforeAll(() => {
      folder = fs.mkdtempSync(path.join(os.tmpdir(), "gabion-network-"));
    });
    afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

    async function operate(operation: "up" | "destroy") {
      const events: EngineEvent[] = [];
      const result = await run({
        operation,
        project: { name: "network", root: main, main, nodeArgs: [], typescript: false },
        stack: "dev",
        config: {
          values: { "aws:region": "eu-central-1", "aws:allowedAccountIds": '["123456789012"]' },
          secretKeys: [],
        },
        stateFolder: path.join(folder, "state"),
        passphrase: "only for tests",
        startProvider: ({ package: name }) =>
          name === "gabion"
            ? startComponents({ folder: path.join(root, "components") })
            : startAwsTwin({ worldFolder: path.join(folder, "world"), acceptsStack: () => true, sdkRoots: [root] }),
        policyPacks: [],
        environment: {},
        skipPreview: true,
        onEvent: (event) => events.push(event),
      });
      const errors = events.flatMap((event) =>
        event.type === "diagnostic" && event.severity === "error" ? [event.message] : [],
      );
      const changes = result.steps.filter(({ op }) => op !== "same" && op !== "read");
      return {
        errors,
        ops: new Set(changes.map(({ op }) => op)),
        types: new Set(changes.map(({ urn }) => urn.split("::")[2])),
      };
    }

    it("comes up, with a route out of each zone by its firewall", async () => {
      const { errors, types } = await operate("up");
      expect(errors).toEqual([]);
      expect(types).toContain("gabion:index:EgressFirewall$aws:ec2/route:Route");
      expect(types).toContain("gabion:index:PrivateAccess$aws:autoscaling/group:Group");
    });

    it("does not change when nothing was changed", async () => {
      expect(await operate("up")).toMatchObject({ errors: [], ops: new Set() });
    });

    it("is destroyed to the last interface", async () => {
      expect(await operate("destroy")).toMatchObject({ errors: [], ops: new Set(["delete"]) });
    });
  },
);
