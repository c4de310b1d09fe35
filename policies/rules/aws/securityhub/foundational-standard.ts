import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import { some, type Ternary } from "../../../kit/statements";

const hubType = "aws:securityhub/account:Account";
const subscriptionType = "aws:securityhub/standardsSubscription:StandardsSubscription";
const standard = "aws-foundational-security-best-practices";
const hub = (properties: ExampleResource["properties"] = {}): ExampleResource => ({
  type: hubType,
  name: "hub",
  properties,
});
const subscription = (standardsArn: ExampleResource["properties"][string]): ExampleResource => ({
  type: subscriptionType,
  name: "standard",
  properties: { standardsArn },
});

export const securityhubFoundationalStandard = rule({
  id: "aws-securityhub-foundational-standard",
  title: "Security Hub holds the account against AWS's foundational practices",
  severity: "medium",
  rationale:
    "Without a standard Security Hub checks nothing: what is changed by hand after a deployment is seen by nobody.",
  remediation: `Add a StandardsSubscription for ${standard}, or leave enableDefaultStandards at true.`,
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "5.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-04" },
    { framework: "NIST 800-53r5", control: "CA-7" },
  ],
  checks: {},
  observes: [hubType, subscriptionType],
  stack: (index) =>
    index.ofType(hubType).flatMap((resource): StackFinding[] => {
      const byDefault = (resource.inputs ?? resource.properties).get("enableDefaultStandards").flag();
      const subscribed = some(
        byDefault === UNKNOWN ? "unknown" : byDefault !== false,
        ...index.ofType(subscriptionType).map((item): Ternary => {
          const arn = (item.inputs ?? item.properties).get("standardsArn").text();
          return arn === UNKNOWN ? "unknown" : (arn?.includes(`/${standard}/`) ?? false);
        }),
      );
      if (subscribed === true) return [];
      const text = "no subscription of the stack is for that standard";
      return [
        { ...(subscribed === false ? fail("", text) : undecided("", `${text} for sure`)), resource: resource as never },
      ];
    }),
  examples: [
    {
      title: "subscribed by name",
      verdict: "pass",
      resources: [
        hub({ enableDefaultStandards: false }),
        subscription(`arn:aws:securityhub:eu-central-1::standards/${standard}/v/1.0.0`),
      ],
    },
    { title: "nothing said: the standard is a default", verdict: "pass", absent: true, resources: [hub()] },
    { title: "no standard at all", verdict: "fail", resources: [hub({ enableDefaultStandards: false })] },
    {
      title: "another standard alone",
      verdict: "fail",
      resources: [
        hub({ enableDefaultStandards: false }),
        subscription("arn:aws:securityhub:eu-central-1::standards/pci-dss/v/3.2.1"),
      ],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [hub({ enableDefaultStandards: false }), subscription(UNKNOWN)],
    },
  ],
});
