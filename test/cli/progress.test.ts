import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { LineProgress, liveLines, secondsText } from "../../cli/display/progress";
import { plainTerminal, terminalOf } from "../../cli/display/terminal";
import type { EngineEvent } from "../../cli/engines/contract";
import { resource, step } from "./support";

const created = step("create", { new: resource("aws:ec2/vpc:Vpc", "main") });
const kept = step("same", { old: resource("aws:ec2/vpc:Vpc", "old"), new: resource("aws:ec2/vpc:Vpc", "old") });

function linesOf(operation: string, events: EngineEvent[]): string[] {
  const parts: string[] = [];
  const output = { write: (part: string) => parts.push(part) };
  const progress = new LineProgress({ operation, stack: "sandbox", terminal: plainTerminal, output, clock: () => 0 });
  for (const event of events) progress.add(event);
  progress.stop();
  return parts.join("").split("\n").slice(0, -1);
}

const prelude = (preview: boolean): EngineEvent => ({ type: "prelude", stack: "sandbox", config: {}, preview });
const done = (metadata: ReturnType<typeof step>, planning: boolean): EngineEvent => ({
  type: "resource-outputs",
  metadata,
  planning,
  durationSeconds: 72.4,
});
const summary = (preview: boolean, changes: Record<string, number>): EngineEvent => ({
  type: "summary",
  preview,
  summary: { changes, durationSeconds: 1, policyPacks: {}, maybeCorrupt: false },
});
const say = (severity: "info" | "warning" | "error", message: string, rest = {}): EngineEvent => ({
  type: "diagnostic",
  severity,
  message,
  ...rest,
});

describe("progress without a terminal", () => {
  it("tells the plan in one line and each resource that is done in another", () => {
    expect(
      linesOf("up", [
        prelude(true),
        done(created, true),
        summary(true, { create: 1, same: 1 }),
        prelude(false),
        done(created, false),
        done(kept, false),
        summary(false, { create: 1, same: 1 }),
      ]),
    ).toEqual(["Planned: 1 to create, 1 unchanged.", " +  aws:ec2:Vpc main created (1 min 12 s)"]);
  });

  it("says nothing about resources in a preview, whose tree follows", () => {
    expect(linesOf("preview", [prelude(true), done(created, true), summary(true, { create: 1 })])).toEqual([]);
  });

  it("tells messages of both passes once, errors once, and neither debug nor passing ones", () => {
    const urn = created.urn;
    expect(
      linesOf("up", [
        prelude(true),
        say("info", "hello\n"),
        say("warning", "careful", { urn }),
        say("info", "", {}),
        prelude(false),
        say("info", "hello\n"),
        say("info", "passing", { ephemeral: true }),
        { type: "diagnostic", severity: "debug", message: "detail" },
        say("error", "AccessDenied: no", { urn }),
        { type: "resource-failed", metadata: created, message: "AccessDenied: no" },
        { type: "resource-failed", metadata: kept, message: "gone" },
      ]),
    ).toEqual([
      "hello",
      "warning: aws:ec2:Vpc main: careful",
      "error: aws:ec2:Vpc main: AccessDenied: no",
      "error: aws:ec2:Vpc old: gone",
    ]);
  });
});

describe("progress on a terminal", () => {
  const state = {
    operation: "up",
    stack: "sandbox",
    previewing: false,
    since: 1000,
    running: [{ step: created, since: 9000 }],
    done: { create: 3, same: 4 },
  };

  it("shows what is in progress and for how long", () => {
    expect(liveLines(state, 76_000, 80)).toEqual([
      "sandbox  up: 7 resources done, 1 in progress, 1 min 15 s",
      " +  aws:ec2:Vpc main creating 1 min 7 s",
    ]);
  });

  it("fits the window: few lines, none too long", () => {
    const running = Array.from({ length: 20 }, () => ({ step: created, since: 9000 }));
    const lines = liveLines({ ...state, running }, 10_000, 30);
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe("    and 12 more");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(30);
  });
});

describe("what an output can do", () => {
  const terminal = { isTTY: true, write: () => true };

  it.each([
    ["a terminal", terminal, {}, true, true],
    ["a pipe", { write: () => true }, {}, false, false],
    ["a CI system", terminal, { CI: "true" }, false, true],
    ["a dumb terminal", terminal, { TERM: "dumb" }, false, false],
    ["NO_COLOR", terminal, { NO_COLOR: "1" }, true, false],
    ["an empty NO_COLOR", terminal, { NO_COLOR: "" }, true, true],
    ["FORCE_COLOR", { write: () => true }, { FORCE_COLOR: "1" }, false, true],
  ])("%s", (_name, stream, environment, interactive, colors) => {
    const found = terminalOf(stream, environment);
    expect(found.interactive).toBe(interactive);
    expect(found.colors.red("x") !== "x").toBe(colors);
    expect(pc.createColors(true).red("x")).not.toBe("x");
  });
});

describe("durations", () => {
  it.each([
    [0.04, "0.0 s"],
    [9.94, "9.9 s"],
    [42.4, "42 s"],
    [185, "3 min 5 s"],
    [3720, "1 h 2 min"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });
});
