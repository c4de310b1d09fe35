import type { ServiceError } from "@grpc/grpc-js";
import type * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import type { DiffKind } from "../events";
import { RpcError, status } from "../protocol/grpc";
import { lazy } from "../values/lazy";
import { fromStruct } from "../values/wire";
import { type DiffResult, type OperationResult, ProviderError, type ReadResult } from "./types";

type Messages = typeof providerMessages;
export const messages = lazy(() => require("@pulumi/pulumi/proto/provider_pb") as Messages);

const kinds: DiffKind[] = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];

/** The name of a number of an enumeration. Guessing at one that does not exist could replace a resource, or leave it as it is. */
function named<Name>(names: readonly Name[], number: number, what: string): Name {
  const name = names[number];
  if (name === undefined)
    throw new ProviderError(`the provider answered Diff with ${what} ${number}, which does not exist`, false);
  return name;
}

export function readDiff(response: providerMessages.DiffResponse): DiffResult {
  const changes = named(["unknown", "none", "some"] as const, response.getChanges(), "the change");
  const result: DiffResult = {
    changes,
    replaceKeys: response.getReplacesList(),
    changedKeys: response.getDiffsList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
  };
  if (!response.getHasdetaileddiff()) return result;
  const detailed: NonNullable<DiffResult["detailedDiff"]> = {};
  for (const [path, diff] of response.getDetaileddiffMap().entries() as Iterable<
    [string, providerMessages.PropertyDiff]
  >) {
    detailed[path] = { kind: named(kinds, diff.getKind(), "the kind of difference"), inputDiff: diff.getInputdiff() };
  }
  return { ...result, detailedDiff: detailed };
}

export const readCreate = (response: providerMessages.CreateResponse): OperationResult => ({
  id: response.getId(),
  outputs: fromStruct(response.getProperties()),
  refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
  initErrors: [],
});

export const readUpdate = (response: providerMessages.UpdateResponse, id: string): OperationResult => ({
  id,
  outputs: fromStruct(response.getProperties()),
  refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
  initErrors: [],
});

export const readRead = (response: providerMessages.ReadResponse): ReadResult => ({
  ...(response.getId() === "" ? {} : { id: response.getId() }),
  ...(response.hasInputs() ? { inputs: fromStruct(response.getInputs()) } : {}),
  ...(response.hasProperties() ? { outputs: fromStruct(response.getProperties()) } : {}),
  refreshBeforeUpdate: response.getRefreshBeforeUpdate(),
  initErrors: [],
});

const isServiceError = (error: unknown): error is ServiceError =>
  error instanceof Error && typeof (error as { code?: unknown }).code === "number";

export const isUnimplemented = (error: unknown): boolean =>
  isServiceError(error) && error.code === status.unimplemented;

/** What a failed operation left behind, when the failure says that the resource exists but did not become ready. */
export function readInitFailure(error: unknown): ReadResult | undefined {
  if (!isServiceError(error)) return undefined;
  for (const detail of detailsOf(error, "pulumirpc.ErrorResourceInitFailed")) {
    const failure = messages().ErrorResourceInitFailed.deserializeBinary(detail);
    return {
      id: failure.getId(),
      outputs: fromStruct(failure.getProperties()),
      ...(failure.hasInputs() ? { inputs: fromStruct(failure.getInputs()) } : {}),
      refreshBeforeUpdate: failure.getRefreshBeforeUpdate(),
      initErrors: failure.getReasonsList().length > 0 ? failure.getReasonsList() : ["resource init failed"],
    };
  }
  return undefined;
}

/** Details of a failure of one kind. */
function detailsOf(error: ServiceError, type: string): Uint8Array[] {
  const [packed] = error.metadata?.get("grpc-status-details-bin") ?? [];
  if (!(packed instanceof Uint8Array)) return [];
  const { Status } = require("@pulumi/pulumi/proto/status_pb") as typeof import("@pulumi/pulumi/proto/status_pb");
  return Status.deserializeBinary(packed)
    .getDetailsList()
    .filter((detail) => detail.getTypeUrl().endsWith(type))
    .map((detail) => detail.getValue_asU8());
}

/** What the provider has to say of single inputs, behind its message. */
function withInputProblems(error: ServiceError): string {
  const { InputPropertiesError } =
    require("@pulumi/pulumi/proto/errors_pb") as typeof import("@pulumi/pulumi/proto/errors_pb");
  const problems = detailsOf(error, "pulumirpc.InputPropertiesError").flatMap((detail) =>
    InputPropertiesError.deserializeBinary(detail).getErrorsList(),
  );
  const lines = problems.map(
    (problem) => `property ${problem.getPropertyPath()} has a problem: ${problem.getReason()}`,
  );
  return [error.details, ...lines].filter((line) => line !== "").join("\n    - ");
}

/** The failure of a call in words, with what is known of its outcome. */
export function asProviderError(error: unknown, label: string): Error {
  if (error instanceof ProviderError || error instanceof RpcError || !isServiceError(error)) {
    return error instanceof Error ? error : new Error(String(error));
  }
  if (error.code === status.deadlineExceeded) return new ProviderError(`${label} did not answer in time`, true, true);
  if (error.code === status.unavailable || error.code === status.cancelled) {
    return new ProviderError(`${label} is gone: ${error.details}`, true, true);
  }
  // The code alone also says that an account has reached a limit.
  if (error.code === status.resourceExhausted && /message.* larger than|size larger than/i.test(error.details)) {
    return new ProviderError(`${label} sent or was sent more than a message may hold: ${error.details}`, true, true);
  }
  const unknown = [status.internal, status.dataLoss, status.unknown].includes(error.code as never);
  return new ProviderError(
    withInputProblems(error),
    unknown,
    error.code === status.internal || error.code === status.dataLoss,
  );
}
