import { argument } from "../../../kit/bucket-aspects";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const pointType = "aws:s3/accessPoint:AccessPoint";
const regionsType = "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint";
const settings = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;
const point = (publicAccessBlockConfiguration?: Plain): ExampleResource => ({
  type: pointType,
  name: "training",
  properties: {
    bucket: "models",
    ...(publicAccessBlockConfiguration === undefined ? {} : { publicAccessBlockConfiguration }),
  },
});

export const accessPointBlock = rule({
  id: "aws-s3-access-point-block",
  title: "Access points block public access in all four ways",
  severity: "high",
  rationale:
    "What an access point lets in reaches the bucket behind it, and its block cannot be changed once it is made.",
  remediation: `Leave the block of the access point as it is by default, or set ${settings.join(", ")} true.`,
  mappings: [
    { framework: "AWS FSBP", control: "S3.19" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    [pointType]: ({ properties }) => blockFindings(properties.get("publicAccessBlockConfiguration")),
    [regionsType]: ({ properties }) => blockFindings(properties.get("details").get("publicAccessBlock")),
  },
  examples: [
    { title: "all four", verdict: "pass", resources: [point({ blockPublicAcls: true, blockPublicPolicy: true })] },
    { title: "nothing said, which means all four", verdict: "pass", absent: true, resources: [point()] },
    { title: "one of four off", verdict: "fail", resources: [point({ blockPublicPolicy: false })] },
    {
      title: "a multi-Region access point with one off",
      verdict: "fail",
      resources: [
        {
          type: regionsType,
          name: "models",
          properties: { details: { name: "models", publicAccessBlock: { restrictPublicBuckets: false }, regions: [] } },
        },
      ],
    },
    { title: "one known only later", verdict: "undecided", resources: [point({ ignorePublicAcls: UNKNOWN })] },
  ],
});

function blockFindings(block: Property<unknown>): Finding[] {
  return settings.flatMap((name) => {
    const setting = argument(block, name);
    const value = setting.flag();
    if (value === UNKNOWN) return block.isUnknown && name !== settings[0] ? [] : [undecided(setting)];
    return value === false ? [fail(setting, "is false")] : [];
  });
}
