import { Account, StandardsSubscription } from "@pulumi/aws/securityhub";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { requirePartition } from "gabion-knowledge";
import type { AccountSettings } from "../../settings";

/** The standards that the policy pack's rules are mapped to, by their resource name in every partition. */
const STANDARDS = {
  "foundational-best-practices": "aws-foundational-security-best-practices/v/1.0.0",
  "nist-800-53": "nist-800-53/v/5.0.0",
} as const;

/** Security Hub with named standards, instead of those that AWS would choose; one finding for each control, whatever standards it is in. */
export function openSecurityHub({ region }: AccountSettings, options: CustomResourceOptions): void {
  const hub = new Account(
    "security-hub",
    { enableDefaultStandards: false, autoEnableControls: true, controlFindingGenerator: "SECURITY_CONTROL" },
    options,
  );
  for (const [name, standard] of Object.entries(STANDARDS)) {
    const standardsArn = `arn:${requirePartition(region).name}:securityhub:${region}::standards/${standard}`;
    new StandardsSubscription(`security-hub-${name}`, { standardsArn }, { ...options, dependsOn: [hub] });
  }
}
