import { call, channelOptions, type Headers, insecure } from "../protocol/grpc";
import { asProviderError, readInitFailure } from "./answers";

export interface ProviderClient {
  close(): void;
}

/** Connects to a `ResourceProvider` service. Each instance of a provider gets a connection of its own, by which a provider can tell them apart. */
export function connect(address: string): ProviderClient {
  const services = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
    ResourceProviderClient: new (target: string, credentials: unknown, options: object) => ProviderClient;
  };
  return new services.ResourceProviderClient(address, insecure(), {
    ...channelOptions,
    "grpc.use_local_subchannel_pool": 1,
  });
}

type RequestMessage = Parameters<typeof call>[2];

/** What a provider gets beyond the time-out that it was told, and to end what it is doing, in seconds. */
const grace = 5;

/** The calls to one instance of a provider: how long each may take, and how a failure of one reads. */
export class Connection {
  constructor(
    private readonly client: object,
    /** Longest silence of the provider. */
    private readonly timeoutSeconds: number,
    /** What messages call the provider. */
    readonly label: string,
  ) {}

  /** The answer, or the failure as gRPC tells it. */
  ask<Response>(method: string, message: RequestMessage, timeoutSeconds = 0, headers: Headers = {}): Promise<Response> {
    return call<typeof message, Response>(
      this.client,
      method,
      message,
      Math.max(this.timeoutSeconds, timeoutSeconds > 0 ? timeoutSeconds + grace : 0),
      headers,
    );
  }

  /** The answer, or the failure in words. */
  async send<Response>(
    method: string,
    message: RequestMessage,
    timeoutSeconds = 0,
    headers?: Headers,
  ): Promise<Response> {
    try {
      return await this.ask<Response>(method, message, timeoutSeconds, headers);
    } catch (error) {
      throw asProviderError(error, this.label);
    }
  }

  /** A failure that says the resource exists but is not ready is a result. */
  async operate<Response, Result>(
    method: string,
    message: RequestMessage,
    timeoutSeconds: number,
    read: (response: Response) => Result,
    headers: Headers = {},
  ): Promise<Result> {
    try {
      return read(await this.ask<Response>(method, message, timeoutSeconds, headers));
    } catch (error) {
      const partial = readInitFailure(error);
      if (partial === undefined) throw asProviderError(error, this.label);
      return partial as Result;
    }
  }

  /** Asks the provider to end what it is doing. Never fails. */
  async cancel(): Promise<void> {
    const { Empty } = require("google-protobuf/google/protobuf/empty_pb") as { Empty: new () => never };
    await call(this.client, "cancel", new Empty(), grace).catch(() => undefined);
  }
}
