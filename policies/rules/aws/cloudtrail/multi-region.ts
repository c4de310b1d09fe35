import { argument } from "../../../kit/bucket-aspects";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { every } from "../../../kit/statements";
import { isFlag, keptElsewhereConfig, oneTrailParts, trailExample } from "../../../kit/trails";

export const trailMultiRegion = rule({
  id: "aws-cloudtrail-multi-region",
  title: "One of the stack's trails records all Regions",
  severity: "high",
  rationale:
    "Who holds stolen credentials works in a Region that nobody uses, and a trail of one Region does not see it.",
  remediation:
    "Set isMultiRegionTrail true on a Trail that is logging, or set keptElsewhere where another stack has it.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.1" },
    { framework: "NIST 800-53r5", control: "AU-2" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-01" },
  ],
  config: keptElsewhereConfig,
  ...oneTrailParts(
    (trail) =>
      every(
        isFlag(argument(trail, "isMultiRegionTrail"), true, false),
        isFlag(argument(trail, "enableLogging"), true, true),
      ),
    "no trail of the stack records all Regions",
  ),
  examples: [
    { title: "a trail of all Regions", verdict: "pass", resources: [trailExample()] },
    {
      title: "beside it one of a single Region",
      verdict: "pass",
      resources: [trailExample({ isMultiRegionTrail: false }, "objects"), trailExample()],
    },
    {
      title: "another stack has the trail of all Regions",
      verdict: "pass",
      config: { keptElsewhere: true },
      resources: [trailExample({ isMultiRegionTrail: false })],
    },
    {
      title: "nothing said, which means one Region",
      verdict: "fail",
      absent: true,
      resources: [{ ...trailExample(), properties: { s3BucketName: "audit" } }],
    },
    {
      title: "a trail of all Regions that is switched off",
      verdict: "fail",
      resources: [trailExample({ enableLogging: false })],
    },
    { title: "known only later", verdict: "undecided", resources: [trailExample({ isMultiRegionTrail: UNKNOWN })] },
  ],
});
