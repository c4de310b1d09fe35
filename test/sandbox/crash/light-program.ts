import type * as grpcModule from "@grpc/grpc-js";
import type * as resourceClients from "@pulumi/pulumi/proto/resource_grpc_pb";
import type * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { InlineProgram } from "../../../sandbox/engine";

/** One resource of `test/fixtures/programs/ten/resources.js`. */
export interface Described {
  type: string;
  name: string;
  needs: string[];
  after: string[];
  properties(ids: Record<string, string>): Record<string, unknown>;
}

interface Made {
  urn: string;
  id: string;
}

/**
 * Registers resources as the program of `test/fixtures/programs/ten` does, over the same service, without Pulumi's runtime: what takes a second there takes a
 * few hundredths here.
 */
export const lightProgram =
  (resources: readonly Described[], stack: string): InlineProgram =>
  async ({ monitor }) => {
    const grpc = require("@grpc/grpc-js") as typeof grpcModule;
    const { ResourceMonitorClient } = require("@pulumi/pulumi/proto/resource_grpc_pb") as typeof resourceClients;
    const client = new ResourceMonitorClient(monitor, grpc.credentials.createInsecure());
    try {
      const root = await register(client, { type: "pulumi:pulumi:Stack", name: stack });
      await registerAll(client, resources, root.urn);
    } finally {
      client.close();
    }
  };

async function registerAll(
  client: resourceClients.ResourceMonitorClient,
  resources: readonly Described[],
  parent: string,
): Promise<void> {
  const made = new Map<string, Promise<Made>>();
  const makeOne = async ({ type, name, needs, after, properties }: Described): Promise<Made> => {
    const known = await Promise.all(needs.map((other) => made.get(other) as Promise<Made>));
    const others = await Promise.all(after.map((other) => made.get(other) as Promise<Made>));
    const ids = Object.fromEntries(known.map(({ id }, at) => [needs[at], id]));
    const dependencies = [...known, ...others].map(({ urn }) => urn);
    return register(client, { type, name, parent, properties: properties(ids), dependencies });
  };
  for (const resource of resources) made.set(resource.name, makeOne(resource));
  const results = await Promise.allSettled(made.values());
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

interface Request {
  type: string;
  name: string;
  parent?: string;
  properties?: Record<string, unknown>;
  dependencies?: string[];
}

function register(client: resourceClients.ResourceMonitorClient, asked: Request): Promise<Made> {
  const { RegisterResourceRequest } = require("@pulumi/pulumi/proto/resource_pb") as typeof resourceMessages;
  const { type, name, parent, properties, dependencies } = asked;
  const request = new RegisterResourceRequest();
  request
    .setType(type)
    .setName(name)
    .setCustom(parent !== undefined)
    .setParent(parent ?? "");
  request.setObject(Struct.fromJavaScript((properties ?? {}) as Parameters<typeof Struct.fromJavaScript>[0]));
  request.setDependenciesList(dependencies ?? []);
  request.setAcceptsecrets(true).setAcceptresources(true);
  return new Promise((resolve, reject) => {
    client.registerResource(request, (error, response) =>
      error === null ? resolve({ urn: response.getUrn(), id: response.getId() }) : reject(error),
    );
  });
}
