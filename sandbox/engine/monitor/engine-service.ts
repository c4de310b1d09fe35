import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import type { LogRequest, SetRootResourceRequest } from "@pulumi/pulumi/proto/engine_pb";
import type { Severity } from "../events";
import { unary } from "../protocol/grpc";
import type { Reporter } from "../report";
import { unsupported } from "./features";

const severities: Severity[] = ["debug", "info", "warning", "error"];

/** Pulumi's `Engine`: where the program and the packs send what they have to say. */
export function engineService(reporter: Reporter, active: () => void): UntypedServiceImplementation {
  const messages = (): typeof import("@pulumi/pulumi/proto/engine_pb") => require("@pulumi/pulumi/proto/engine_pb");
  const { Empty } = require("google-protobuf/google/protobuf/empty_pb") as { Empty: new () => unknown };
  let root = "";
  return {
    log: unary(async (request: LogRequest) => {
      active();
      reporter.relay(severities[request.getSeverity()] ?? "info", request.getMessage(), request.getUrn(), {
        ...(request.getEphemeral() ? { ephemeral: true } : {}),
        ...(request.getStreamid() === 0 ? {} : { streamId: request.getStreamid() }),
      });
      return new Empty();
    }),
    getRootResource: unary(async () => new (messages().GetRootResourceResponse)().setUrn(root)),
    setRootResource: unary(async (request: SetRootResourceRequest) => {
      active();
      root = request.getUrn();
      return new (messages().SetRootResourceResponse)();
    }),
    startDebugging: unary(() => Promise.reject(unsupported("the debugger", "the program"))),
    requirePulumiVersion: unary(() => Promise.reject(unsupported("requirePulumiVersion", "the program"))),
  };
}
