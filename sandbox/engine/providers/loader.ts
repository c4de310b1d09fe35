import { EngineError, type ProviderStarter, type RunningProvider } from "../api";
import { connect, type ProviderClient } from "./connection";
import { RemoteProvider } from "./remote";

export interface LoaderOptions {
  start: ProviderStarter;
  /** `127.0.0.1:<port>` of the `Engine` service. */
  engineAddress: () => string;
  root: string;
  main: string;
  timeoutSeconds: number;
}

/** How long providers may take to come up, where they were just starting, and to keep what they have to keep. */
const longestStopSeconds = 30;

/** When all have settled, or the time is over. */
async function settledWithin(work: readonly Promise<unknown>[], seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  await Promise.race([Promise.allSettled(work), late]);
  clearTimeout(timer);
}

/** The running providers of one run, one for each package and version, and the connections to them. */
export class ProviderLoader {
  private readonly running = new Map<string, Promise<RunningProvider>>();
  private clients: ProviderClient[] = [];

  constructor(private readonly options: LoaderOptions) {}

  /** A new instance, not configured yet. Throws an EngineError that names the package. */
  async load(packageName: string, version: string | undefined, urn: string): Promise<RemoteProvider> {
    const { address } = await this.start(packageName, version, urn);
    const client = connect(address);
    this.clients.push(client);
    const provider = new RemoteProvider(client, this.options.timeoutSeconds, `the provider of package ${packageName}`);
    await provider.handshake(this.options.engineAddress(), this.options.root, this.options.main);
    return provider;
  }

  /** Ends the connections of a pass. The providers go on. */
  disconnect(): void {
    for (const client of this.clients) client.close();
    this.clients = [];
  }

  /** Ends the providers. Never throws. */
  async stop(): Promise<void> {
    this.disconnect();
    // Also those that are still starting.
    const stopping = [...this.running.values()].map(async (one) => (await one).stop());
    await settledWithin(stopping, longestStopSeconds);
  }

  private start(packageName: string, version: string | undefined, urn: string): Promise<RunningProvider> {
    const key = `${packageName}@${version ?? ""}`;
    const known = this.running.get(key);
    if (known !== undefined) return known;
    const started = this.inTime(
      this.options.start({ package: packageName, ...(version === undefined ? {} : { version }), urn }),
    ).catch((error: unknown) => {
      if (error instanceof EngineError) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new EngineError(`The provider of package ${packageName} could not be started: ${reason}`);
    });
    started.catch(() => undefined);
    this.running.set(key, started);
    return started;
  }

  /** The provider as soon as it runs. One that comes too late is stopped, as nobody knows of it any more. */
  private inTime(starting: Promise<RunningProvider>): Promise<RunningProvider> {
    const { timeoutSeconds } = this.options;
    return new Promise((resolve, reject) => {
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(new Error(`it did not start within ${timeoutSeconds} seconds`));
      }, timeoutSeconds * 1000);
      starting.then(
        (provider) => {
          clearTimeout(timer);
          if (isLate) void provider.stop().catch(() => undefined);
          else resolve(provider);
        },
        (error: unknown) => {
          clearTimeout(timer);
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }
}
