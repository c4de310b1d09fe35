import { Detector, DetectorFeature } from "@pulumi/aws/guardduty";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { GUARDDUTY_AGENT_MANAGEMENT } from "gabion-knowledge";
import type { AccountSettings } from "../../settings";

/**
 * What GuardDuty manages by itself: nothing. Runtime monitoring comes with agents that GuardDuty would install itself, and with an endpoint and a security group that it would put
 * into every VPC, where nothing of ours deletes them: the VPC could then not be deleted. Agent and endpoint belong to the
 * environments, so all three ways of managing them are off.
 */
export const AGENT_MANAGEMENT: Readonly<Record<string, boolean>> = Object.fromEntries(
  GUARDDUTY_AGENT_MANAGEMENT.map((name) => [name, false]),
);

/** GuardDuty's detector with its features. A feature that is off is said to be off: GuardDuty switches most of them on by itself. */
export function detectThreats(settings: AccountSettings["guardDuty"], options: CustomResourceOptions): Detector {
  const detector = new Detector("guardduty", { enable: true, findingPublishingFrequency: "FIFTEEN_MINUTES" }, options);
  const feature = (name: string, enabled: boolean, additionalConfigurations?: { name: string; status: string }[]) =>
    new DetectorFeature(
      `guardduty-${name.toLowerCase().replaceAll("_", "-")}`,
      {
        detectorId: detector.id,
        name,
        status: enabled ? "ENABLED" : "DISABLED",
        ...(additionalConfigurations === undefined ? {} : { additionalConfigurations }),
      },
      options,
    );
  feature("S3_DATA_EVENTS", settings.s3DataEvents);
  feature("EKS_AUDIT_LOGS", settings.eksAuditLogs);
  feature("EBS_MALWARE_PROTECTION", settings.ebsMalwareProtection);
  feature(
    "RUNTIME_MONITORING",
    settings.runtimeMonitoring,
    Object.entries(AGENT_MANAGEMENT).map(([name, managed]) => ({ name, status: managed ? "ENABLED" : "DISABLED" })),
  );
  return detector;
}
