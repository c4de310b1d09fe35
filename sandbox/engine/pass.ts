import type { RunOptions, RunStatus } from "./api";
import { Executor, type ExecutorHost } from "./execute/executor";
import type { Recorder } from "./execute/recorder";
import type { Step } from "./execute/step";
import type { HookSubject } from "./execute/steps";
import { Callbacks } from "./monitor/callbacks";
import { DefaultProviders } from "./monitor/default-providers";
import { Hooks } from "./monitor/hooks";
import type { MonitorHost } from "./monitor/service";
import { Begun } from "./plan/begun";
import type { Goal, HookKind, ReadGoal, RegisterResult } from "./plan/goal";
import { managerOf, policyResource } from "./plan/judge";
import { Planner, type PlannerHost } from "./plan/planner";
import { Prior } from "./plan/prior";
import { Reported } from "./plan/reported";
import type { PolicyHost, PolicyStackResource } from "./policy/types";
import { RpcError, status } from "./protocol/grpc";
import { type BuiltinSources, builtinProvider } from "./providers/builtin";
import { type LoadProvider, ProviderRegistry } from "./providers/registry";
import type { Provider } from "./providers/types";
import type { Reporter } from "./report";
import type { PropertyMap, ResourceState } from "./state/types";
import { createUrn, isProviderType, parseReference, parseUrn, rootStackType } from "./urn";
import { sameProperties } from "./values/compare";

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
  isRegistered = false;
  /** Resolves when the program says that it has nothing more to register. */
  readonly registered: Promise<void>;
  /** Calls of the program that are being worked on. */
  working = 0;
  lastActivity = Date.now();
  private readonly executor: Executor;
  private readonly news = new Map<string, ResourceState>();
  private readonly reads = new Map<string, ResourceState>();
  private readonly openOutputs = new Map<string, Step>();
  private readonly beside = new Set<Promise<void>>();
  private readonly providerChanges = new Map<string, Promise<boolean>>();
  private stackStep: Step | undefined;
  private newStackOutputs: PropertyMap | undefined;
  private isFailed = false;
  private markRegistered: () => void = () => undefined;
  private end: () => void = () => undefined;
  private markStopping: () => void = () => undefined;
  /** Calls of the program that wait for an answer. */
  private readonly waiting = new Set<(reason: Error) => void>();
  private readonly ended: Promise<void>;
  private readonly stopping: Promise<void>;

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
    this.registered = new Promise((resolve) => {
      this.markRegistered = () => {
        this.isRegistered = true;
        resolve();
      };
    });
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
    this.stopping = new Promise((resolve) => {
      this.markStopping = resolve;
    });
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

  private readonly stop = (): void => {
    this.markStopping();
    for (const giveUp of this.waiting) giveUp(endOfRun());
    this.waiting.clear();
  };

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
    const key = `${oldReference}\n${newReference}`;
    const known = this.providerChanges.get(key);
    if (known !== undefined) return known;
    const answer = this.comparedProviders(parseReference(oldReference).urn, parseReference(newReference).urn);
    this.providerChanges.set(key, answer);
    return answer;
  }

  private async comparedProviders(oldUrn: string, newUrn: string): Promise<boolean> {
    const old = this.prior.live.get(oldUrn);
    const next = this.planner.providers.get(newUrn);
    if (old === undefined || next === undefined) return true;
    const { name, type } = parseUrn(newUrn);
    const diff = await this.registry.diff({
      urn: newUrn,
      name,
      type,
      id: next.id ?? "",
      oldInputs: old.inputs ?? {},
      oldOutputs: old.outputs ?? {},
      newInputs: next.inputs ?? {},
      allowUnknowns: true,
      ignoreChanges: [],
    });
    return diff.replaceKeys.length > 0;
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
    if (next.type === rootStackType) this.stackStep = step;
    else if (!next.custom) this.openOutputs.set(next.urn, step);
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

  registerOutputs(urn: string, outputs: PropertyMap): void {
    if (urn === this.stackStep?.urn) {
      this.newStackOutputs = outputs;
      return;
    }
    const step = this.openOutputs.get(urn);
    if (step?.next === undefined) throw new Error(`outputs of ${urn} come though it waits for none`);
    this.openOutputs.delete(urn);
    this.complete(step, step.next, outputs);
    const kind = step.op === "create" ? "AfterCreate" : "AfterUpdate";
    if (step.op !== "create" && step.op !== "update") return;
    const names = step.next.resourceHooks?.[kind] ?? [];
    if (names.length === 0) return;
    const subject = { urn, newInputs: step.next.inputs ?? {}, newOutputs: outputs };
    void this.runHooks(names, kind, subject).catch((error: unknown) => this.hookFailedAfter(urn, error));
  }

  private complete(step: Step, state: ResourceState, outputs: PropertyMap): void {
    this.reporter.hide(outputs);
    if (!sameProperties(state.outputs, outputs)) {
      state.outputs = outputs;
      this.recorder.outputsChanged(state);
    }
    this.reporter.outputs(step, step.op === "remove-pending-replace" ? "same" : step.op);
  }

  giveUp(message: string): Error {
    if (!this.stopped()) this.reporter.diagnostic("error", message);
    this.fail();
    return new Reported();
  }

  async whileProviderWorks<Result>(work: Promise<Result>): Promise<Result> {
    this.working -= 1;
    try {
      return await work;
    } finally {
      this.working += 1;
      this.lastActivity = Date.now();
    }
  }

  programDone(): Promise<void> {
    this.markRegistered();
    return this.ended;
  }

  async whileRunning<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.stopped()) throw endOfRun();
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
      this.lastActivity = Date.now();
    }
  }

  /** Resolves when something went wrong or the user wants to stop. */
  whenStopping(): Promise<void> {
    return this.stopping;
  }

  async idle(): Promise<void> {
    await this.executor.idle();
    await Promise.all(this.beside);
  }

  /** Lets the program go, which may have waited to serve its hooks. */
  release(): void {
    this.end();
    this.options.run.signal?.removeEventListener("abort", this.stop);
    this.callbacks.close();
  }

  /** Outputs of the stack: the new ones after a success; after a failure those that came, beside the old ones. */
  finishStackOutputs(): void {
    const step = this.stackStep;
    if (step?.next === undefined || this.newStackOutputs === undefined) return;
    const old = this.prior.live.get(step.urn)?.outputs;
    this.complete(step, step.next, this.hasFailed ? { ...old, ...this.newStackOutputs } : this.newStackOutputs);
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
    const goal = this.planner.goals.get(state.urn);
    const options = { deleteBeforeReplace: goal?.deleteBeforeReplace, ignoreChanges: state.ignoreChanges };
    const resource = policyResource(state, state.outputs ?? {}, options, (reference) =>
      managerOf(reference, this.planner.providers, this.prior.live),
    );
    return {
      ...resource,
      ...(state.parent === undefined ? {} : { parent: state.parent }),
      dependencies: state.dependencies ?? [],
      propertyDependencies: state.propertyDependencies ?? {},
    };
  }
}

/** With this status Pulumi's runtime leaves quietly. */
const endOfRun = (): RpcError => new RpcError(status.unavailable, "the run is ending");
