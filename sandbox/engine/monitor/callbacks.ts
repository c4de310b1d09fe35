import type { CallbackInvokeResponse } from "@pulumi/pulumi/proto/callback_pb";
import { call, channelOptions, insecure, RpcError, status } from "../protocol/grpc";

interface Client {
  close(): void;
}

/** A function of the program that the engine may call. */
export interface Callback {
  getToken(): string;
  getTarget(): string;
}

/** Connections to the servers on which programs offer their functions. */
export class Callbacks {
  private readonly clients = new Map<string, Client>();

  constructor(private readonly timeoutSeconds: number) {}

  /** The serialized answer of the function. */
  async invoke(callback: Callback, request: Uint8Array): Promise<Uint8Array> {
    const { CallbackInvokeRequest } =
      require("@pulumi/pulumi/proto/callback_pb") as typeof import("@pulumi/pulumi/proto/callback_pb");
    const message = new CallbackInvokeRequest();
    message.setToken(callback.getToken());
    message.setRequest(request);
    const client = this.client(callback.getTarget());
    try {
      const response = await call<typeof message, CallbackInvokeResponse>(
        client,
        "invoke",
        message,
        this.timeoutSeconds,
      );
      return response.getResponse_asU8();
    } catch (error) {
      throw this.explained(error);
    }
  }

  private explained(error: unknown): unknown {
    if ((error as { code?: unknown }).code !== status.deadlineExceeded) return error;
    return new Error(`a function of the program did not answer within ${this.timeoutSeconds} seconds`);
  }

  close(): void {
    for (const client of this.clients.values()) client.close();
    this.clients.clear();
  }

  private client(target: string): Client {
    if (target === "") throw new RpcError(status.invalidArgument, "a callback needs a target");
    const known = this.clients.get(target);
    if (known !== undefined) return known;
    const services = require("@pulumi/pulumi/proto/callback_grpc_pb") as {
      CallbacksClient: new (target: string, credentials: unknown, options: object) => Client;
    };
    const client = new services.CallbacksClient(target, insecure(), channelOptions);
    this.clients.set(target, client);
    return client;
  }
}
