import { argument } from "../../../kit/bucket-aspects";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { isFlag, keptElsewhereConfig, oneTrailParts, trailExample } from "../../../kit/trails";

export const trailGlobalEvents = rule({
  id: "aws-cloudtrail-global-events",
  title: "One of the stack's trails records the services that are in no Region, such as IAM",
  severity: "high",
  rationale: "New users, roles and keys are made in IAM: a record without it shows the damage and never how it began.",
  remediation:
    "Leave includeGlobalServiceEvents out or true on one Trail; one with isMultiRegionTrail always has them.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "4.1" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  config: keptElsewhereConfig,
  ...oneTrailParts(
    (trail) => isFlag(argument(trail, "includeGlobalServiceEvents"), true, true),
    "no trail of the stack records services that are in no Region",
  ),
  examples: [
    { title: "nothing said, which means recorded", verdict: "pass", absent: true, resources: [trailExample()] },
    {
      title: "left out of the second trail, so that nothing is recorded twice",
      verdict: "pass",
      resources: [
        trailExample({ isMultiRegionTrail: false, includeGlobalServiceEvents: false }, "local"),
        trailExample({ includeGlobalServiceEvents: true }),
      ],
    },
    {
      title: "left out of the only trail",
      verdict: "fail",
      resources: [trailExample({ isMultiRegionTrail: false, includeGlobalServiceEvents: false })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [trailExample({ includeGlobalServiceEvents: UNKNOWN })],
    },
  ],
});
