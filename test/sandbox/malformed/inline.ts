import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { InlineProgram } from "../../../sandbox/engine";
import { call, insecure } from "../../../sandbox/engine/protocol/grpc";

/** No call of a program ends by itself. */
const forEver = 3600;

/** Asks the monitor for something; the answer, when it comes. */
export type Ask = <Answer>(method: string, request: Parameters<typeof call>[2]) => Promise<Answer>;

/** A program of this process that speaks to the monitor by itself, and says that it is done at the end. */
export const speaking =
  (talk: (ask: Ask) => Promise<unknown>): InlineProgram =>
  async ({ monitor }) => {
    // biome-ignore lint/suspicious/noExplicitAny: the credentials are those of another copy of the type.
    const client = new ResourceMonitorClient(monitor, insecure() as any);
    const ask: Ask = (method, request) => call(client, method, request, forEver);
    try {
      await talk(ask);
      await ask("signalAndWaitForShutdown", new Empty() as never);
    } finally {
      client.close();
    }
  };

export function registration(name: string, inputs: Record<string, unknown> = {}): proto.RegisterResourceRequest {
  const request = new proto.RegisterResourceRequest();
  request.setType("test:index:Resource").setName(name).setCustom(true).setVersion("1.2.3");
  return request.setObject(Struct.fromJavaScript(inputs as Parameters<typeof Struct.fromJavaScript>[0]));
}

/** Registers resources of package `test`, one after the other. */
export const registering = (...requests: proto.RegisterResourceRequest[]): InlineProgram =>
  speaking(async (ask) => {
    for (const request of requests) await ask("registerResource", request);
  });
