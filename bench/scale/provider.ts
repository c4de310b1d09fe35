import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type RunningServer, serve, unary } from "../../sandbox/engine/protocol/grpc";

/** A provider that does nothing and keeps nothing, so that what is measured is the engine. */
export function trivialProvider(): Promise<RunningServer> {
  const { DIFF_NONE } = messages.DiffResponse.DiffChanges;
  let made = 0;
  const nextId = (): string => {
    made += 1;
    return `made-${made}`;
  };
  return serve([
    [
      ResourceProviderService as never,
      {
        checkConfig: unary(async (request: messages.CheckRequest) =>
          new messages.CheckResponse().setInputs(request.getNews()),
        ),
        diffConfig: unary(async () => new messages.DiffResponse().setChanges(DIFF_NONE)),
        configure: unary(async () =>
          new messages.ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setSupportspreview(true),
        ),
        check: unary(async (request: messages.CheckRequest) =>
          new messages.CheckResponse().setInputs(request.getNews()),
        ),
        diff: unary(async () => new messages.DiffResponse().setChanges(DIFF_NONE)),
        create: unary(async (request: messages.CreateRequest) =>
          new messages.CreateResponse().setId(nextId()).setProperties(request.getProperties()),
        ),
        read: unary(async (request: messages.ReadRequest) =>
          new messages.ReadResponse()
            .setId(request.getId())
            .setProperties(request.getProperties())
            .setInputs(request.getInputs()),
        ),
        delete: unary(async () => new Empty()),
        cancel: unary(async () => new Empty()),
      },
    ],
  ]);
}
