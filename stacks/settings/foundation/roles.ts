import { parseArn } from "gabion-knowledge";
import { list, text } from "../field";
import type { Finding } from "../problem";

/** Why a text is not the ARN of a role. */
export function roleFinding(value: string): Finding | undefined {
  const arn = parseArn(value);
  if (arn?.service === "iam" && /^\d{12}$/.test(arn.account) && /^role\/[\w+=,.@/-]+$/.test(arn.resource))
    return undefined;
  return { reason: "it is not the ARN of a role", remedy: "Copy the ARN from IAM: arn:aws:iam::<account>:role/<name>" };
}

/** Roles of IAM, by their ARNs. */
export function rolesField(description: string, example: string, { min = 0 }: { min?: number } = {}) {
  return list(
    { description, allowed: `a list of ${min === 0 ? "at most" : `${min} to`} 20 ARNs of IAM roles` },
    text(
      {
        description: "A role.",
        allowed: "the ARN of an IAM role",
        example: `arn:aws:iam::111122223333:role/${example}`,
      },
      roleFinding,
    ),
    { min, max: 20 },
  );
}
