import type { WorldResource } from "../../world/model";
import { type Context, type Effects, sources, type TypeEntry } from "../entry";
import { arnOf, known, lasts, needs, text } from "../kit";
import { agentEndpoint, featureType, hasNodes, managesAgents } from "./runtime-monitoring";

const detectorType = "aws:guardduty/detector:Detector";
const noDetector = {
  code: "BadRequestException",
  message: "The request is rejected because the input detectorId is not owned by the current account. ({value})",
};

const detector: TypeEntry = {
  type: detectorType,
  label: "GuardDuty Detector",
  api: "GuardDuty",
  provider: "aws_guardduty_detector",
  cloudFormation: "AWS::GuardDuty::Detector",
  id: (context) => context.ids.hex(32, "detector"),
  arn: arnOf("guardduty", "detector/{id}"),
  computed: {
    accountId: "{account}",
    datasources: () => ({
      kubernetes: { auditLogs: { enable: true } },
      malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: { enable: true } } },
      s3Logs: { enable: true },
    }),
    findingPublishingFrequency: () => "SIX_HOURS",
  },
  enums: { findingPublishingFrequency: ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"] },
  unique: [
    {
      by: () => "detector",
      refusal: {
        code: "BadRequestException",
        message: "The request is rejected because a detector already exists for the current account.",
      },
    },
  ],
  seconds: lasts(2, 2, 2),
  facts: [known("one detector an account and Region", sources.api)],
};

/** Source: GuardDuty API reference, DetectorFeatureConfiguration. */
const features = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "EKS_RUNTIME_MONITORING",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
  "AI_PROTECTION",
];

const feature: TypeEntry = {
  type: featureType,
  label: "GuardDuty Detector Feature",
  api: "GuardDuty",
  operations: { create: "UpdateDetector", update: "UpdateDetector", delete: "UpdateDetector" },
  provider: "aws_guardduty_detector_feature",
  id: "{detectorId}/{name}",
  computed: {},
  settings: true,
  enums: { name: features, status: ["ENABLED", "DISABLED"] },
  references: [needs("detectorId", detectorType, noDetector)],
  seconds: lasts(2, 2, 1),
  facts: [
    known("features of a detector that exists; two kinds of runtime monitoring exclude each other", sources.guide),
    known("an agent that GuardDuty manages comes with an endpoint and a security group in the VPC", sources.guide),
  ],
  onCreate: watching,
  onUpdate: watching,
  rules(context) {
    const rivals: Record<string, string> = {
      EKS_RUNTIME_MONITORING: "RUNTIME_MONITORING",
      RUNTIME_MONITORING: "EKS_RUNTIME_MONITORING",
    };
    const rival = rivals[String(context.inputs.name)];
    if (rival === undefined || context.inputs.status !== "ENABLED") return;
    if (statusOf(context, rival) === "ENABLED") {
      context.refuse({
        code: "BadRequestException",
        message:
          "The request is rejected because EKS_RUNTIME_MONITORING and RUNTIME_MONITORING cannot both be enabled.",
      });
    }
  },
};

/** What GuardDuty makes by itself for the nodes that are there already: once in each VPC. */
function watching(context: Context, made: WorldResource): Effects {
  if (!managesAgents(made.outputs)) return {};
  const groups = context.world.resources("aws:eks/nodeGroup:NodeGroup", context.region).filter(hasNodes);
  const companions = groups.flatMap((group) => agentEndpoint(context, group));
  return { companions: [...new Map(companions.map((one) => [one.id, one])).values()] };
}

const statusOf = (context: Context, name: string): unknown =>
  context.world.find([feature.type], `${text(context.inputs.detectorId)}/${name}`, ["id"], context.region)?.outputs
    .status;

const organization: TypeEntry = {
  type: "aws:guardduty/organizationConfiguration:OrganizationConfiguration",
  label: "GuardDuty Organization Configuration",
  api: "GuardDuty",
  operations: { create: "UpdateOrganizationConfiguration", delete: "UpdateOrganizationConfiguration" },
  provider: "aws_guardduty_organization_configuration",
  id: "{detectorId}",
  computed: {
    datasources: () => ({
      kubernetes: { auditLogs: { enable: false } },
      malwareProtection: { scanEc2InstanceWithFindings: { ebsVolumes: { autoEnable: false } } },
      s3Logs: { autoEnable: false },
    }),
  },
  settings: true,
  enums: { autoEnableOrganizationMembers: ["ALL", "NEW", "NONE"] },
  references: [needs("detectorId", detectorType, noDetector)],
  seconds: lasts(2, 2, 1),
  facts: [known("settings of a detector that exists", sources.api)],
};

const organizationFeature: TypeEntry = {
  type: "aws:guardduty/organizationConfigurationFeature:OrganizationConfigurationFeature",
  label: "GuardDuty Organization Configuration Feature",
  api: "GuardDuty",
  operations: { create: "UpdateOrganizationConfiguration", update: "UpdateOrganizationConfiguration" },
  provider: "aws_guardduty_organization_configuration_feature",
  id: "{detectorId}/{name}",
  computed: {},
  settings: true,
  enums: { name: features, autoEnable: ["ALL", "NEW", "NONE"] },
  references: [needs("detectorId", detectorType, noDetector)],
  seconds: lasts(2, 2, 1),
  facts: [known("settings of a detector that exists", sources.api)],
};

const administrator: TypeEntry = {
  type: "aws:guardduty/organizationAdminAccount:OrganizationAdminAccount",
  label: "GuardDuty Organization Admin Account",
  api: "GuardDuty",
  operations: { create: "EnableOrganizationAdminAccount", delete: "DisableOrganizationAdminAccount" },
  provider: "aws_guardduty_organization_admin_account",
  id: "{adminAccountId}",
  computed: {},
  seconds: lasts(5, 1, 2),
};

export const entries: TypeEntry[] = [detector, feature, organization, organizationFeature, administrator];
