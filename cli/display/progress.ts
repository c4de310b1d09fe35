import type { EngineEvent, Operation, StepMetadata } from "../engines/contract";
import type { OutputStream } from "../host";
import { countsText, isUnchanged, wordings } from "./operations";
import { describeUrn, nameOfUrn, rootStackType, shortType } from "./resources";
import type { Colors, Terminal } from "./terminal";

/** Shows how far a stack is. */
export interface Progress {
  add(event: EngineEvent): void;
  /** A line that stays. */
  say(line: string): void;
  /** Removes what is not meant to stay. */
  stop(): void;
}

export interface ProgressOptions {
  operation: string;
  stack: string;
  terminal: Terminal;
  output: OutputStream;
  /** Milliseconds, only for differences. */
  clock(): number;
}

/** Lines that rewrite themselves on a terminal, lines that stay everywhere else. */
export async function startProgress(options: ProgressOptions): Promise<Progress> {
  if (!options.terminal.interactive) return new LineProgress(options);
  const { createLogUpdate } = await import("log-update");
  return new LiveProgress(options, createLogUpdate(options.output as unknown as NodeJS.WriteStream));
}

/** Messages of a run as lines. An `up` previews first, and what the program says in both passes is told once. */
class Messages {
  private readonly inPreview = new Set<string>();
  private readonly errors = new Set<string>();
  private previewing = false;

  constructor(private readonly colors: Colors) {}

  of(event: EngineEvent): string[] {
    if (event.type === "prelude") this.previewing = event.preview;
    if (event.type === "resource-failed") return this.error(event.metadata.urn, event.message);
    if (event.type !== "diagnostic" || event.ephemeral === true || event.severity === "debug") return [];
    if (event.severity === "error") return this.error(event.urn, event.message);
    const text = `${about(event.urn)}${event.message.trimEnd()}`;
    const known = this.inPreview.has(text);
    if (this.previewing) this.inPreview.add(text);
    if (event.message.trim() === "" || (known && !this.previewing)) return [];
    return [event.severity === "warning" ? this.colors.yellow(`warning: ${text}`) : text];
  }

  /** The engine reports a failed operation both as a message and as an event; either may come alone. */
  private error(urn: string | undefined, message: string): string[] {
    const text = `${about(urn)}${message.trimEnd()}`;
    if (this.errors.has(text)) return [];
    this.errors.add(text);
    return [this.colors.red(`error: ${text}`)];
  }
}

const about = (urn: string | undefined): string =>
  urn === undefined || urn.includes(`::${rootStackType}::`) ? "" : `${describeUrn(urn)}: `;

/** One line for each resource that is done, in the pass that works; a preview tells only its counts. */
export class LineProgress implements Progress {
  private readonly messages: Messages;

  constructor(private readonly options: ProgressOptions) {
    this.messages = new Messages(options.terminal.colors);
  }

  add(event: EngineEvent): void {
    for (const line of this.messages.of(event)) this.say(line);
    if (event.type === "resource-outputs" && !event.planning && !isUnchanged(event.metadata.op)) {
      this.say(doneLine(event.metadata, event.durationSeconds, this.options.terminal.colors));
    }
    if (event.type === "summary" && event.preview && this.options.operation !== "preview") {
      this.say(`Planned: ${countsText(event.summary.changes, "plan") || "nothing"}.`);
    }
  }

  say(line: string): void {
    this.options.output.write(`${line}\n`);
  }

  stop(): void {}
}

function doneLine(step: StepMetadata, seconds: number, colors: Colors): string {
  const { symbol, color, done } = wordings[step.op];
  const line = ` ${symbol.padEnd(2)} ${shortType(step.type)} ${nameOfUrn(step.urn)} ${done} (${secondsText(seconds)})`;
  return colors[color](line);
}

/** "0.4 s", "12 s", "3 min 5 s", "1 h 2 min". */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

interface Running {
  step: StepMetadata;
  since: number;
}

/** What a live display knows of a run. */
export interface LiveState {
  operation: string;
  stack: string;
  previewing: boolean;
  since: number;
  running: Running[];
  done: Partial<Record<Operation, number>>;
}

const mostRunning = 8;

/** The lines of the live display at one moment: a heading and the resources at work, the oldest first. */
export function liveLines(state: LiveState, now: number, width: number): string[] {
  const elapsed = secondsText((now - state.since) / 1000);
  const done = Object.values(state.done).reduce((sum, count) => sum + count, 0);
  const doing = state.previewing ? "preview" : state.operation;
  const lines = [`${state.stack}  ${doing}: ${done} resources done, ${state.running.length} in progress, ${elapsed}`];
  for (const { step, since } of state.running.slice(0, mostRunning)) {
    const { symbol, doing: verb } = wordings[step.op];
    lines.push(
      ` ${symbol.padEnd(2)} ${shortType(step.type)} ${nameOfUrn(step.urn)} ${verb} ${secondsText((now - since) / 1000)}`,
    );
  }
  if (state.running.length > mostRunning) lines.push(`    and ${state.running.length - mostRunning} more`);
  return lines.map((line) => (line.length < width ? line : `${line.slice(0, width - 2)}…`));
}

type LogUpdate = ReturnType<typeof import("log-update").createLogUpdate>;

class LiveProgress implements Progress {
  private readonly messages: Messages;
  private readonly state: LiveState;
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly options: ProgressOptions,
    private readonly log: LogUpdate,
  ) {
    const { operation, stack, clock } = options;
    this.messages = new Messages(options.terminal.colors);
    const previewing = operation === "preview" || operation === "up";
    this.state = { operation, stack, previewing, since: clock(), running: [], done: {} };
    this.timer = setInterval(() => this.draw(), 120);
    this.timer.unref();
    this.draw();
  }

  add(event: EngineEvent): void {
    const { state } = this;
    if (event.type === "prelude") Object.assign(state, { previewing: event.preview, running: [], done: {} });
    // The stack itself is in progress as long as anything is.
    if (event.type === "resource-pre" && event.metadata.type !== rootStackType) {
      state.running.push({ step: event.metadata, since: this.options.clock() });
    }
    if (event.type === "resource-outputs" || event.type === "resource-failed") {
      state.running = state.running.filter(({ step }) => step.urn !== event.metadata.urn);
    }
    if (event.type === "resource-outputs") {
      state.done[event.metadata.op] = (state.done[event.metadata.op] ?? 0) + 1;
    }
    for (const line of this.messages.of(event)) this.say(line);
  }

  say(line: string): void {
    this.log.clear();
    this.options.output.write(`${line}\n`);
    this.draw();
  }

  stop(): void {
    clearInterval(this.timer);
    this.log.clear();
    this.log.done();
  }

  private draw(): void {
    const { terminal, clock } = this.options;
    this.log(liveLines(this.state, clock(), terminal.width).join("\n"));
  }
}
