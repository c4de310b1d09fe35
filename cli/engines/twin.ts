import type * as awsTwin from "gabion-sandbox/aws";
import { describeUrn, stackOfUrn } from "../display/resources";
import { CliError, exitCodes } from "../errors";
import type { Host } from "../host";
import type { ProviderStarter } from "./contract";
import type { Simulation } from "./outcome";

export interface TwinRequest {
  worldFolder: string;
  /** Stacks that are served; every other is refused by its URN. */
  stacks: ReadonlySet<string>;
  /** Where `@pulumi/aws` is installed for. */
  sdkRoot: string;
  /** Shown to whoever finds the account in use. */
  holder: string;
  /** Roles and users that no stack makes and that are taken to exist. */
  assumedPrincipals: readonly string[];
  /** What goes wrong. */
  faults?: awsTwin.FaultPlan;
}

export interface ProvidersRequest extends TwinRequest {
  /** Folders of component packages by the name of the package. */
  componentPackages: Readonly<Record<string, string>>;
}

export async function startTwin(host: Host, request: TwinRequest): Promise<awsTwin.AwsTwin> {
  const { startAwsTwin } = await host.loadTwin();
  return startAwsTwin({
    worldFolder: request.worldFolder,
    acceptsStack: (urn) => request.stacks.has(stackOfUrn(urn)),
    sdkRoots: [request.sdkRoot],
    holder: request.holder,
    assumedPrincipals: request.assumedPrincipals,
    ...(request.faults === undefined ? {} : { faults: request.faults }),
  });
}

const principalForm = /^arn:[a-z-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/;

/** Roles and users that a stack's settings name. The stack does not make them, so they are there before it. */
export function principalsIn(values: unknown): string[] {
  if (typeof values === "string") return principalForm.test(values) ? [values] : [];
  if (typeof values !== "object" || values === null) return [];
  return [...new Set(Object.values(values).flatMap(principalsIn))].sort();
}

/** The providers of one run. What they know is asked after the run. */
export class Providers {
  private readonly twins: awsTwin.AwsTwin[] = [];

  constructor(
    private readonly host: Host,
    private readonly request: ProvidersRequest,
  ) {}

  readonly start: ProviderStarter = async ({ package: name, urn }) => {
    const folder = this.request.componentPackages[name];
    if (folder !== undefined) return (await import("gabion-sandbox/components")).startComponents({ folder });
    if (name !== "aws") throw unknownPackage(name, urn);
    const twin = await startTwin(this.host, this.request);
    this.twins.push(twin);
    return twin;
  };

  get wereUsed(): boolean {
    return this.twins.length > 0;
  }

  /** What the twins know of the run; of several accounts the one that took longest decides the time. */
  simulation(): Simulation {
    const reports = this.twins.map((twin) => twin.report());
    const [longest] = [...reports].sort((a, b) => b.simulatedSeconds - a.simulatedSeconds);
    return {
      seconds: longest?.simulatedSeconds ?? 0,
      criticalPath: longest?.criticalPath ?? [],
      genericTypes: [...new Set(reports.flatMap(({ genericTypes }) => genericTypes))].sort(),
      unsureFacts: reports.flatMap(({ unsureFacts }) => unsureFacts),
      leftovers: reports.flatMap(({ leftovers }) => leftovers),
      assumedPrincipals: [...new Set(reports.flatMap((report) => report.assumedPrincipals))].sort(),
      ...this.faults(reports.flatMap(({ faults }) => faults)),
    };
  }

  private faults(injected: awsTwin.InjectedFault[]): Pick<Simulation, "faults"> {
    const plan = this.request.faults;
    return plan === undefined ? {} : { faults: { ...plan, injected } };
  }
}

function unknownPackage(name: string, urn: string): CliError {
  return new CliError(
    `${describeUrn(urn)} needs the provider of the package "${name}", and the embedded engine has one for "aws" and for component packages in folders of the project only. ` +
      "Run the stack with --engine pulumi, or take the resource out of stacks that are simulated.",
    exitCodes.failed,
  );
}
