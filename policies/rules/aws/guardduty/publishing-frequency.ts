import { detectorExample, detectorType } from "../../../kit/detector-features";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

/** From the fastest. */
const frequencies = ["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"] as const;

export const guarddutyPublishingFrequency = rule({
  id: "aws-guardduty-publishing-frequency",
  title: "GuardDuty tells soon of findings that happen again",
  severity: "low",
  rationale: "Only a finding's first occurrence is told at once; an attack that goes on is told of after six hours.",
  remediation: 'Set findingPublishingFrequency "FIFTEEN_MINUTES".',
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-4(5)" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-05" },
  ],
  levels: { baseline: "advisory" },
  config: {
    slowest: { type: "string", description: "The slowest that will do", default: "FIFTEEN_MINUTES", enum: frequencies },
    isMember: {
      type: "boolean",
      description: "Whether the account takes its frequency from the organisation's, so that it has none of its own.",
      default: false,
    },
  },
  checks: {
    [detectorType]: ({ properties }, { config }) => {
      const place = properties.get("findingPublishingFrequency");
      const frequency = place.text();
      if (config.isMember === true) return [];
      if (frequency === UNKNOWN) return [undecided(place)];
      if (frequency === undefined) return [fail(place, "is not set, which means six hours")];
      const limit = frequencies.indexOf(config.slowest as (typeof frequencies)[number]);
      const isAllowed = frequencies.slice(0, limit + 1).some((name) => name === frequency);
      return isAllowed ? [] : [fail(place, `is slower than ${frequencies[limit] ?? frequencies[0]}`)];
    },
  },
  remedies: {
    [detectorType]: ({ properties }) =>
      properties.get("findingPublishingFrequency").isUnknown
        ? undefined
        : { findingPublishingFrequency: "FIFTEEN_MINUTES" },
  },
  examples: [
    {
      title: "a quarter of an hour",
      verdict: "pass",
      resources: [detectorExample({ findingPublishingFrequency: "FIFTEEN_MINUTES" })],
    },
    {
      title: "an hour, where that will do",
      verdict: "pass",
      config: { slowest: "ONE_HOUR" },
      resources: [detectorExample({ findingPublishingFrequency: "ONE_HOUR" })],
    },
    { title: "the account of a member", verdict: "pass", config: { isMember: true }, resources: [detectorExample()] },
    { title: "nothing said, which means six hours", verdict: "fail", absent: true, resources: [detectorExample()] },
    {
      title: "an hour",
      verdict: "fail",
      resources: [detectorExample({ findingPublishingFrequency: "ONE_HOUR" })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [detectorExample({ findingPublishingFrequency: UNKNOWN })],
    },
  ],
});
