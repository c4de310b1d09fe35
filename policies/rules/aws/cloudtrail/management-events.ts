import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { recordsManagement } from "../../../kit/trail-events";
import { keptElsewhereConfig, oneTrailParts, trailExample } from "../../../kit/trails";

const selected = (selector: Plain) => trailExample({ eventSelectors: [selector] });
const fields = (...fieldSelectors: Plain[]) => trailExample({ advancedEventSelectors: [{ fieldSelectors }] });
const category = { field: "eventCategory", equals: ["Management"] };

export const trailManagementEvents = rule({
  id: "aws-cloudtrail-management-events",
  title: "One of the stack's trails records every management event, of reading and of writing",
  severity: "high",
  rationale: "What is left out, such as calls to KMS or all that only reads, is where an intruder looks around unseen.",
  remediation:
    "Give one Trail no selectors, or a selector of management events with readWriteType All and no excluded sources.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.1" },
    { framework: "AWS FSBP", control: "CloudTrail.3" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.1" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  levels: { baseline: "advisory" },
  config: keptElsewhereConfig,
  ...oneTrailParts(recordsManagement, "no trail of the stack records every management event"),
  examples: [
    { title: "no selectors, which means all of them", verdict: "pass", absent: true, resources: [trailExample()] },
    {
      title: "with data events beside them",
      verdict: "pass",
      resources: [selected({ dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] })],
    },
    { title: "an advanced selector", verdict: "pass", resources: [fields(category)] },
    {
      title: "one trail of data events alone, and one of the rest",
      verdict: "pass",
      resources: [trailExample({ eventSelectors: [{ includeManagementEvents: false }] }, "objects"), trailExample()],
    },
    { title: "not at all", verdict: "fail", resources: [selected({ includeManagementEvents: false })] },
    { title: "writing alone", verdict: "fail", resources: [selected({ readWriteType: "WriteOnly" })] },
    {
      title: "without KMS",
      verdict: "fail",
      resources: [selected({ excludeManagementEventSources: ["kms.amazonaws.com"] })],
    },
    {
      title: "an advanced selector without KMS",
      verdict: "fail",
      resources: [fields(category, { field: "eventSource", notEquals: ["kms.amazonaws.com"] })],
    },
    {
      title: "an advanced selector of data events alone",
      verdict: "fail",
      resources: [fields({ field: "eventCategory", equals: ["Data"] })],
    },
    { title: "known only later", verdict: "undecided", resources: [trailExample({ eventSelectors: UNKNOWN })] },
  ],
});
