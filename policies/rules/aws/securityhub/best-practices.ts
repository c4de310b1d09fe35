import { argument } from "../../../kit/bucket-aspects";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { some, type Ternary } from "../../../kit/statements";
import { inputsOf, isFlag } from "../../../kit/trails";

const hubType = "aws:securityhub/account:Account";
const standardType = "aws:securityhub/standardsSubscription:StandardsSubscription";
const hub = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type: hubType,
  name: "hub",
  properties,
});
const standard = (standardsArn: Plain): ExampleResource => ({
  type: standardType,
  name: "standard",
  properties: { standardsArn },
});
const foundational = "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0";

export const securityhubBestPractices = rule({
  id: "aws-securityhub-best-practices",
  title: "Security Hub holds the account against AWS's foundational best practices",
  severity: "medium",
  rationale: "Without a standard Security Hub checks nothing: what drifts, or is made by hand, is not found.",
  remediation:
    "Leave enableDefaultStandards of the Account out or true, or add a StandardsSubscription of aws-foundational-security-best-practices.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "5.16" },
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-04" },
  ],
  checks: {},
  observes: [hubType, standardType],
  stack: (index) => {
    const hubs = index.ofType(hubType);
    const [resource] = hubs;
    if (resource === undefined) return [];
    const found = some(
      ...hubs.map((item) => isFlag(argument(inputsOf(item), "enableDefaultStandards"), true, true)),
      ...index.ofType(standardType).map((item) => isFoundational(argument(inputsOf(item), "standardsArn").text())),
    );
    if (found === true) return [];
    const text = "no standard of foundational best practices is subscribed to";
    return [{ ...(found === "unknown" ? undecided("", `${text} for sure`) : fail("", text)), resource }];
  },
  examples: [
    { title: "the standards that AWS chooses", verdict: "pass", absent: true, resources: [hub()] },
    {
      title: "named standards",
      verdict: "pass",
      resources: [hub({ enableDefaultStandards: false }), standard(foundational)],
    },
    { title: "no Security Hub here: the organisation has it", verdict: "pass", resources: [standard(UNKNOWN)] },
    { title: "no standard", verdict: "fail", resources: [hub({ enableDefaultStandards: false })] },
    {
      title: "another standard alone",
      verdict: "fail",
      resources: [
        hub({ enableDefaultStandards: false }),
        standard("arn:aws:securityhub:eu-central-1::standards/pci-dss/v/4.0.1"),
      ],
    },
    {
      title: "standard known only later",
      verdict: "undecided",
      resources: [hub({ enableDefaultStandards: false }), standard(UNKNOWN)],
    },
  ],
});

function isFoundational(arn: string | undefined | typeof UNKNOWN): Ternary {
  if (arn === UNKNOWN) return "unknown";
  return arn !== undefined && /:standards\/aws-foundational-security-best-practices\//.test(arn);
}
