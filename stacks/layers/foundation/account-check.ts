import * as pulumi from "@pulumi/pulumi";
import {
  allowedImageProblems,
  blockPublicAccessProblems,
  type Problem,
  runtimeMonitoringProblems,
} from "gabion-knowledge";
import { type AccountOutputs, accountOutputs } from "../../outputs/account";
import { readLayerOutputs } from "../../outputs/read";
import type { FoundationSettings } from "../../settings";

/** The account's baseline, held against this stack: what its guards would refuse at deployment is refused in the preview. */
export function readAccount(settings: FoundationSettings): pulumi.Output<AccountOutputs> {
  return readLayerOutputs(settings.accountStack, accountOutputs).apply((found) => checkAccount(found, settings));
}

function checkAccount(account: AccountOutputs, settings: FoundationSettings): AccountOutputs {
  const problems: string[] = [];
  for (const field of ["accountId", "region"] as const) {
    if (account[field] !== settings[field]) {
      problems.push(`its ${field} is ${account[field]} and this stack's gabion:${field} is ${settings[field]}`);
    }
  }
  problems.push(...guardProblems(account, settings).map(({ reason, remedy }) => `${reason} (${remedy})`));
  if (problems.length === 0) return account;
  throw new pulumi.RunError(
    `The account's baseline "${settings.accountStack}" does not fit this stack: ${problems.join("; ")}. ` +
      "Correct gabion:accountStack, or the settings of that stack.",
  );
}

/** What the account's guards would refuse of this environment, or leave behind of it. */
function guardProblems(account: AccountOutputs, settings: FoundationSettings): Problem[] {
  const { allowedImages, vpcBlockPublicAccess, guardDuty } = account;
  const { nodePools, gpuPools, attestedPools, network, access } = settings;
  const images = [
    ...[...nodePools, ...gpuPools].map(({ name }) => ({ pool: name })),
    ...attestedPools.map(({ name, image }) => ({ pool: name, ownerId: image?.ownerId })),
    ...(access === undefined ? [] : [{ pool: "access" }]),
  ];
  const egress = network.egress === undefined ? "none" : "inspected";
  return [
    ...eachReason(allowedImageProblems(allowedImages, images)),
    ...blockPublicAccessProblems(vpcBlockPublicAccess, egress, true),
    // Endpoints of every environment have guardduty-data.
    ...runtimeMonitoringProblems(guardDuty, true),
  ];
}

/** Pools with the same problem are told of once. */
function eachReason(problems: readonly Problem[]): Problem[] {
  return problems.filter(({ reason }, index) => problems.findIndex((other) => other.reason === reason) === index);
}
