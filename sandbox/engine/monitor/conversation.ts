import { Reported } from "../plan/reported";
import { RpcError, status } from "../protocol/grpc";

/** With this status Pulumi's runtime leaves quietly. */
const endOfRun = (): RpcError => new RpcError(status.unavailable, "the run is ending");

/** What the program asks of the engine in one pass: how much of it is being worked on, and when it is over. */
export class Conversation {
  /** Calls of the program that are being worked on. */
  working = 0;
  /** When the program last asked or said something, in milliseconds since 1970. */
  lastActivity = Date.now();
  /** The program has said that it has nothing more to register. */
  isDone = false;
  /** It has, and nothing that it asked for before waits for its answer. */
  isRegistered = false;
  /** Resolves when the program has registered all it wants. */
  readonly registered: Promise<void>;
  /** Resolves when something went wrong or the user wants to stop. */
  readonly stopping: Promise<void>;
  private readonly ended: Promise<void>;
  /** Calls of the program that wait for an answer. */
  private readonly waiting = new Set<(reason: Error) => void>();
  private markRegistered: () => void = () => undefined;
  private markStopping: () => void = () => undefined;
  private markEnded: () => void = () => undefined;
  /** What the program waits for, in words, while a provider asks the engine in its turn. */
  private readonly others = new Set<{ what: string }>();

  /** `isOver` tells that nothing new may be asked. */
  constructor(private readonly isOver: () => boolean) {
    this.registered = new Promise((resolve) => {
      this.markRegistered = resolve;
    });
    this.stopping = new Promise((resolve) => {
      this.markStopping = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.markEnded = resolve;
    });
  }

  /** Settles like the work, or fails as soon as the pass is over. */
  async whileRunning<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.isOver()) throw endOfRun();
    this.working += 1;
    let giveUp: (reason: Error) => void = () => undefined;
    try {
      return await new Promise<Result>((resolve, reject) => {
        giveUp = reject;
        this.waiting.add(giveUp);
        work().then(resolve, reject);
      });
    } catch (error) {
      throw error instanceof Reported ? endOfRun() : error;
    } finally {
      this.waiting.delete(giveUp);
      this.working -= 1;
      this.heard();
      this.settle();
    }
  }

  /** Waits for a provider that asks the engine in its turn: only what it asks for counts as being worked on. */
  async whileProviderWorks<Result>(work: Promise<Result>, what: string): Promise<Result> {
    const other = { what };
    this.others.add(other);
    this.working -= 1;
    try {
      return await work;
    } finally {
      this.others.delete(other);
      this.working += 1;
      this.heard();
    }
  }

  /** The program, or something for it, has shown that it lives. */
  heard(): void {
    this.lastActivity = Date.now();
  }

  /** Who is silent when nothing is being worked on. */
  get silent(): string {
    const [other] = this.others;
    return other?.what ?? "The program";
  }

  /** The program has nothing more to register. Resolves when the pass needs it no longer. */
  done(): Promise<void> {
    this.isDone = true;
    this.settle();
    return this.ended;
  }

  /** What a program has asked for and not waited for is part of what it wants. */
  private settle(): void {
    if (!this.isDone || this.isRegistered || this.waiting.size > 0) return;
    this.isRegistered = true;
    this.markRegistered();
  }

  /** Nothing that was asked is answered any more. */
  stop(): void {
    this.markStopping();
    for (const giveUp of this.waiting) giveUp(endOfRun());
    this.waiting.clear();
  }

  /** Lets the program go, which may have waited to serve its hooks. */
  end(): void {
    this.markEnded();
  }
}
