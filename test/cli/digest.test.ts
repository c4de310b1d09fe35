import { describe, expect, it } from "vitest";
import { DigestBuilder, printDigests } from "../../cli/display/digest";
import { unknownValue } from "../../cli/display/values";
import type { EngineEvent } from "../../cli/engines/contract";
import { resource, rootStack, step } from "./support";

const bucket = "aws:s3/bucket:Bucket";
const provider = "urn:pulumi:sandbox::gabion::pulumi:providers:aws::aws::id";

const pre = (metadata: Extract<EngineEvent, { type: "resource-pre" }>["metadata"]): EngineEvent => ({
  type: "resource-pre",
  metadata,
  planning: true,
});

const summary = (changes: Record<string, number>, durationSeconds = 1.5): EngineEvent => ({
  type: "summary",
  preview: true,
  summary: { changes, durationSeconds, policyPacks: { gabion: "0.1.0" }, maybeCorrupt: false },
});

function digestOf(events: EngineEvent[], showSames = false) {
  const builder = new DigestBuilder({ showSames });
  for (const event of events) builder.add(event);
  return builder.build();
}

describe("the document of --json", () => {
  it("has the fields, order and omissions of Pulumi's own", () => {
    const before = resource(bucket, "data", {
      id: "data-1",
      provider,
      protect: true,
      inputs: { tags: { b: "<1>" }, acl: "private" },
      outputs: { arn: "arn:aws:s3:::data-1" },
    });
    const after = { ...before, inputs: { acl: "[secret]", tags: { z: unknownValue, b: "<1>" } } };
    const events: EngineEvent[] = [
      {
        type: "prelude",
        stack: "sandbox",
        config: { "gabion:region": "eu-central-1", "aws:token": "[secret]" },
        preview: true,
      },
      pre(step("same", { old: rootStack(), new: rootStack() })),
      { type: "diagnostic", severity: "warning", urn: before.urn, message: "look out" },
      { type: "diagnostic", severity: "info", message: "said\n" },
      { type: "diagnostic", severity: "debug", message: "left out" },
      { type: "diagnostic", severity: "info", message: "left out", ephemeral: true },
      pre(
        step(
          "update",
          { old: before, new: after },
          {
            provider,
            diffs: ["acl", "tags"],
            detailedDiff: { "tags.z": { kind: "add", inputDiff: true }, acl: { kind: "update", inputDiff: true } },
          },
        ),
      ),
      summary({ update: 1, same: 1 }),
    ];
    expect(printDigests([digestOf(events)])).toBe(`{
    "config": {
        "aws:token": "[secret]",
        "gabion:region": "eu-central-1"
    },
    "steps": [
        {
            "op": "same",
            "urn": "urn:pulumi:sandbox::gabion::pulumi:pulumi:Stack::gabion-sandbox",
            "oldState": {
                "urn": "urn:pulumi:sandbox::gabion::pulumi:pulumi:Stack::gabion-sandbox",
                "custom": false,
                "type": "pulumi:pulumi:Stack"
            },
            "newState": {
                "urn": "urn:pulumi:sandbox::gabion::pulumi:pulumi:Stack::gabion-sandbox",
                "custom": false,
                "type": "pulumi:pulumi:Stack"
            },
            "detailedDiff": null
        },
        {
            "op": "update",
            "urn": "urn:pulumi:sandbox::gabion::aws:s3/bucket:Bucket::data",
            "provider": "${provider}",
            "oldState": {
                "urn": "urn:pulumi:sandbox::gabion::aws:s3/bucket:Bucket::data",
                "custom": true,
                "id": "data-1",
                "type": "aws:s3/bucket:Bucket",
                "inputs": {
                    "acl": "private",
                    "tags": {
                        "b": "\\u003c1\\u003e"
                    }
                },
                "outputs": {
                    "arn": "arn:aws:s3:::data-1"
                },
                "parent": "urn:pulumi:sandbox::gabion::pulumi:pulumi:Stack::gabion-sandbox",
                "protect": true,
                "provider": "${provider}"
            },
            "newState": {
                "urn": "urn:pulumi:sandbox::gabion::aws:s3/bucket:Bucket::data",
                "custom": true,
                "id": "data-1",
                "type": "aws:s3/bucket:Bucket",
                "inputs": {
                    "acl": "[secret]",
                    "tags": {
                        "b": "\\u003c1\\u003e",
                        "z": "${unknownValue}"
                    }
                },
                "outputs": {
                    "arn": "arn:aws:s3:::data-1"
                },
                "parent": "urn:pulumi:sandbox::gabion::pulumi:pulumi:Stack::gabion-sandbox",
                "protect": true,
                "provider": "${provider}"
            },
            "diffReasons": [
                "acl",
                "tags"
            ],
            "detailedDiff": {
                "acl": {
                    "kind": "update",
                    "inputDiff": true
                },
                "tags.z": {
                    "kind": "add",
                    "inputDiff": true
                }
            }
        }
    ],
    "diagnostics": [
        {
            "urn": "urn:pulumi:sandbox::gabion::aws:s3/bucket:Bucket::data",
            "message": "warning: look out\\n",
            "severity": "warning"
        },
        {
            "message": "said\\n",
            "severity": "info"
        }
    ],
    "duration": 1500000000,
    "changeSummary": {
        "same": 1,
        "update": 1
    }
}
`);
  });

  it("leaves out unchanged resources and the parts of replacements, as Pulumi does", () => {
    const states = { old: resource(bucket, "data"), new: resource(bucket, "data") };
    const events = [
      pre(step("same", states)),
      pre(step("same", { old: resource(bucket, "kept"), new: resource(bucket, "kept", { protect: true }) })),
      pre(step("create-replacement", states, { logical: false })),
      pre(step("replace", states, { keys: ["bucket"] })),
      pre(step("delete-replaced", { old: states.old }, { logical: false })),
      pre(step("delete", { old: resource(bucket, "old") }, { logical: false })),
    ];
    const shown = digestOf(events).steps?.map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
    expect(shown).toEqual(["same kept", "replace data", "delete old"]);
    expect(digestOf(events, true).steps).toHaveLength(4);
    expect(digestOf(events).steps?.[1]?.replaceReasons).toEqual(["bucket"]);
  });

  it("shows what a refresh found in place of the looking", () => {
    const states = { old: resource(bucket, "data"), new: resource(bucket, "data") };
    const found = { detailedDiff: { acl: { kind: "update", inputDiff: false } } } as const;
    const outputs = (metadata: ReturnType<typeof step>): EngineEvent => ({
      type: "resource-outputs",
      metadata,
      planning: false,
      durationSeconds: 0,
    });
    const ops = (after: ReturnType<typeof step>) =>
      digestOf([pre(step("refresh", states, { logical: false })), outputs(after)]).steps?.map(({ op }) => op);
    expect(ops(step("update", states, found))).toEqual(["update"]);
    expect(ops(step("delete", { old: states.old }))).toEqual(["delete"]);
    expect(ops(step("same", states))).toEqual(["refresh"]);
  });

  it("of an update is that of its last pass", () => {
    const prelude = (preview: boolean): EngineEvent => ({ type: "prelude", stack: "sandbox", config: {}, preview });
    const created = step("create", { new: resource(bucket, "data") });
    const events = [
      prelude(true),
      pre(created),
      summary({ create: 1 }, 1),
      prelude(false),
      pre(created),
      summary({ create: 1 }, 2),
    ];
    expect(digestOf(events)).toMatchObject({ duration: 2e9, changeSummary: { create: 1 } });
    expect(digestOf(events).steps).toHaveLength(1);
  });

  it("is a list for several stacks", () => {
    expect(JSON.parse(printDigests([{ config: {} }, { duration: 1 }]))).toEqual([{ config: {} }, { duration: 1 }]);
    expect(printDigests([{}])).toBe("{}\n");
  });
});
