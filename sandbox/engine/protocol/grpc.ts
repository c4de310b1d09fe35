import type * as grpcModule from "@grpc/grpc-js";
import type { handleUnaryCall, Server, ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";
import type { Message } from "google-protobuf";
import { lazy } from "../values/lazy";

/** Pulumi's own limit of a message. */
const maxMessageBytes = 400 * 1024 * 1024;

export const channelOptions = {
  "grpc.max_receive_message_length": maxMessageBytes,
  "grpc.max_send_message_length": maxMessageBytes,
};

/** grpc is heavy, so it is loaded after the program's process was started. */
export const grpc = lazy(() => require("@grpc/grpc-js") as typeof grpcModule);

/** An error with a gRPC status, as a program or a provider gets it. */
export class RpcError extends Error {
  constructor(
    readonly code: number,
    readonly details: string,
  ) {
    super(details);
  }
}

/** gRPC status codes that the engine uses. Source: the gRPC specification. */
export const status = {
  cancelled: 1,
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
} as const;

/** Wraps an async function as the handler of a unary call. Whatever it throws becomes a status; nothing escapes. */
export function unary<Request, Response>(
  handler: (request: Request, metadata: { get(key: string): unknown[] }) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handler(call.request, call.metadata))
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          const code = error instanceof RpcError ? error.code : status.unknown;
          callback({ code, details: error instanceof Error ? error.message : String(error) });
        },
      );
  };
}

export interface RunningServer {
  /** `127.0.0.1:<port>` */
  address: string;
  close(): void;
}

/** Serves on a free loopback port. */
export async function serve(services: [ServiceDefinition, UntypedServiceImplementation][]): Promise<RunningServer> {
  const server: Server = new (grpc().Server)(channelOptions);
  for (const [definition, implementation] of services) server.addService(definition, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc().ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}

type UnaryMethod<Request, Response> = (
  request: Request,
  metadata: grpcModule.Metadata,
  options: grpcModule.CallOptions,
  callback: (error: grpcModule.ServiceError | null, response: Response) => void,
) => grpcModule.ClientUnaryCall;

/** Metadata of a call: what is sent with it, and who is told what comes back before the answer. */
export interface Headers {
  sent?: Record<string, string>;
  received?(metadata: grpcModule.Metadata): void;
}

/** Calls a method of a generated client with a deadline. */
export function call<Request extends Message, Response>(
  client: object,
  method: string,
  request: Request,
  timeoutSeconds: number,
  { sent = {}, received }: Headers = {},
): Promise<Response> {
  const functions = client as Record<string, UnaryMethod<Request, Response>>;
  const metadata = new (grpc().Metadata)();
  for (const [name, value] of Object.entries(sent)) metadata.set(name, value);
  return new Promise<Response>((resolve, reject) => {
    const options = { deadline: Date.now() + timeoutSeconds * 1000 };
    const calling = functions[method]?.call(client, request, metadata, options, (error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
    if (received !== undefined) calling?.on("metadata", received);
  });
}

export const insecure = (): grpcModule.ChannelCredentials => grpc().credentials.createInsecure();
