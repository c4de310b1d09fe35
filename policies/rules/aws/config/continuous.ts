import { argument } from "../../../kit/bucket-aspects";
import { UNKNOWN } from "../../../kit/property";
import { recorderExample, recorderType } from "../../../kit/recording-group";
import { fail, rule, undecided } from "../../../kit/rule";

export const configContinuous = rule({
  id: "aws-config-continuous",
  title: "AWS Config records changes when they happen",
  severity: "low",
  rationale: "Once a day is too seldom: a group that was opened at night and closed in the morning was never open.",
  remediation:
    'Leave recordingMode out, or set its recordingFrequency "CONTINUOUS"; single types may be daily by an override.',
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-3" },
    { framework: "ISO 27001:2022", control: "A.8.9" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [recorderType]: ({ properties }) => {
      const place = argument(properties.get("recordingMode"), "recordingFrequency");
      const frequency = place.text();
      if (frequency === UNKNOWN) return [undecided(place)];
      return frequency === "DAILY" ? [fail(place, "records once a day")] : [];
    },
  },
  examples: [
    { title: "nothing said, which means at once", verdict: "pass", absent: true, resources: [recorderExample()] },
    {
      title: "at once",
      verdict: "pass",
      resources: [recorderExample(undefined, { recordingMode: { recordingFrequency: "CONTINUOUS" } })],
    },
    {
      title: "once a day",
      verdict: "fail",
      resources: [recorderExample(undefined, { recordingMode: { recordingFrequency: "DAILY" } })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [recorderExample(undefined, { recordingMode: UNKNOWN })],
    },
  ],
});
