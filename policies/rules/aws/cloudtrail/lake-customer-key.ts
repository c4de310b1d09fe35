import { customerKeyParts } from "../../../kit/customer-key";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:cloudtrail/eventDataStore:EventDataStore";
const store = (properties: ExampleResource["properties"]): ExampleResource[] => [
  { type, name: "lake", properties: { name: "lake", ...properties } },
];

export const lakeCustomerKey = rule({
  id: "aws-cloudtrail-lake-customer-key",
  title: "Event stores of CloudTrail Lake are encrypted with a customer key",
  severity: "low",
  rationale: "With CloudTrail's own key nobody in the account can say who may read the events, or take that back.",
  remediation: "Set kmsKeyId to a key of yours. It cannot be changed later.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  ...customerKeyParts({ type, property: "kmsKeyId", absent: "is not set, so the key is CloudTrail's own" }),
  examples: [
    { title: "a key of yours", verdict: "pass", resources: store({ kmsKeyId: "alias/audit" }) },
    { title: "no key", verdict: "fail", absent: true, resources: store({}) },
    { title: "known only later", verdict: "undecided", resources: store({ kmsKeyId: UNKNOWN }) },
  ],
});
