import { Analyzer } from "@pulumi/aws/accessanalyzer";
import { Account as Macie } from "@pulumi/aws/macie2";
import type { accountOutputs } from "../outputs/account";
import type { LayerOutputs } from "../outputs/read";
import type { AccountSettings } from "../settings";
import { makeAccessLogs } from "./account/access-logs";
import { recordConfiguration } from "./account/config-recorder";
import { AGENT_MANAGEMENT, detectThreats } from "./account/guard-duty";
import { setInstanceDefaults } from "./account/instance-defaults";
import { scanImages } from "./account/registry";
import { openSecurityHub } from "./account/security-hub";
import { Protection } from "./protection";
import { awsProvider } from "./provider";

/**
 * Deploys what exists once for each account and Region, each by its own setting. Nothing else in Gabion makes any of it, so that
 * destroying an environment never disarms another one in the account.
 *
 * @param released Names whose protection from deletion is lifted for this run.
 */
export function deployAccount(
  settings: AccountSettings,
  released: readonly string[] = [],
): LayerOutputs<typeof accountOutputs> {
  const { accountId, region, vpcBlockPublicAccess, allowedImages, registryScanning } = settings;
  const protection = new Protection(settings, released);
  const options = { provider: awsProvider(settings) };
  setInstanceDefaults(settings, options);
  const detector = settings.guardDuty.enabled ? detectThreats(settings.guardDuty, options) : undefined;
  const accessLogs = makeAccessLogs(settings, protection, options);
  const recording = settings.configRecorder
    ? recordConfiguration(settings, protection, accessLogs, options)
    : undefined;
  if (settings.securityHub) openSecurityHub(settings, options);
  if (settings.macie) {
    new Macie("macie", { status: "ENABLED", findingPublishingFrequency: "FIFTEEN_MINUTES" }, options);
  }
  scanImages(settings, options);
  const analyzer = settings.accessAnalyzer
    ? new Analyzer("external-access", { analyzerName: "gabion-external-access", type: "ACCOUNT" }, options)
    : undefined;
  return {
    accountId,
    region,
    vpcBlockPublicAccess,
    allowedImages: { state: allowedImages.state, owners: [...allowedImages.owners] },
    guardDuty: {
      ...(detector === undefined ? {} : { detectorId: detector.id }),
      runtimeMonitoring: detector !== undefined && settings.guardDuty.runtimeMonitoring,
      agentManagement: { ...AGENT_MANAGEMENT },
    },
    registryScanning,
    accessLogBucket: accessLogs.bucketName,
    ...(recording === undefined ? {} : { configBucket: recording.bucketName }),
    ...(analyzer === undefined ? {} : { analyzerArn: analyzer.arn }),
  };
}
