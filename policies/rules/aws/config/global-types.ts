import { UNKNOWN } from "../../../kit/property";
import { type RecordingGroup, recorderExample, recorderType, recordingGroup } from "../../../kit/recording-group";
import { fail, rule, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";
import { inputsOf } from "../../../kit/trails";

const globalTypes = ["AWS::IAM::Group", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::User"];

export const configGlobalTypes = rule({
  id: "aws-config-global-types",
  title: "One of the stack's recorders of AWS Config records users, roles and policies",
  severity: "medium",
  rationale:
    "IAM is in no Region, so a recorder leaves it out unless it is told: and then nobody sees who was given which rights, and when.",
  remediation:
    "Set includeGlobalResourceTypes of recordingGroup true, with allSupported true, in one Region; or set keptElsewhere.",
  mappings: [
    { framework: "AWS FSBP", control: "Config.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.3" },
    { framework: "NIST 800-53r5", control: "CM-8" },
    { framework: "ISO 27001:2022", control: "A.8.9" },
  ],
  levels: { baseline: "advisory" },
  config: {
    keptElsewhere: {
      type: "boolean",
      description: "Whether the stack of another Region records them, so that this one need not.",
      default: false,
    },
  },
  checks: {},
  observes: [recorderType],
  stack: (index, { config }) => {
    const recorders = index.ofType(recorderType);
    const [resource] = recorders;
    if (resource === undefined || config.keptElsewhere === true) return [];
    const found = some(...recorders.map((item) => recordsGlobals(recordingGroup(inputsOf(item)))));
    if (found === true) return [];
    const text = "no recorder of the stack records resources that are in no Region";
    return [{ ...(found === false ? fail("", text) : undecided("", `${text}, for sure`)), resource }];
  },
  examples: [
    {
      title: "all types, and global ones",
      verdict: "pass",
      resources: [recorderExample({ allSupported: true, includeGlobalResourceTypes: true })],
    },
    {
      title: "all but some others",
      verdict: "pass",
      resources: [
        recorderExample({
          allSupported: false,
          exclusionByResourceTypes: [{ resourceTypes: ["AWS::EC2::NetworkInterface"] }],
          recordingStrategies: [{ useOnly: "EXCLUSION_BY_RESOURCE_TYPES" }],
        }),
      ],
    },
    {
      title: "another Region has them",
      verdict: "pass",
      config: { keptElsewhere: true },
      resources: [recorderExample()],
    },
    { title: "nothing said, which means without them", verdict: "fail", absent: true, resources: [recorderExample()] },
    {
      title: "left out",
      verdict: "fail",
      resources: [recorderExample({ allSupported: true, includeGlobalResourceTypes: false })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [recorderExample({ includeGlobalResourceTypes: UNKNOWN })],
    },
  ],
});

function recordsGlobals({ allTypes, allBut, excluded, included, globals }: RecordingGroup): Ternary {
  const hidden = excluded.values.some((type) => globalTypes.includes(type));
  const named = globalTypes.every((type) => included.values.includes(type));
  return some(
    every(allTypes, globals),
    every(allBut, hidden ? false : excluded.open ? "unknown" : true),
    named || (included.open ? "unknown" : false),
  );
}
