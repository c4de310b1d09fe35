import type { CallResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { ResourceCallRequest } from "@pulumi/pulumi/proto/resource_pb";
import { RpcError, status } from "../protocol/grpc";
import { messages as providerMessages } from "../providers/answers";
import type { Provider } from "../providers/types";
import type { PropertyMap } from "../state/types";
import { isProviderType, packageOf, referenceTo } from "../urn";
import { downgradeIndependent, isObject, outputDependencies, upgradeToOutputs } from "../values/inspect";
import { fromStruct, toStruct } from "../values/wire";
import { unsupported } from "./features";
import { checkedUrn } from "./goal-request";
import { isToken, type Registrations } from "./registrations";
import { infoOf, refused } from "./remote-info";
import type { MonitorHost } from "./service";
import type { Origins } from "./source-position";

/** Lets a provider carry out a method of a resource, which is `__self__` among the arguments. */
export async function callMethod(
  host: MonitorHost,
  registrations: Registrations,
  origins: Origins,
  request: ResourceCallRequest,
): Promise<CallResponse> {
  const token = request.getTok();
  if (!isToken(token)) {
    const message = `${JSON.stringify(token)} is no method (<package>:<module>:<type>/<method>)`;
    throw new RpcError(status.invalidArgument, message);
  }
  if (request.getPackageref() !== "") throw unsupported("a parameterized package", token);
  const args = fromStruct(request.getArgs());
  host.hide(args);
  const provider = await host.provider(await providerOf(registrations, request, args.__self__));
  if (provider.call === undefined) throw new Error(`${token}: the provider has no methods`);
  const { result, dependencies, failures } = await origins.handedOn(request, (stackTraceHandle) => {
    const calling = (provider as Required<Provider>).call({
      info: infoOf(host, stackTraceHandle),
      token,
      args: downgradeIndependent(upgradeToOutputs(args)) as PropertyMap,
      argDependencies: argDependencies(request, args),
    });
    const tell = (error: Error) => `call to function '${token}' failed: ${error.message}`;
    return host.whileProviderWorks(calling, `The provider of '${token}'`).catch(refused(host, tell));
  });
  host.hide(result);
  const { CallResponse: Response, CheckFailure } = providerMessages();
  const response = new Response();
  response.setReturn(toStruct(result, { unknowns: true, secrets: true, resources: true }));
  for (const [key, urns] of Object.entries(dependencies)) {
    response.getReturndependenciesMap().set(key, new Response.ReturnDependencies().setUrnsList(urns));
  }
  response.setFailuresList(
    failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason)),
  );
  return response;
}

/** A method of a provider goes to that one; another to the one that is named, that manages the resource, or the default one of the package. */
async function providerOf(registrations: Registrations, request: ResourceCallRequest, self: unknown): Promise<string> {
  const token = request.getTok();
  const { urn, id } = isObject(self) ? self : {};
  if (isProviderType(token)) {
    if (typeof urn !== "string" || typeof id !== "string")
      throw new Error(`${token} needs a provider as its \`__self__\``);
    return referenceTo(checkedUrn(urn, "the provider"), id);
  }
  const named = request.getProvider() || (typeof urn === "string" ? registrations.managerOf(urn) : "");
  return registrations.providerOf(named, packageOf(token), request.getVersion());
}

function argDependencies(request: ResourceCallRequest, args: PropertyMap): Record<string, string[]> {
  const result: Record<string, string[]> = {};
  const named = request.getArgdependenciesMap().entries() as Iterable<[string, { getUrnsList(): string[] }]>;
  for (const [key, list] of named) {
    result[key] = list.getUrnsList().map((urn) => checkedUrn(urn, `a dependency of argument ${key}`));
  }
  for (const [key, value] of Object.entries(args)) {
    result[key] = [...new Set([...(result[key] ?? []), ...outputDependencies(value)])];
  }
  return result;
}
