import type { RunSummary } from "./events";
import { forgetful, type Recorder, StateRecorder } from "./execute/recorder";
import { type RefreshStep, refreshStep } from "./execute/refresh";
import { deleteLeft, type Interrupted, settleInterrupted } from "./interrupted";
import { engineService } from "./monitor/engine-service";
import { monitorService } from "./monitor/service";
import { Pass, type PassOptions } from "./pass";
import { takeOverRefresh } from "./plan/base";
import { Begun } from "./plan/begun";
import { deleteInOrder, deletionHooks } from "./plan/deletes";
import { Prior } from "./plan/prior";
import { Reported } from "./plan/reported";
import { startPolicyHost } from "./policy";
import type { PolicyHost } from "./policy/types";
import { Program, type ProgramEnd } from "./processes/program";
import { type RunningServer, serve } from "./protocol/grpc";
import { ProviderLoader } from "./providers/loader";
import { Reporter } from "./report";
import { readStackOutputs } from "./state";
import type { PropertyMap, ResourceState, StateStore } from "./state/types";
import { rootStackType } from "./urn";
import { SecretMask } from "./values/mask";

export type CompleteOptions = PassOptions["run"];

/** What one pass has come to. */
export interface PassResult {
  pass: Pass;
  summary: RunSummary;
}

const toSeconds = (milliseconds: number): number => Math.round(milliseconds) / 1000;

/** What the passes of one run share: the providers, the state and the secrets that were seen. */
export class Session {
  private readonly mask = new SecretMask();
  private readonly loader: ProviderLoader;
  private engineAddress = "";

  constructor(
    private readonly options: CompleteOptions,
    private readonly store: StateStore,
  ) {
    const { project, startProvider, timeoutSeconds, config } = options;
    this.loader = new ProviderLoader({
      start: startProvider,
      engineAddress: () => this.engineAddress,
      root: project.root,
      main: project.main,
      timeoutSeconds,
    });
    for (const key of config.secretKeys) this.mask.addConfigValue(config.values[key]);
    const begun = store.pendingOperations.map(({ resource }) => resource);
    for (const { inputs, outputs } of [...store.resources, ...begun]) this.mask.addSecrets([inputs, outputs]);
  }

  /** The error without the secrets that the run has seen. */
  cleaned(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    error.message = this.mask.masked(error.message);
    if (error.stack !== undefined) error.stack = this.mask.masked(error.stack);
    return error;
  }

  close(): Promise<void> {
    return this.loader.stop();
  }

  /** Runs the program and does what it leads to; a dry run only says what that would be. */
  async update(dryRun: boolean): Promise<PassResult> {
    const started = performance.now();
    const { reporter, recorder } = this.tools(dryRun);
    this.prelude(reporter, dryRun);
    const pass = this.pass(dryRun, reporter, recorder, await this.settle(dryRun, reporter, recorder));
    const servers = await this.serve(pass);
    try {
      const packs = await this.withProgram(pass, servers);
      return { pass, summary: this.summary(pass, started, packs) };
    } finally {
      for (const server of servers) server.close();
      this.loader.disconnect();
    }
  }

  /** Takes what has become of the resources into the state. */
  async refresh(): Promise<PassResult> {
    return this.withoutProgram(async (pass, recorder) => {
      const steps = new Map<ResourceState, RefreshStep>();
      for (const resource of pass.prior.resources) steps.set(resource, refreshStep(pass, resource));
      await Promise.all([...steps.values()].map((step) => pass.execute([step])));
      const left = takeOverRefresh(pass.prior.resources, steps, recorder);
      pass.prior = new Prior(left);
    });
  }

  /** Deletes everything. */
  async destroy(): Promise<PassResult> {
    return this.withoutProgram(async (pass) => {
      for (const { urn, names } of deletionHooks(pass.prior.resources)) {
        const message = `has hooks of its deletion (${names.join(", ")}), which need the program, and a destroy runs none. Take the hooks or the resource out of the program and bring the stack up first.`;
        pass.reporter.diagnostic("error", message, urn);
      }
      // They may stand on what is deleted then.
      if (pass.hasErrors || !(await deleteLeft(pass, this.store))) return;
      await deleteInOrder(pass.planner.deletions(), pass.prior, (steps) => pass.execute(steps));
    });
  }

  private async withoutProgram(work: (pass: Pass, recorder: Recorder) => Promise<void>): Promise<PassResult> {
    const started = performance.now();
    const { reporter, recorder } = this.tools(false);
    this.prelude(reporter, false);
    const pass = this.pass(false, reporter, recorder, await this.settle(false, reporter, recorder));
    const servers = await this.serve(pass);
    try {
      await work(pass, recorder);
      await pass.idle();
      await recorder.flushed();
      return { pass, summary: this.summary(pass, started, {}) };
    } finally {
      pass.release();
      for (const server of servers) server.close();
      this.loader.disconnect();
    }
  }

  private async withProgram(pass: Pass, [monitor, engine]: RunningServer[]): Promise<Record<string, string>> {
    const policies = this.startPolicies(pass, engine as RunningServer);
    // Whoever waits for packs that do not come is told nothing: the run ends with their error.
    pass.policies = policies.catch(() => Promise.reject(new Reported()));
    pass.policies.catch(() => undefined);
    const program = this.startProgram(pass, monitor as RunningServer, engine as RunningServer);
    const silence = watchSilence(pass, this.options.timeoutSeconds);
    try {
      await Promise.all([policies, this.followProgram(pass, program)]);
      await pass.idle();
      if (!pass.stopped() && !pass.hasErrors && (pass.dryRun || (await deleteLeft(pass, this.store)))) {
        await deleteInOrder(pass.planner.deletions(), pass.prior, (steps) => pass.execute(steps));
        await pass.idle();
      }
      pass.finishStackOutputs();
      if (!pass.stopped() && !pass.hasErrors) await pass.judgeStack();
      await pass.recorder.flushed();
      return (await policies)?.packs ?? {};
    } catch (error) {
      pass.fail();
      throw error;
    } finally {
      clearInterval(silence);
      pass.release();
      await Promise.all([
        pass.stopped() ? program.kill() : program.close(),
        policies.then(
          (host) => host?.close(),
          () => undefined,
        ),
      ]);
    }
  }

  private startProgram(pass: Pass, monitor: RunningServer, engine: RunningServer): Program {
    const { project, stack, organization, config, parallel, environment } = this.options;
    return new Program({
      project,
      stack,
      organization,
      config,
      dryRun: pass.dryRun,
      parallel,
      monitor: monitor.address,
      engine: engine.address,
      environment: environment ?? {},
      onLine: (stream, line) => {
        pass.conversation.heard();
        pass.reporter.diagnostic(stream === "stdout" ? "info" : "info#err", line);
      },
    });
  }

  private async startPolicies(pass: Pass, engine: RunningServer): Promise<PolicyHost | undefined> {
    const { policyPacks, policyExemptions, today, project, stack, organization, config } = this.options;
    const { stackTags, environment, timeoutSeconds } = this.options;
    if (policyPacks.length === 0) return undefined;
    return startPolicyHost({
      packs: policyPacks,
      ...(policyExemptions === undefined ? {} : { exemptions: policyExemptions }),
      ...(today === undefined ? {} : { today }),
      engineAddress: engine.address,
      project: project.name,
      stack,
      organization,
      config,
      stackTags: stackTags ?? {},
      dryRun: pass.dryRun,
      environment: environment ?? {},
      timeoutSeconds,
      onOutput: (severity, line) => pass.reporter.diagnostic(severity, line),
    });
  }

  /** Until the program has registered all it wants, has ended, or the pass is over for another reason. */
  private async followProgram(pass: Pass, program: Program): Promise<void> {
    const ended = program.ended.then((end): ProgramEnd | undefined => end);
    const first = await Promise.race([ended, pass.conversation.registered, pass.conversation.stopping]);
    if (first === undefined || first.succeeded || pass.stopped()) return;
    if (first.problem !== undefined) pass.reporter.diagnostic("error", `The program ${first.problem}.`);
    pass.fail();
  }

  private async serve(pass: Pass): Promise<RunningServer[]> {
    const resources = require("@pulumi/pulumi/proto/resource_grpc_pb") as { ResourceMonitorService: never };
    const engines = require("@pulumi/pulumi/proto/engine_grpc_pb") as { EngineService: never };
    const active = (): void => {
      pass.conversation.heard();
    };
    const servers = await Promise.all([
      serve([[resources.ResourceMonitorService, monitorService(pass)]]),
      serve([[engines.EngineService, engineService(pass.reporter, active)]]),
    ]);
    pass.monitorAddress = servers[0].address;
    this.engineAddress = servers[1].address;
    return servers;
  }

  private pass(dryRun: boolean, reporter: Reporter, recorder: Recorder, found: Interrupted): Pass {
    const { stateFolder, passphrase } = this.options;
    return new Pass({
      run: this.options,
      dryRun,
      ...found,
      seed: this.store.digest,
      reporter,
      recorder,
      load: (packageName, version, urn) => this.loader.load(packageName, version, urn),
      stackOutputs: (name) => this.outputsOf(name, stateFolder, passphrase),
    });
  }

  /** `name`, `<organization>/<project>/<name>` or `<organization>/<name>`; only stacks of this project are here. */
  private async outputsOf(name: string, stateFolder: string, passphrase: string): Promise<PropertyMap | undefined> {
    const parts = name.split("/");
    const stack = parts[parts.length - 1] ?? name;
    const isForeign = parts.length === 3 && parts[1] !== this.options.project.name;
    if (isForeign) return undefined;
    if (stack === this.options.stack) return this.ownOutputs();
    const outputs = await readStackOutputs({ stateFolder, passphrase, stack });
    return outputs ?? (this.options.knownStacks?.includes(stack) ? {} : undefined);
  }

  private ownOutputs(): PropertyMap | undefined {
    return this.store.resources.find((resource) => resource.type === rootStackType && !resource.delete)?.outputs;
  }

  private resources(dryRun: boolean): ResourceState[] {
    return dryRun ? this.store.resources.map((resource) => ({ ...resource })) : [...this.store.resources];
  }

  private tools(dryRun: boolean): { reporter: Reporter; recorder: Recorder } {
    const reporter = this.reporter(dryRun);
    if (dryRun) return { reporter, recorder: forgetful };
    let told = false;
    const recorder = new StateRecorder(this.store, (error) => {
      if (!told) reporter.diagnostic("error", error.message);
      told = true;
    });
    return { reporter, recorder };
  }

  private reporter(dryRun: boolean): Reporter {
    return new Reporter((event) => this.options.onEvent(event), dryRun, this.mask);
  }

  private prelude(reporter: Reporter, preview: boolean): void {
    const { config, stack } = this.options;
    const shown = Object.entries(config.values).map(([key, value]) => [
      key,
      config.secretKeys.includes(key) ? "[secret]" : value,
    ]);
    reporter.emit({ type: "prelude", stack, config: Object.fromEntries(shown) as Record<string, string>, preview });
  }

  /** The state with what an interrupted run has left open settled. That takes a pass of its own, of which only its problems are shown. */
  private async settle(dryRun: boolean, reporter: Reporter, recorder: Recorder): Promise<Interrupted> {
    const resources = this.resources(dryRun);
    const nothing = { begun: new Begun([]), resources };
    if (this.store.pendingOperations.length === 0) return nothing;
    const quiet = new Reporter(
      (event) => {
        if (event.type === "diagnostic") reporter.diagnostic(event.severity, event.message, event.urn);
      },
      dryRun,
      this.mask,
    );
    const pass = this.pass(dryRun, quiet, recorder, nothing);
    const servers = await this.serve(pass);
    try {
      return await settleInterrupted(pass, this.store, recorder, this.loader);
    } finally {
      pass.release();
      for (const server of servers) server.close();
      this.loader.disconnect();
    }
  }

  private summary(pass: Pass, started: number, policyPacks: Record<string, string>): RunSummary {
    const { reporter } = pass;
    const summary: RunSummary = {
      changes: reporter.changes,
      durationSeconds: toSeconds(performance.now() - started),
      policyPacks,
      maybeCorrupt: reporter.maybeCorrupt,
    };
    reporter.emit({ type: "summary", preview: pass.dryRun, summary });
    return summary;
  }
}

/** Ends a pass whose program neither asks for anything nor says anything, while nothing is being done for it. */
function watchSilence(pass: Pass, timeoutSeconds: number): NodeJS.Timeout {
  const timer = setInterval(
    () => {
      const { working, isRegistered, lastActivity, silent } = pass.conversation;
      if (working > 0 || isRegistered || Date.now() - lastActivity < timeoutSeconds * 1000) return;
      pass.reporter.diagnostic(
        "error",
        `${silent} has done nothing for ${timeoutSeconds} seconds and was ended. It may wait for something that never comes.`,
      );
      pass.fail();
    },
    Math.min(1000, timeoutSeconds * 200),
  );
  timer.unref();
  return timer;
}
