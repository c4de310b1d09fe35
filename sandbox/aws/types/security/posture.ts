import { sources, type TypeEntry } from "../entry";
import { arnOf, known, lasts, likely, text, texts } from "../kit";

const hubType = "aws:securityhub/account:Account";

const hub: TypeEntry = {
  type: hubType,
  label: "Security Hub Account",
  api: "SecurityHub",
  operations: { create: "EnableSecurityHub", update: "UpdateSecurityHubConfiguration", delete: "DisableSecurityHub" },
  provider: "aws_securityhub_account",
  cloudFormation: "AWS::SecurityHub::Hub",
  id: "{account}",
  arn: arnOf("securityhub", "hub/default"),
  computed: { controlFindingGenerator: () => "SECURITY_CONTROL" },
  enums: { controlFindingGenerator: ["SECURITY_CONTROL", "STANDARD_CONTROL"] },
  unique: [
    {
      by: () => "hub",
      refusal: {
        code: "ResourceConflictException",
        message: "Account is already subscribed to Security Hub",
        status: 409,
      },
    },
  ],
  seconds: lasts(5, 2, 5),
  facts: [known("one hub an account and Region", sources.api)],
};

const standard: TypeEntry = {
  type: "aws:securityhub/standardsSubscription:StandardsSubscription",
  label: "Security Hub Standards Subscription",
  api: "SecurityHub",
  operations: { create: "BatchEnableStandards", delete: "BatchDisableStandards" },
  provider: "aws_securityhub_standards_subscription",
  cloudFormation: "AWS::SecurityHub::Standard",
  id: (context) => {
    const arn = String(context.inputs.standardsArn);
    const path = arn.slice(arn.lastIndexOf(":") + 1).replace(/^(standards|ruleset)\//, "");
    return `arn:${context.partition}:securityhub:${context.region}:${context.account}:subscription/${path}`;
  },
  arn: "{id}",
  computed: {},
  settings: true,
  seconds: lasts(30, 1, 30),
  facts: [known("Security Hub must be on; forms of the standards' ARNs", sources.api)],
  rules(context) {
    if (context.world.resources(hubType, context.region).length === 0) {
      context.refuse({
        code: "InvalidAccessException",
        message: `Account ${context.account} is not subscribed to AWS Security Hub`,
        status: 401,
      });
    }
    const arn = String(context.inputs.standardsArn);
    if (!/^arn:[^:]+:securityhub:[a-z0-9-]*::?(standards|ruleset)\/.+\/v\/[\d.]+$/.test(arn)) {
      context.refuse({ code: "InvalidInputException", message: `Invalid parameter 'StandardsArn': ${arn}` });
    }
  },
};

const macie: TypeEntry = {
  type: "aws:macie2/account:Account",
  label: "Macie Account",
  api: "Macie2",
  operations: { create: "EnableMacie", update: "UpdateMacieSession", delete: "DisableMacie" },
  provider: "aws_macie2_account",
  cloudFormation: "AWS::Macie::Session",
  id: "{account}",
  computed: {
    createdAt: (context) => context.date,
    findingPublishingFrequency: () => "FIFTEEN_MINUTES",
    serviceRole: (context) =>
      `arn:${context.partition}:iam::${context.account}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie`,
    status: () => "ENABLED",
    updatedAt: (context) => context.date,
  },
  changing: ["updatedAt"],
  enums: { findingPublishingFrequency: ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"], status: ["PAUSED", "ENABLED"] },
  unique: [
    {
      by: () => "session",
      refusal: { code: "ConflictException", message: "Macie has already been enabled", status: 409 },
    },
  ],
  seconds: lasts(5, 2, 5),
  facts: [known("once an account and Region", sources.api)],
};

const inspector: TypeEntry = {
  type: "aws:inspector2/enabler:Enabler",
  label: "Inspector Enabler",
  api: "Inspector2",
  operations: { create: "Enable", update: "Enable", delete: "Disable" },
  provider: "aws_inspector2_enabler",
  id: (context) =>
    `${texts(context.inputs.accountIds).sort().join(":")}-${texts(context.inputs.resourceTypes).sort().join(":")}`,
  computed: {},
  settings: true,
  enums: { "resourceTypes[]": ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE", "CODE_REPOSITORY"] },
  seconds: lasts(60, 60, 60),
  facts: [
    known("which accounts and kinds", sources.api),
    likely("code scanning of functions needs scanning of functions", sources.guide),
  ],
  rules(context) {
    const kinds = texts(context.inputs.resourceTypes);
    if (kinds.includes("LAMBDA_CODE") && !kinds.includes("LAMBDA")) {
      context.refuse({ code: "ValidationException", message: "LAMBDA_CODE requires LAMBDA to be enabled as well" });
    }
  },
};

const analyzerKinds = [
  "ACCOUNT",
  "ORGANIZATION",
  "ACCOUNT_UNUSED_ACCESS",
  "ORGANIZATION_UNUSED_ACCESS",
  "ACCOUNT_INTERNAL_ACCESS",
  "ORGANIZATION_INTERNAL_ACCESS",
];

const analyzer: TypeEntry = {
  type: "aws:accessanalyzer/analyzer:Analyzer",
  label: "IAM Access Analyzer Analyzer",
  api: "AccessAnalyzer",
  operations: { create: "CreateAnalyzer", update: "UpdateAnalyzer", delete: "DeleteAnalyzer" },
  provider: "aws_accessanalyzer_analyzer",
  cloudFormation: "AWS::AccessAnalyzer::Analyzer",
  id: "{analyzerName}",
  arn: arnOf("access-analyzer", "analyzer/{analyzerName}"),
  autoname: { property: "analyzerName" },
  computed: {},
  enums: { type: analyzerKinds },
  unique: [
    {
      by: (properties) => text(properties.analyzerName),
      refusal: { code: "ConflictException", message: "Analyzer with name '{value}' already exists", status: 409 },
    },
  ],
  quotas: [
    {
      limit: 1,
      per: ({ inputs, region }) => `${region} ${text(inputs.type) ?? "ACCOUNT"}`,
      refusal: {
        code: "ServiceQuotaExceededException",
        message:
          "You have already used your allocation of analyzers of this type. Remove an existing analyzer, and then try again.",
        status: 402,
      },
    },
  ],
  seconds: lasts(2, 2, 1),
  facts: [
    known("names once in a Region", sources.api),
    likely("one analyzer of each kind an account and Region", sources.quotas),
  ],
};

export const entries: TypeEntry[] = [hub, standard, macie, inspector, analyzer];
