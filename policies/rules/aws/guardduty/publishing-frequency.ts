import { requireOneOf } from "../../../kit/checks";
import { detectorExample } from "../../../kit/guardduty-features";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const frequencies = ["FIFTEEN_MINUTES", "ONE_HOUR"];

export const publishingFrequency = rule({
  id: "aws-guardduty-publishing-frequency",
  title: "GuardDuty tells of repeated findings within the hour",
  severity: "low",
  rationale: "By default what goes on is told every six hours, in which a model is copied many times over.",
  remediation: `Set findingPublishingFrequency to ${frequencies.join(" or ")}.`,
  mappings: [
    { framework: "NIST 800-53r5", control: "IR-6" },
    { framework: "NIST 800-53r5", control: "SI-4(5)" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:guardduty/detector:Detector": ({ properties }) =>
      requireOneOf(properties.get("findingPublishingFrequency"), frequencies, "is longer than an hour"),
  },
  remedies: { "aws:guardduty/detector:Detector": () => ({ findingPublishingFrequency: "FIFTEEN_MINUTES" }) },
  examples: [
    {
      title: "every quarter of an hour",
      verdict: "pass",
      resources: [detectorExample({ findingPublishingFrequency: "FIFTEEN_MINUTES" })],
    },
    { title: "nothing said: every six hours", verdict: "fail", absent: true, resources: [detectorExample()] },
    {
      title: "every six hours",
      verdict: "fail",
      resources: [detectorExample({ findingPublishingFrequency: "SIX_HOURS" })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [detectorExample({ findingPublishingFrequency: UNKNOWN })],
    },
  ],
});
