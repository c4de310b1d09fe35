import { type Property, UNKNOWN } from "../../../kit/property";
import { recorderExample, recorderType, recordingGroup } from "../../../kit/recording-group";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const allBut = (resourceTypes: string[]) => ({
  allSupported: false,
  exclusionByResourceTypes: [{ resourceTypes }],
  recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
});

export const configAllTypes = rule({
  id: "aws-config-all-types",
  title: "AWS Config records all types of resources",
  severity: "medium",
  rationale:
    "What a list of types leaves out, or what AWS adds after it was written, has no history and is held against no rule.",
  remediation:
    "Leave recordingGroup out, or set its allSupported true; types that are left out on purpose belong into allowedExclusions.",
  mappings: [
    { framework: "AWS FSBP", control: "Config.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.3" },
    { framework: "NIST 800-53r5", control: "CM-8" },
    { framework: "ISO 27001:2022", control: "A.8.9" },
  ],
  config: {
    allowedExclusions: {
      type: "array",
      description:
        "Types that may be left out, such as AWS::EC2::NetworkInterface where addresses change all the time.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    [recorderType]: ({ properties }, { config }) => recorderFindings(properties, config.allowedExclusions as string[]),
  },
  examples: [
    { title: "nothing said, which means all types", verdict: "pass", absent: true, resources: [recorderExample()] },
    {
      title: "all types",
      verdict: "pass",
      resources: [recorderExample({ allSupported: true, includeGlobalResourceTypes: true })],
    },
    {
      title: "all but one that may be left out",
      verdict: "pass",
      config: { allowedExclusions: ["AWS::EC2::NetworkInterface"] },
      resources: [recorderExample(allBut(["AWS::EC2::NetworkInterface"]))],
    },
    {
      title: "named types",
      verdict: "fail",
      resources: [recorderExample({ allSupported: false, resourceTypes: ["AWS::S3::Bucket"] })],
    },
    { title: "all but some", verdict: "fail", resources: [recorderExample(allBut(["AWS::IAM::Role"]))] },
    { title: "known only later", verdict: "undecided", resources: [recorderExample({ allSupported: UNKNOWN })] },
  ],
});

function recorderFindings(properties: Property<unknown>, allowed: readonly string[]): Finding[] {
  const where = "recordingGroup";
  const { allTypes, allBut: isAllBut, excluded } = recordingGroup(properties);
  if (allTypes === true) return [];
  const left = excluded.values.filter((type) => !allowed.includes(type)).length;
  if (isAllBut === true && allTypes === false) {
    if (left > 0) return [fail(where, `leaves ${left} types out that may not be`)];
    return excluded.open ? [undecided(where)] : [];
  }
  return [
    allTypes === "unknown" || isAllBut === "unknown" ? undecided(where) : fail(where, "records named types alone"),
  ];
}
