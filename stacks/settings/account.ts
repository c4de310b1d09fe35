import type { z } from "zod";
import { commonShape } from "./common";
import { ACCOUNT_CONTROLS } from "./controls/account";
import { controlIds, guardedBy } from "./controls/guarded";
import { choice, flag, group, integer, list, text } from "./field";
import type { LayerSettings } from "./layer-settings";
import type { CommonSettings } from "./read";

/** The settings of an account's baseline: everything that exists once for each account and Region. */
export interface AccountSettings extends CommonSettings {
  readonly layer: "account";
  readonly vpcBlockPublicAccess: "off" | "block-ingress" | "block-bidirectional";
  readonly allowedImages: { readonly state: "disabled" | "audit-mode" | "enabled"; readonly owners: readonly string[] };
  readonly imageBlockPublicAccess: "unblocked" | "block-new-sharing";
  readonly snapshotBlockPublicAccess: "unblocked" | "block-new-sharing" | "block-all-sharing";
  readonly instanceMetadata: { readonly httpTokens: "optional" | "required"; readonly hopLimit: number };
  readonly ebsEncryptionByDefault: boolean;
  readonly guardDuty: {
    readonly enabled: boolean;
    readonly s3DataEvents: boolean;
    readonly eksAuditLogs: boolean;
    readonly ebsMalwareProtection: boolean;
    readonly runtimeMonitoring: boolean;
  };
  readonly securityHub: boolean;
  readonly macie: boolean;
  readonly inspector: boolean;
  readonly configRecorder: boolean;
  readonly accessLogs: { readonly retentionDays: number };
  readonly accessAnalyzer: boolean;
  readonly registryScanning: "BASIC" | "ENHANCED";
  readonly registryReplicationSources: readonly string[];
}

function accountSchema(): z.ZodType<AccountSettings> {
  const { guarded } = guardedBy(ACCOUNT_CONTROLS);
  const service = (control: string, description: string) => guarded(control, flag({ description }));
  return group(
    { description: "Settings of a stack of the layer account: the singletons of one AWS account in one Region." },
    {
      ...commonShape("account", controlIds(ACCOUNT_CONTROLS)),
      vpcBlockPublicAccess: guarded(
        "account-vpc-public-access",
        choice(
          {
            description:
              "VPC Block Public Access for all VPCs of the account in the Region: which traffic internet gateways may not carry.",
          },
          ["off", "block-ingress", "block-bidirectional"],
        ),
      ),
      allowedImages: group(
        { description: "Allowed AMIs: which images instances may be started from." },
        {
          state: guarded(
            "account-allowed-images",
            choice(
              { description: "Whether other images are refused (enabled), only reported (audit-mode), or taken." },
              ["disabled", "audit-mode", "enabled"],
            ),
          ),
          owners: list(
            {
              description: "Whose images are allowed.",
              allowed: 'a list of 1 to 20 owners: "amazon", "aws-marketplace", or account ids in quotes',
              example: ["amazon", "111122223333"],
            },
            text(
              {
                description: "An owner of images: amazon, aws-marketplace, or an account id.",
                allowed: "amazon, aws-marketplace, or the twelve digits of an account in quotes",
                example: "amazon",
                quoted: "accountId",
              },
              /^(amazon|aws-marketplace|\d{12})$/,
            ),
            { min: 1, max: 20 },
          ).default(["amazon"]),
        },
      ).prefault({}),
      imageBlockPublicAccess: guarded(
        "account-image-sharing",
        choice({ description: "Block Public Access for AMIs: whether images can be made public." }, [
          "unblocked",
          "block-new-sharing",
        ]),
      ),
      snapshotBlockPublicAccess: guarded(
        "account-snapshot-sharing",
        choice({ description: "Block Public Access for EBS snapshots: whether snapshots can be, or stay, public." }, [
          "unblocked",
          "block-new-sharing",
          "block-all-sharing",
        ]),
      ),
      instanceMetadata: group(
        { description: "Defaults of the instance metadata service for instances that do not set their own." },
        {
          httpTokens: guarded(
            "account-instance-metadata",
            choice({ description: "Whether callers need a session token (IMDSv2)." }, ["optional", "required"]),
          ),
          hopLimit: guarded(
            "account-metadata-hop-limit",
            integer(
              {
                description: "How many network hops an answer may travel; with 1 it does not reach containers.",
                example: 1,
              },
              { min: 1, max: 64 },
            ),
          ),
        },
      ).prefault({}),
      ebsEncryptionByDefault: service("account-volume-encryption", "Whether new EBS volumes are always encrypted."),
      guardDuty: group(
        { description: "GuardDuty, the account's threat detection, and its features." },
        {
          enabled: service("account-guardduty", "Whether GuardDuty has a detector. Without it no feature works."),
          s3DataEvents: service("account-guardduty-s3", "Whether access to objects in S3 is watched."),
          eksAuditLogs: service("account-guardduty-eks", "Whether the audit logs of EKS clusters are watched."),
          ebsMalwareProtection: service(
            "account-guardduty-malware",
            "Whether the volumes of suspicious instances are scanned for malware.",
          ),
          runtimeMonitoring: service(
            "account-guardduty-runtime",
            "Whether processes on nodes are watched. The agent and its endpoint belong to the environments, not to GuardDuty, so that a VPC can be deleted.",
          ),
        },
      ).prefault({}),
      securityHub: service("account-security-hub", "Whether Security Hub holds the account against its standards."),
      macie: service("account-macie", "Whether Macie looks for sensitive data in buckets."),
      inspector: service("account-inspector", "Whether Inspector scans instances and images for vulnerabilities."),
      configRecorder: service("account-config-recorder", "Whether AWS Config records the state of all resources."),
      accessLogs: group(
        { description: "The bucket in which S3 logs requests to the other buckets of the account in the Region." },
        {
          retentionDays: guarded(
            "account-access-log-retention",
            integer({ description: "After how many days logs are deleted.", example: 365 }, { min: 30, max: 3650 }),
          ),
        },
      ).prefault({}),
      accessAnalyzer: service(
        "account-access-analyzer",
        "Whether IAM Access Analyzer reports access from outside the account.",
      ),
      registryScanning: guarded(
        "account-registry-scanning",
        choice(
          {
            description:
              "How images in ECR are scanned: on push for operating-system packages, or all the time for all.",
          },
          ["BASIC", "ENHANCED"],
        ),
      ),
      registryReplicationSources: list(
        {
          description:
            "Other accounts whose ECR registries may replicate images into this account's. Without any, only identities of the account write here.",
          allowed: "a list of at most 20 account ids in quotes",
          example: ["444455556666"],
        },
        text(
          {
            description: "An account whose images may be replicated in.",
            allowed: "the twelve digits of an AWS account, in quotes",
            example: "444455556666",
            quoted: "accountId",
          },
          /^\d{12}$/,
        ),
        { max: 20 },
      ).default([]),
    },
  );
}

let schema: z.ZodType<AccountSettings> | undefined;

export const accountLayer: LayerSettings<AccountSettings> = {
  layer: "account",
  controls: ACCOUNT_CONTROLS,
  schema: () => (schema ??= accountSchema()),
  check: (context) => {
    const { accountId, securityHub, configRecorder, registryScanning, registryReplicationSources, inspector } =
      context.settings;
    if (securityHub === true && configRecorder === false) {
      context.report(["securityHub"], {
        reason: "nearly all of its checks read what AWS Config records, and gabion:configRecorder is false",
        remedy: "Leave gabion:configRecorder on, or switch both off with a deviation each",
      });
    }
    (registryReplicationSources ?? []).forEach((source, index) => {
      if (source === undefined || source !== accountId) return;
      context.report(["registryReplicationSources", index], {
        reason: "it is the stack's own account, whose identities need no such permission",
        remedy: "Remove it",
      });
    });
    if (registryScanning === "ENHANCED" && inspector === false) {
      context.report(["registryScanning"], {
        reason: "enhanced scanning is done by Inspector, and gabion:inspector is false",
        remedy: "Leave gabion:inspector on, or take BASIC with a deviation each",
      });
    }
  },
};
