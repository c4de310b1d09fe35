import type * as grpcModule from "@grpc/grpc-js";
import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type * as statusMessages from "@pulumi/pulumi/proto/status_pb";
import type * as anyMessages from "google-protobuf/google/protobuf/any_pb";
import { WorldError } from "../world/errors";
import { NotReady, Refused, type TwinService } from "./service";
import { close, open } from "./values";

/** Pulumi's own limit of a message. */
const maxMessageBytes = 400 * 1024 * 1024;

export const packageVersion = "7.48.0";

/** Source: `sandbox/engine/providers/remote.ts`, where it is described. */
const resumeHeader = "gabion-resume";

/** `creation`: the mark that the engine has sent with the call. */
type Handler<Request, Response> = (request: Request, peer: string, creation?: string) => Response;

export interface Listening {
  address: string;
  close(): Promise<void>;
}

/** Serves the twin as Pulumi's `ResourceProvider` on a free loopback port. */
export async function serve(service: TwinService): Promise<Listening> {
  const grpc = require("@grpc/grpc-js") as typeof grpcModule;
  const services = require("@pulumi/pulumi/proto/provider_grpc_pb") as {
    ResourceProviderService: grpcModule.ServiceDefinition;
  };
  const server = new grpc.Server({
    "grpc.max_receive_message_length": maxMessageBytes,
    "grpc.max_send_message_length": maxMessageBytes,
  });
  server.addService(services.ResourceProviderService, implementation(service, grpc));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: `127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          server.forceShutdown();
          resolve();
        }, 2000);
        server.tryShutdown(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

function implementation(service: TwinService, grpc: typeof grpcModule): grpcModule.UntypedServiceImplementation {
  const p = require("@pulumi/pulumi/proto/provider_pb") as typeof providerMessages;
  const plugin = require("@pulumi/pulumi/proto/plugin_pb") as typeof import("@pulumi/pulumi/proto/plugin_pb");
  const empties =
    require("google-protobuf/google/protobuf/empty_pb") as typeof import("google-protobuf/google/protobuf/empty_pb");
  const empty = () => new empties.Empty();

  const unary =
    <Request, Response>(handler: Handler<Request, Response>): grpcModule.handleUnaryCall<Request, Response> =>
    (call, callback) => {
      try {
        const [creation] = call.metadata.get(resumeHeader);
        callback(null, handler(call.request, call.getPeer(), creation?.toString()));
      } catch (error) {
        const codes = {
          invalid: grpc.status.INVALID_ARGUMENT,
          failed: grpc.status.UNKNOWN,
          unimplemented: grpc.status.UNIMPLEMENTED,
          unavailable: grpc.status.UNAVAILABLE,
        };
        if (error instanceof NotReady) callback(initFailure(error, grpc, p));
        else if (error instanceof Refused) callback({ code: codes[error.code], details: error.message });
        else if (error instanceof WorldError)
          callback({ code: grpc.status.FAILED_PRECONDITION, details: error.message });
        else
          callback({
            code: grpc.status.INTERNAL,
            details: `fault in the AWS twin: ${String((error as Error)?.stack ?? error)}`,
          });
      }
    };

  const absent = (method: string) =>
    unary<unknown, never>(() => {
      throw new Refused(`The AWS twin does not have ${method}`, "unimplemented");
    });

  const failure = ({ property, reason }: { property: string; reason: string }) => {
    const message = new p.CheckFailure();
    message.setProperty(property);
    message.setReason(reason);
    return message;
  };

  return {
    handshake: ((call, callback) => {
      const resumes = new grpc.Metadata();
      resumes.set(resumeHeader, "create delete");
      call.sendMetadata(resumes);
      const response = new p.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      response.setSupportsAutonamingConfiguration(true);
      callback(null, response);
    }) as grpcModule.handleUnaryCall<unknown, providerMessages.ProviderHandshakeResponse>,
    getPluginInfo: unary(() => {
      const response = new plugin.PluginInfo();
      response.setVersion(packageVersion);
      return response;
    }),
    attach: unary(empty),
    cancel: unary((_request, peer) => {
      service.cancel(peer);
      return empty();
    }),
    getSchema: absent("a schema"),
    parameterize: absent("parameters"),
    call: absent("methods"),
    construct: absent("components"),
    getMapping: unary(() => new p.GetMappingResponse()),
    getMappings: unary(() => new p.GetMappingsResponse()),
    checkConfig: unary<providerMessages.CheckRequest, providerMessages.CheckResponse>((request) => {
      const news = open(request.getNews());
      const response = new p.CheckResponse();
      response.setFailuresList(service.checkConfig(request.getUrn(), news).map(failure));
      response.setInputs(close(news.values, news.secrets));
      return response;
    }),
    diffConfig: unary<providerMessages.DiffRequest, providerMessages.DiffResponse>((request) => {
      const { changed, replaces } = service.diffConfig(
        open(request.getOldInputs() ?? request.getOlds()).values,
        open(request.getNews()).values,
      );
      const response = new p.DiffResponse();
      const kinds = p.DiffResponse.DiffChanges;
      response.setChanges(changed.length > 0 ? kinds.DIFF_SOME : kinds.DIFF_NONE);
      response.setDiffsList(changed);
      response.setReplacesList(replaces);
      return response;
    }),
    configure: unary<providerMessages.ConfigureRequest, providerMessages.ConfigureResponse>((request, peer) => {
      service.configure(peer, request.getUrn() ?? "", configurationOf(request));
      const response = new p.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),
    check: unary<providerMessages.CheckRequest, providerMessages.CheckResponse>((request, peer) => {
      const asked = request.getAutonaming();
      const modes = ["propose", "enforce", "disable"] as const;
      const options =
        asked === undefined
          ? undefined
          : { proposedName: asked.getProposedName(), mode: modes[asked.getMode() as number] ?? "propose" };
      const checked = service.check(
        peer,
        request.getUrn(),
        request.hasOlds() ? open(request.getOlds()) : undefined,
        open(request.getNews()),
        { randomSeed: request.getRandomseed_asU8(), options },
      );
      const response = new p.CheckResponse();
      response.setInputs(close(checked.values, checked.secrets));
      response.setFailuresList(checked.failures.map(failure));
      return response;
    }),
    diff: unary<providerMessages.DiffRequest, providerMessages.DiffResponse>((request) => {
      const { changes, deleteBeforeReplace } = service.diff(
        request.getUrn(),
        open(request.getOldInputs() ?? request.getOlds()),
        open(request.getOlds()),
        open(request.getNews()),
        request.getIgnorechangesList(),
      );
      const response = new p.DiffResponse();
      const kinds = p.DiffResponse.DiffChanges;
      response.setChanges(changes.length > 0 ? kinds.DIFF_SOME : kinds.DIFF_NONE);
      const top = (path: string) => /^[^.[]+/.exec(path)?.[0] ?? path;
      response.setDiffsList([...new Set(changes.map((change) => top(change.path)))]);
      response.setReplacesList([
        ...new Set(changes.filter((change) => change.replaces).map((change) => top(change.path))),
      ]);
      response.setDeletebeforereplace(deleteBeforeReplace);
      response.setHasdetaileddiff(true);
      const kindOf = p.PropertyDiff.Kind;
      for (const { path, kind, replaces } of changes) {
        const property = new p.PropertyDiff();
        const name = `${kind.toUpperCase()}${replaces ? "_REPLACE" : ""}` as keyof typeof kindOf;
        property.setKind(kindOf[name]);
        response.getDetaileddiffMap().set(path, property);
      }
      return response;
    }),
    create: unary<providerMessages.CreateRequest, providerMessages.CreateResponse>((request, peer, creation) => {
      const inputs = open(request.getProperties());
      const made = service.create(peer, request.getUrn(), inputs, request.getPreview(), creation);
      const response = new p.CreateResponse();
      response.setId(made.id);
      response.setProperties(close(made.values, made.secrets));
      return response;
    }),
    update: unary<providerMessages.UpdateRequest, providerMessages.UpdateResponse>((request, peer) => {
      const outputs = open(request.getOlds());
      const inputs = request.hasOldInputs() ? open(request.getOldInputs()) : outputs;
      const news = open(request.getNews());
      const made = service.update(
        peer,
        request.getUrn(),
        request.getId(),
        { inputs, outputs },
        news,
        request.getPreview(),
      );
      const response = new p.UpdateResponse();
      response.setProperties(close(made.values, made.secrets));
      return response;
    }),
    delete: unary<providerMessages.DeleteRequest, unknown>((request, peer, creation) => {
      const properties = open(request.getProperties());
      if (creation === undefined) service.delete(peer, request.getUrn(), request.getId(), properties);
      else service.deleteCreated(peer, request.getUrn(), creation, properties);
      return empty();
    }),
    read: unary<providerMessages.ReadRequest, providerMessages.ReadResponse>((request, peer) => {
      const state = open(request.getProperties());
      const inputs = open(request.getInputs());
      const found = service.read(peer, request.getUrn(), request.getId(), state, inputs);
      const response = new p.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.result.id);
      response.setProperties(close(found.result.values, found.result.secrets));
      response.setInputs(close(found.inputs, [...inputs.secrets, ...state.secrets]));
      return response;
    }),
    invoke: unary<providerMessages.InvokeRequest, providerMessages.InvokeResponse>((request, peer) => {
      const response = new p.InvokeResponse();
      response.setReturn(close(service.invoke(peer, request.getTok(), open(request.getArgs()))));
      return response;
    }),
  };
}

/** The form in which a provider says that a resource exists but is not ready. Source: `ErrorResourceInitFailed` of Pulumi's protocol. */
function initFailure(
  error: NotReady,
  grpc: typeof grpcModule,
  p: typeof providerMessages,
): Partial<grpcModule.StatusObject> {
  const { Any } = require("google-protobuf/google/protobuf/any_pb") as typeof anyMessages;
  const { Status } = require("@pulumi/pulumi/proto/status_pb") as typeof statusMessages;
  const detail = new p.ErrorResourceInitFailed();
  detail.setId(error.result.id);
  detail.setProperties(close(error.result.values, error.result.secrets));
  detail.setInputs(close(error.inputs.values, error.inputs.secrets));
  detail.setReasonsList(error.reasons);
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: error.message, metadata };
}

/** Engines send the configuration as `args`; old ones as variables with the package's name in front. */
function configurationOf(request: providerMessages.ConfigureRequest) {
  if (request.hasArgs()) return open(request.getArgs());
  const values: Record<string, unknown> = {};
  request.getVariablesMap().forEach((value, key) => {
    values[key.slice(key.lastIndexOf(":") + 1)] = value;
  });
  return { values, secrets: [] };
}
