import { type Context, sources, type TypeEntry } from "./entry";
import { arnOf, known, lasts, likely, needs, object, text } from "./kit";

const documentType = "aws:ssm/document:Document";

const document: TypeEntry = {
  type: documentType,
  label: "SSM Document",
  api: "SSM",
  provider: "aws_ssm_document",
  cloudFormation: "AWS::SSM::Document",
  id: "{name}",
  arn: (context) =>
    `arn:${context.partition}:ssm:${context.region}:${context.account}:${context.inputs.documentType === "Automation" ? "automation-definition" : "document"}/${context.id}`,
  autoname: { property: "name", maxLength: 128 },
  computed: {
    createdDate: (context) => context.date,
    defaultVersion: versionOf,
    description: (context) => text(contentOf(context)?.description) ?? "",
    documentVersion: versionOf,
    hash: (context) => context.ids.hex(64, `content ${String(context.inputs.content)}`),
    hashType: () => "Sha256",
    latestVersion: versionOf,
    owner: "{account}",
    platformTypes: () => ["Linux", "MacOS", "Windows"],
    schemaVersion: (context) => text(contentOf(context)?.schemaVersion) ?? "",
    status: () => "Active",
  },
  changing: ["defaultVersion", "documentVersion", "hash", "latestVersion", "schemaVersion", "description"],
  enums: {
    documentFormat: ["JSON", "YAML", "TEXT"],
    documentType: [
      "ApplicationConfiguration",
      "ApplicationConfigurationSchema",
      "Automation",
      "Automation.ChangeTemplate",
      "ChangeCalendar",
      "CloudFormation",
      "Command",
      "ConformancePackTemplate",
      "DeploymentStrategy",
      "Package",
      "Policy",
      "ProblemAnalysis",
      "ProblemAnalysisTemplate",
      "QuickSetup",
      "Session",
    ],
  },
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: { code: "DocumentAlreadyExists", message: "Document with same name {value} already exists" },
    },
  ],
  deletionRefused: {
    code: "AssociatedInstances",
    message: "You must disassociate the document {id} from all instances before it can be deleted",
  },
  seconds: lasts(3, 3, 2),
  facts: [
    known("names of 3 to 128 characters, once in a Region, none of AWS's own beginnings", sources.api),
    known("content of at most 64 KB; JSON where it says so; a schema version for each kind of document", sources.guide),
    likely("wording of the refusals of content", sources.api),
  ],
  rules: documentRules,
};

function versionOf(context: Context): string {
  const { old, inputs } = context;
  const before = Number(old?.outputs.latestVersion ?? 0);
  return String(old !== undefined && old.inputs.content === inputs.content ? before : before + 1);
}

function contentOf(context: Context): Record<string, unknown> | undefined {
  if ((text(context.inputs.documentFormat) ?? "JSON") !== "JSON") return undefined;
  try {
    return object(JSON.parse(String(context.inputs.content)));
  } catch {
    return undefined;
  }
}

/** Versions of the schema by kind of document. Source: SSM user guide, schemas, features and examples. */
const schemas: Record<string, string[]> = {
  Automation: ["0.3"],
  Command: ["1.2", "2.0", "2.2"],
  Session: ["1.0"],
  Policy: ["2.0"],
};

function documentRules(context: Context): undefined {
  const { name, content, documentType: kind, documentFormat } = context.inputs;
  const refuse = (code: string, message: string) => context.refuse({ code, message });
  if (/^(aws|amazon|amzn)/i.test(String(name)) || !/^[a-zA-Z0-9_.\-:/]{3,128}$/.test(String(name))) {
    refuse(
      "ValidationException",
      `Document name ${String(name)} is not valid: it may not begin with aws, amazon, amzn`,
    );
  }
  if (Buffer.byteLength(String(content)) > 65_536) {
    refuse("MaxDocumentSizeExceeded", "The size limit of a document is 64 KB.");
  }
  const parsed = contentOf(context);
  if ((documentFormat ?? "JSON") === "JSON" && parsed === undefined) {
    refuse("InvalidDocumentContent", "JSON not well-formed.");
  }
  const allowed = schemas[String(kind)];
  const version = parsed?.schemaVersion;
  if (parsed !== undefined && allowed !== undefined && !allowed.includes(String(version))) {
    refuse(
      "InvalidDocumentSchemaVersion",
      `The version ${String(version)} of the document schema is not supported for ${String(kind)} (${allowed.join(", ")})`,
    );
  }
}

const association: TypeEntry = {
  type: "aws:ssm/association:Association",
  label: "SSM Association",
  api: "SSM",
  provider: "aws_ssm_association",
  cloudFormation: "AWS::SSM::Association",
  id: (context) => context.ids.uuid("association"),
  arn: arnOf("ssm", "association/{id}"),
  computed: { associationId: "{id}", documentVersion: () => "$DEFAULT" },
  enums: {
    complianceSeverity: ["UNSPECIFIED", "LOW", "MEDIUM", "HIGH", "CRITICAL"],
    syncCompliance: ["AUTO", "MANUAL"],
  },
  references: [
    needs(
      "name",
      documentType,
      { code: "InvalidDocument", message: "Document {value} does not exist" },
      { by: ["id"] },
    ),
  ],
  seconds: lasts(3, 3, 2),
  facts: [
    known("the document must exist; those of AWS do", sources.api),
    known("a schedule is a rate or a cron expression", sources.guide),
  ],
  rules: scheduleRule("scheduleExpression"),
};

function scheduleRule(property: string) {
  return (context: Context): undefined => {
    const expression = text(context.inputs[property]);
    if (expression !== undefined && !/^(rate|cron|at)\(.+\)$/.test(expression)) {
      context.refuse({ code: "ValidationException", message: `${property} ${expression} is not valid.` });
    }
  };
}

const window: TypeEntry = {
  type: "aws:ssm/maintenanceWindow:MaintenanceWindow",
  label: "SSM Maintenance Window",
  api: "SSM",
  provider: "aws_ssm_maintenance_window",
  cloudFormation: "AWS::SSM::MaintenanceWindow",
  id: (context) => `mw-${context.ids.hex(17)}`,
  autoname: { property: "name", maxLength: 128 },
  computed: {},
  seconds: lasts(2, 2, 2),
  facts: [known("lasts 1 to 24 hours and takes no new tasks in its last hours, fewer than it has", sources.api)],
  rules(context) {
    const { duration, cutoff } = context.inputs;
    if (Number(duration) < 1 || Number(duration) > 24 || Number(cutoff) >= Number(duration)) {
      context.refuse({
        code: "ValidationException",
        message: `Duration ${String(duration)} must be 1 to 24 hours and longer than the cutoff ${String(cutoff)}`,
      });
    }
    scheduleRule("schedule")(context);
  },
};

export const entries: TypeEntry[] = [document, association, window];
