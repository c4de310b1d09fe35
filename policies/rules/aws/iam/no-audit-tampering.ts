import { AUDIT_SWITCHES } from "gabion-knowledge";
import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { fail, rule, undecided } from "../../../kit/rule";
import { allows, covers, every, isAdministrator, isNarrowedBy, not, reaches } from "../../../kit/statements";

const any = { Effect: "Allow", Resource: "*" };

export const noAuditTampering = rule({
  id: "aws-iam-no-audit-tampering",
  title: "No policy of yours lets its holder switch off what records and detects",
  severity: "high",
  rationale:
    "The first thing that an intruder does with such rights is to stop the trail, the detector and the recorder.",
  remediation:
    "Leave these actions out, or name the resources they may be used on; keep them for the role that manages the account's records.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-audit-switch",
  config: {
    actions: {
      type: "array",
      description: "Actions that nobody may use on every resource",
      items: { type: "string" },
      default: AUDIT_SWITCHES,
    },
  },
  checks: identityPolicyChecks((statement, property, { actions }) => {
    if (isAdministrator(statement)) return [];
    const open = every(
      allows(statement),
      reaches(statement, isEveryName),
      not(isNarrowedBy(statement, { key: (key) => /^aws:resourcetag\/.+/.test(key) })),
    );
    const outcomes = (actions as string[]).map((action) => every(open, covers(statement, action)));
    const certain = outcomes.filter((outcome) => outcome === true).length;
    const where = statementPath(property, statement);
    if (certain > 0) return [fail(where, `allows ${certain} of these actions on every resource`)];
    return outcomes.includes("unknown")
      ? [undecided(where, "whether it can switch off records is known only after deployment")]
      : [];
  }),
  examples: [
    {
      title: "reading the trail",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: ["cloudtrail:Get*", "cloudtrail:LookupEvents"] }),
    },
    {
      title: "log groups of one application",
      verdict: "pass",
      resources: policyExample({
        Effect: "Allow",
        Action: "logs:DeleteLogGroup",
        Resource: "arn:aws:logs:eu-central-1:111122223333:log-group:/app/*",
      }),
    },
    {
      title: "stopping any trail",
      verdict: "fail",
      resources: policyExample({ ...any, Action: ["cloudtrail:StopLogging"] }),
    },
    {
      title: "all of GuardDuty",
      verdict: "fail",
      resources: policyExample({ ...any, Action: "guardduty:*", Resource: ["arn:aws:guardduty:*:*:detector/*"] }),
    },
    { title: "actions known only later", verdict: "undecided", resources: policyExample({ ...any, Action: UNKNOWN }) },
  ],
});

/** `*`, or an ARN whose name is a wildcard, whatever kind of resource it is of. */
function isEveryName(resource: string): boolean {
  return /^[*?]+$/.test(resource) || /^arn:([^:]*:){0,4}([a-z-]+[/:])?[*?]+(:[*?]+)?$/.test(resource);
}
