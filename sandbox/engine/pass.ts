import type { RunOptions, RunStatus } from "./api";
import { Executor, type ExecutorHost } from "./execute/executor";
import { ComponentOutputs } from "./execute/outputs";
import type { Recorder } from "./execute/recorder";
import type { Step } from "./execute/step";
import type { HookSubject } from "./execute/steps";
import { Callbacks } from "./monitor/callbacks";
import { Conversation } from "./monitor/conversation";
import { DefaultProviders } from "./monitor/default-providers";
import { Hooks } from "./monitor/hooks";
import type { MonitorHost } from "./monitor/service";
import { Begun } from "./plan/begun";
import type { Goal, HookKind, ReadGoal, RegisterResult } from "./plan/goal";
import { managerOf, policyStackResource } from "./plan/judge";
import { Planner, type PlannerHost } from "./plan/planner";
import { Prior } from "./plan/prior";
import { Reported } from "./plan/reported";
import type { PolicyHost, PolicyStackResource } from "./policy/types";
import { type BuiltinSources, builtinProvider } from "./providers/builtin";
import { ProviderChanges } from "./providers/changes";
import { type LoadProvider, ProviderRegistry } from "./providers/registry";
import type { Provider } from "./providers/types";
import type { Reporter } from "./report";
import type { PropertyMap, ResourceState } from "./state/types";
import { createUrn, isProviderType, parseReference, rootStackType } from "./urn";

export interface PassOptions {
  run: Required<Pick<RunOptions, "organization" | "parallel" | "timeoutSeconds">> & RunOptions;
  dryRun: boolean;
  /** What the last run has left. A preview gets copies, as steps change them. */
  resources: ResourceState[];
  seed: string;
  reporter: Reporter;
  recorder: Recorder;
  load: LoadProvider;
  /** Default: none. */
  begun?: Begun;
  stackOutputs: BuiltinSources["stackOutputs"];
}

/** One walk over the resources of a stack: a preview or an update. What planner, executor and monitor need of each other meets here. */
export class Pass implements PlannerHost, ExecutorHost, MonitorHost {
  readonly project: string;
  readonly stack: string;
  readonly organization: string;
  readonly config: RunOptions["config"];
  readonly dryRun: boolean;
  readonly parallel: number;
  readonly projectRoot: string;
  readonly programFolder: string;
  readonly seed: string;
  readonly reporter: Reporter;
  readonly recorder: Recorder;
  readonly registry: ProviderRegistry;
  readonly callbacks: Callbacks;
  readonly hooks: Hooks;
  readonly defaultProviders: DefaultProviders;
  readonly planner: Planner;
  readonly begun: Begun;
  monitorAddress = "";
  prior: Prior;
  /** Ready when the packs are; the program's first resources may come before. */
  policies: Promise<PolicyHost | undefined> = Promise.resolve(undefined);
  /** What the program asks. */
  readonly conversation: Conversation;
  private readonly executor: Executor;
  private readonly news = new Map<string, ResourceState>();
  private readonly reads = new Map<string, ResourceState>();
  private readonly outputs: ComponentOutputs;
  private readonly beside = new Set<Promise<void>>();
  private readonly providerChanges: ProviderChanges;
  private isFailed = false;

  constructor(private readonly options: PassOptions) {
    const { run } = options;
    this.project = run.project.name;
    this.stack = run.stack;
    this.organization = run.organization;
    this.config = run.config;
    this.dryRun = options.dryRun;
    this.parallel = run.parallel;
    this.projectRoot = run.project.root;
    this.programFolder = run.project.main;
    this.seed = options.seed;
    this.reporter = options.reporter;
    this.recorder = options.recorder;
    this.prior = new Prior(options.resources);
    this.begun = options.begun ?? new Begun([]);
    this.registry = new ProviderRegistry(
      options.load,
      builtinProvider({
        stackOutputs: options.stackOutputs,
        resource: (urn) => this.news.get(urn) ?? this.reads.get(urn),
      }),
    );
    this.callbacks = new Callbacks(run.timeoutSeconds);
    this.hooks = new Hooks(this.callbacks, options.dryRun, (urn, message) => this.warn(urn, message));
    this.defaultProviders = new DefaultProviders(run.config, (goal) => this.register(goal));
    this.planner = new Planner(this);
    this.executor = new Executor(this);
    this.conversation = new Conversation(() => this.stopped());
    this.outputs = new ComponentOutputs(this);
    this.providerChanges = new ProviderChanges(this.registry, (urn) => ({
      old: this.prior.live.get(urn),
      next: this.planner.providers.get(urn),
    }));
    run.signal?.addEventListener("abort", this.stop, { once: true });
    if (run.signal?.aborted) this.stop();
  }

  get isCancelled(): boolean {
    return this.options.run.signal?.aborted === true;
  }

  /** Something was reported that keeps the pass from counting as succeeded; a preview goes on to show the rest. */
  get hasErrors(): boolean {
    return this.reporter.errors > 0;
  }

  private readonly stop = (): void => this.conversation.stop();

  private get hasFailed(): boolean {
    return this.isFailed || this.hasErrors || this.reporter.mandatoryViolations > 0;
  }

  get status(): RunStatus {
    if (this.reporter.mandatoryViolations > 0) return "rejected";
    if (this.hasFailed) return "failed";
    return this.isCancelled ? "cancelled" : "succeeded";
  }

  // What the planner asks for.

  async providerOf(state: ResourceState): Promise<Provider> {
    return isProviderType(state.type) ? this.registry : this.provider(state.provider ?? "");
  }

  async provider(reference: string): Promise<Provider> {
    const known = this.registry.get(reference);
    if (known !== undefined) return known;
    const { urn, id } = parseReference(reference);
    const old = this.prior.resources.find((resource) => resource.urn === urn && resource.id === id);
    if (old === undefined) throw new Error(`there is no provider ${reference}`);
    return this.registry.ensure(old);
  }

  sameProvider(urn: string, id: string, oldInputs: PropertyMap): Promise<void> {
    return this.registry.same(urn, id, oldInputs);
  }

  providerReplaces(oldReference: string, newReference: string): Promise<boolean> {
    return this.providerChanges.replaces(oldReference, newReference);
  }

  besides(work: Promise<unknown>, urn: string): void {
    const done = work.then(
      () => undefined,
      (error: unknown) => void this.told(error, urn),
    );
    this.beside.add(done);
    void done.then(() => this.beside.delete(done));
  }

  execute(steps: Step[]): Promise<boolean> {
    return this.executor.chain(steps);
  }

  isDeleted(urn: string): boolean {
    return this.planner.isDeleted(urn);
  }

  runHooks(names: string[], kind: HookKind, subject: HookSubject): Promise<void> {
    return this.hooks.run(names, kind, subject);
  }

  hookFailedAfter(urn: string, error: unknown): void {
    this.reporter.diagnostic("error", error instanceof Error ? error.message : String(error), urn);
    this.fail();
  }

  warn(urn: string, message: string): void {
    this.reporter.diagnostic("warning", message, urn);
  }

  // What the executor tells.

  stopped(): boolean {
    return this.isFailed || this.isCancelled;
  }

  reached(step: Step): void {
    const { next } = step;
    if (next === undefined || step.op === "replace" || step.op === "refresh") return;
    if (step.op === "read" || step.op === "read-replacement") this.reads.set(next.urn, next);
    else this.news.set(next.urn, next);
    if (!next.custom) this.outputs.expect(step, next);
  }

  failed(): void {
    this.fail();
  }

  resumes({ pending, next }: Step): boolean {
    return pending === "creating" && next?.provider !== undefined && this.registry.resumes(next.provider);
  }

  /** Ends the pass: what runs goes on to its end, nothing new is started. */
  fail(): void {
    this.isFailed = true;
    this.stop();
  }

  // What the monitor asks for.

  async register(goal: Goal): Promise<RegisterResult> {
    try {
      return await this.planner.register(goal);
    } catch (error) {
      throw this.told(error, createUrn(this.stack, this.project, goal.parent, goal.type, goal.name));
    }
  }

  async read(goal: ReadGoal): Promise<ResourceState> {
    try {
      return await this.planner.read(goal);
    } catch (error) {
      throw this.told(error, createUrn(this.stack, this.project, goal.parent, goal.type, goal.name));
    }
  }

  private told(error: unknown, urn: string): Reported {
    // What is still under way when the pass ends may miss what has ended with it.
    if (!(error instanceof Reported) && !this.stopped()) {
      this.reporter.diagnostic("error", error instanceof Error ? error.message : String(error), urn);
    }
    this.fail();
    return new Reported();
  }

  isPending(urn: string): boolean {
    const state = this.news.get(urn);
    return this.dryRun && state?.custom === true && (state.id === undefined || state.id === "");
  }

  registerOutputs(urn: string, outputs: PropertyMap): void {
    this.outputs.register(urn, outputs);
  }

  giveUp(message: string): Error {
    if (!this.stopped()) this.reporter.diagnostic("error", message);
    this.fail();
    return new Reported();
  }

  whileProviderWorks<Result>(work: Promise<Result>, what: string): Promise<Result> {
    return this.conversation.whileProviderWorks(work, what);
  }

  hide(value: unknown): void {
    this.reporter.hide(value);
  }

  get isDone(): boolean {
    return this.conversation.isDone;
  }

  programDone(): Promise<void> {
    return this.conversation.done();
  }

  whileRunning<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.conversation.whileRunning(work);
  }

  async idle(): Promise<void> {
    await this.executor.idle();
    await Promise.all(this.beside);
  }

  /** Lets the program go, which may have waited to serve its hooks. */
  release(): void {
    this.conversation.end();
    this.options.run.signal?.removeEventListener("abort", this.stop);
    this.callbacks.close();
  }

  finishStackOutputs(): void {
    this.outputs.finishStack(this.hasFailed, (urn) => this.prior.live.get(urn)?.outputs);
  }

  stackOutputs(): PropertyMap {
    const root = [...this.news.values(), ...this.prior.resources].find(
      (resource) => resource.type === rootStackType && !resource.delete,
    );
    return root?.outputs ?? {};
  }

  async judgeStack(): Promise<void> {
    const policies = await this.policies;
    if (policies === undefined || this.news.size === 0) return;
    const findings = await policies.analyzeStack([...this.news.values()].map((state) => this.stackResource(state)));
    for (const finding of findings) this.reporter.finding(finding);
  }

  private stackResource(state: ResourceState): PolicyStackResource {
    return policyStackResource(state, this.planner.goals.get(state.urn), (reference) =>
      managerOf(reference, this.planner.providers, this.prior.live),
    );
  }
}
