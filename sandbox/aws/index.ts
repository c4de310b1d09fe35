import { createHash } from "node:crypto";
import { partitionOf } from "gabion-knowledge";
import type { RunningProvider } from "../engine/api";
import { GenericTypes } from "./server/generic";
import { serve } from "./server/serve";
import { TwinService } from "./server/service";
import { type UsedFact, unsureFacts } from "./types/facts";
import { Account } from "./world/account";
import type { FaultPlan, InjectedFault } from "./world/faults";
import type { OperationRecord } from "./world/model";
import { OutOfBand } from "./world/out-of-band";
import { criticalPath, type Leftover, leftovers, type PathStep, simulatedSeconds } from "./world/report";
import { WorldStore } from "./world/store";

/** Account of providers that name none. */
export const defaultAccount = "123456789012";

export interface WorldOptions {
  /** Where the simulated accounts are kept, one file for each; made when missing. */
  worldFolder: string;
  /** Account of providers that name none (`allowedAccountIds`, `assumeRoles`). Default `123456789012`. */
  accountId?: string;
  /** Shown to whoever finds the account in use. Default `gabion`. */
  holder?: string;
}

export interface AwsTwinOptions extends WorldOptions {
  /** Whether resources of the stack of this URN are served; all other requests are refused. */
  acceptsStack(urn: string): boolean;
  faults?: FaultPlan;
  /** ARNs of roles and users that no stack makes and that are taken to exist; the report says which of them mattered. Default: none. */
  assumedPrincipals?: readonly string[];
  /** Folders from which the installed `@pulumi/aws` is looked for, for types without an entry. Default: the working folder. */
  sdkRoots?: string[];
}

export interface AwsTwin extends RunningProvider {
  /** The accounts that were used so far. */
  accounts(): Account[];
  /** Types that were served without an entry of their own: their outputs are those of the SDK, and nothing about them is checked. */
  genericTypesUsed(): string[];
  /** What the next operations do counts as a new run. Starting the twin begins one. */
  beginRun(): void;
  /** What the last run took and what is to be known about it. */
  report(): TwinReport;
  /** Changes behind Pulumi's back while the twin runs. Without a number: the account of providers that name none. */
  outOfBand(accountId?: string): OutOfBand;
}

export interface TwinReport {
  /** Virtual seconds that the run would take against AWS; the longest of all accounts. */
  simulatedSeconds: number;
  /** The operations that decide it, first one first. */
  criticalPath: PathStep[];
  operations: OperationRecord[];
  genericTypes: string[];
  /** What the table is not certain about, for the types that were used. */
  unsureFacts: UsedFact[];
  /** What AWS made by itself and keeps, and what deleted resources left. */
  leftovers: Leftover[];
  /** What the plan of faults has done. */
  faults: InjectedFault[];
  /** Roles and users that were taken to exist, as far as a resource named them. */
  assumedPrincipals: string[];
}

interface Opened {
  store: WorldStore;
  account: Account;
}

/** Starts the provider that stands in for `aws` 7.48.0. */
export async function startAwsTwin(options: AwsTwinOptions): Promise<AwsTwin> {
  const opened = new Map<string, Opened>();
  const fallback = options.accountId ?? defaultAccount;
  const open = (accountId: string): Account => {
    const known = opened.get(accountId) ?? openAccount(options, accountId, options);
    opened.set(accountId, known);
    return known.account;
  };
  const accounts = () => [...opened.values()].map((one) => one.account);
  const generic = new GenericTypes(options.sdkRoots ?? [process.cwd()]);
  const service = new TwinService({
    acceptsStack: options.acceptsStack,
    fallbackAccount: fallback,
    generic,
    account: open,
  });
  const listening = await serve(service);
  let stopped: Promise<void> | undefined;
  return {
    address: listening.address,
    accounts,
    genericTypesUsed: () => generic.used(),
    beginRun() {
      for (const account of accounts()) account.beginRun();
    },
    report: () => reportOf(accounts(), service.typesUsed(), generic.used()),
    outOfBand: (accountId = fallback) => new OutOfBand(open(accountId)),
    stop() {
      stopped ??= listening.close().then(() => {
        for (const { store } of opened.values()) store.close();
      });
      return stopped;
    },
  };
}

function openAccount(
  options: WorldOptions,
  accountId: string,
  { faults: plan, assumedPrincipals = [] }: Pick<AwsTwinOptions, "faults" | "assumedPrincipals"> = {},
): Opened {
  const seed = createHash("sha256").update(accountId).digest("hex");
  const store = WorldStore.open(options.worldFolder, accountId, seed, options.holder ?? "gabion");
  const partition = (region: string) => partitionOf(region)?.name ?? "aws";
  const faults = { ...(plan === undefined ? {} : { plan }), maxRetries: 25 };
  const account = new Account(store, partition, faults, new Set(assumedPrincipals));
  return { store, account };
}

function reportOf(accounts: Account[], types: string[], genericTypes: string[]): TwinReport {
  const [longest] = [...accounts].sort((a, b) => simulatedSeconds(b) - simulatedSeconds(a));
  return {
    simulatedSeconds: longest === undefined ? 0 : simulatedSeconds(longest),
    criticalPath: longest === undefined ? [] : criticalPath(longest),
    operations: accounts.flatMap((account) => account.records()),
    genericTypes,
    unsureFacts: unsureFacts(types),
    leftovers: accounts.flatMap((account) => leftovers(account)),
    faults: accounts.flatMap((account) => account.faultsInjected()),
    assumedPrincipals: [...new Set(accounts.flatMap((account) => account.view.assumptions))].sort(),
  };
}

export interface OpenWorld {
  outOfBand: OutOfBand;
  leftovers(): Leftover[];
  /** Writes what was changed and lets others have the account. */
  close(): void;
}

/**
 * Opens a simulated account that no twin runs on, to look at it or to change it behind Pulumi's back. Throws `WorldError` when a twin has it open or
 * the file is damaged.
 */
export function openWorld(options: WorldOptions): OpenWorld {
  const { store, account } = openAccount(options, options.accountId ?? defaultAccount);
  return {
    outOfBand: new OutOfBand(account),
    leftovers: () => leftovers(account),
    close: () => store.close(),
  };
}

export type { UsedFact } from "./types/facts";
export { WorldError } from "./world/errors";
export { faultPlanOf, randomFaultPlan } from "./world/fault-plan";
export type { FaultKind, FaultPlan, FaultRule, InjectedFault } from "./world/faults";
export type { Inventory, OutOfBand } from "./world/out-of-band";
export type { Leftover, PathStep } from "./world/report";
