import { parseArn } from "gabion-knowledge";
import type { Finding } from "../problem";

/** Why a text is not the ARN of a role. */
export function roleFinding(value: string): Finding | undefined {
  const arn = parseArn(value);
  if (arn?.service === "iam" && /^\d{12}$/.test(arn.account) && /^role\/[\w+=,.@/-]+$/.test(arn.resource))
    return undefined;
  return { reason: "it is not the ARN of a role", remedy: "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>" };
}
