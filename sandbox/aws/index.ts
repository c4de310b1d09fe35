import { createHash } from "node:crypto";
import { partitionOf } from "gabion-knowledge";
import type { RunningProvider } from "../engine/api";
import { GenericTypes } from "./server/generic";
import { serve } from "./server/serve";
import { TwinService } from "./server/service";
import { Account } from "./world/account";
import type { FaultPlan } from "./world/faults";
import { WorldStore } from "./world/store";

export interface AwsTwinOptions {
  /** Where the simulated accounts are kept, one file for each; made when missing. */
  worldFolder: string;
  /** Whether resources of the stack of this URN are served; all other requests are refused. */
  acceptsStack(urn: string): boolean;
  /** Account of providers that name none (`allowedAccountIds`, `assumeRoles`). Default `123456789012`. */
  accountId?: string;
  faults?: FaultPlan;
  /** Folders from which the installed `@pulumi/aws` is looked for, for types without an entry. Default: the working folder. */
  sdkRoots?: string[];
  /** Shown to whoever finds the account in use. Default `gabion`. */
  holder?: string;
}

export interface AwsTwin extends RunningProvider {
  /** The accounts that were used so far. */
  accounts(): Account[];
  /** Types that were served without an entry of their own: their outputs are those of the SDK, and nothing about them is checked. */
  genericTypesUsed(): string[];
}

/** Starts the provider that stands in for `aws` 7.48.0. */
export async function startAwsTwin(options: AwsTwinOptions): Promise<AwsTwin> {
  const stores = new Map<string, WorldStore>();
  const accounts = new Map<string, Account>();
  const generic = new GenericTypes(options.sdkRoots ?? [process.cwd()]);
  const service = new TwinService({
    acceptsStack: options.acceptsStack,
    fallbackAccount: options.accountId ?? "123456789012",
    generic,
    account: (accountId) => {
      let account = accounts.get(accountId);
      if (account === undefined) {
        const seed = createHash("sha256").update(accountId).digest("hex");
        const store = WorldStore.open(options.worldFolder, accountId, seed, options.holder ?? "gabion");
        stores.set(accountId, store);
        account = new Account(store, (region) => partitionOf(region)?.name ?? "aws", {
          ...(options.faults === undefined ? {} : { plan: options.faults }),
          maxRetries: 25,
        });
        accounts.set(accountId, account);
      }
      return account;
    },
  });
  const listening = await serve(service);
  let stopped: Promise<void> | undefined;
  return {
    address: listening.address,
    accounts: () => [...accounts.values()],
    genericTypesUsed: () => generic.used(),
    stop() {
      stopped ??= listening.close().then(() => {
        for (const store of stores.values()) store.close();
      });
      return stopped;
    },
  };
}

export type { FaultKind, FaultPlan, FaultRule } from "./world/faults";
export { WorldError } from "./world/errors";
