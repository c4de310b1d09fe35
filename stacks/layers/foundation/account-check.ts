import * as pulumi from "@pulumi/pulumi";
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
  const { state, owners } = account.allowedImages;
  if (state === "enabled" && !owners.includes("amazon")) {
    problems.push('it allows no images of the owner "amazon", and those of EKS nodes are Amazon\'s');
  }
  if (problems.length === 0) return account;
  throw new pulumi.RunError(
    `The account's baseline "${settings.accountStack}" does not fit this stack: ${problems.join("; ")}. ` +
      "Correct gabion:accountStack, or the settings of that stack.",
  );
}
