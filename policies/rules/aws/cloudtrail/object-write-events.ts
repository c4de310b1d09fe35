import { objectEventParts } from "../../../kit/object-events";
import { rule } from "../../../kit/rule";

export const trailObjectWriteEvents = rule({
  id: "aws-cloudtrail-object-write-events",
  title: "One of the stack's trails records who writes and deletes objects in S3",
  severity: "medium",
  rationale: "Without these events nobody can tell who changed or deleted a dataset, or planted something in a model.",
  remediation:
    'Give a Trail a selector of data events of type AWS::S3::Object with readWriteType "All" or "WriteOnly".',
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "4.8" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-01" },
  ],
  // Data events cost by their number, so that a program chooses them.
  levels: { baseline: "advisory" },
  ...objectEventParts("WriteOnly", "no trail of the stack records who writes and deletes the objects of its buckets"),
});
