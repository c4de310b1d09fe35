import { texts } from "../../../kit/checks";
import { requireNotFalse } from "../../../kit/flag-by-default";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:rds/eventSubscription:EventSubscription";
const subscription = exampleOf(type, "incidents");
/** The categories, by kind of source, that tell of trouble. */
const critical: Readonly<Record<string, readonly string[]>> = {
  "db-cluster": ["maintenance", "failure"],
  "db-instance": ["maintenance", "configuration change", "failure"],
  "db-parameter-group": ["configuration change"],
  "db-security-group": ["configuration change", "failure"],
};
const sourceType = "db-instance";

export const rdsEventSubscriptions = rule({
  id: "aws-rds-event-subscriptions",
  title: "Subscriptions to events of RDS are on and cover what tells of trouble",
  severity: "low",
  rationale:
    "A subscription that is off, or leaves failures and changes of the configuration out, tells nobody what matters.",
  remediation: "Leave enabled and eventCategories out, or list at least maintenance, failure and configuration change.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.19" },
    { framework: "AWS FSBP", control: "RDS.20" },
    { framework: "AWS FSBP", control: "RDS.21" },
    { framework: "AWS FSBP", control: "RDS.22" },
    { framework: "NIST 800-53r5", control: "SI-2" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const findings = requireNotFalse(properties.get("enabled"), "is false");
      const categories = properties.get("eventCategories");
      const source = properties.get("sourceType");
      const kind = source.text();
      const { values, open } = texts(categories);
      // None named means all.
      if (values.length === 0 && !open) return findings;
      if (kind === UNKNOWN) return [...findings, undecided(source)];
      const missing = (critical[kind ?? ""] ?? []).filter((category) => !values.includes(category));
      if (missing.length === 0) return findings;
      return [...findings, open ? undecided(categories) : fail(categories, `lacks ${missing.join(" and ")}`)];
    },
  },
  examples: [
    {
      title: "what tells of trouble",
      verdict: "pass",
      resources: subscription({ sourceType, eventCategories: ["failure", "maintenance", "configuration change"] }),
    },
    { title: "all events", verdict: "pass", absent: true, resources: subscription({ sourceType }) },
    { title: "off", verdict: "fail", resources: subscription({ sourceType, enabled: false }) },
    { title: "no failures", verdict: "fail", resources: subscription({ sourceType, eventCategories: ["creation"] }) },
    {
      title: "categories known only later",
      verdict: "undecided",
      resources: subscription({ sourceType, eventCategories: UNKNOWN }),
    },
  ],
});
