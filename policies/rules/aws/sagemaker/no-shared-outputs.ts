import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import { domainType } from "../../../kit/sagemaker-examples";
import { at } from "../../../kit/same-check";

const profileType = "aws:sagemaker/userProfile:UserProfile";
const sharing = (notebookOutputOption: Plain): Plain => ({ sharingSettings: { notebookOutputOption } });
const domainWith = (defaultUserSettings: Plain): ExampleResource[] => [
  { type: domainType, name: "research", properties: { defaultUserSettings } },
];

export const noSharedOutputs = rule({
  id: "aws-sagemaker-no-shared-outputs",
  title: "Notebooks of Studio are shared without what they have shown",
  severity: "low",
  rationale:
    "Cells show rows of datasets; a notebook shared for its code then hands them to people who may not read the data.",
  remediation: 'Leave sharingSettings.notebookOutputOption out, or set it to "Disabled".',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [domainType]: ({ properties }) => sharingFindings(properties.get("defaultUserSettings")),
    [profileType]: ({ properties }) => sharingFindings(properties.get("userSettings")),
  },
  examples: [
    { title: "without outputs", verdict: "pass", resources: domainWith(sharing("Disabled")) },
    {
      title: "nothing said, which means without outputs",
      verdict: "pass",
      absent: true,
      resources: domainWith({ executionRole: UNKNOWN }),
    },
    { title: "with outputs", verdict: "fail", resources: domainWith(sharing("Allowed")) },
    {
      title: "with outputs, for one user",
      verdict: "fail",
      resources: [{ type: profileType, name: "alice", properties: { userSettings: sharing("Allowed") } }],
    },
    { title: "known only later", verdict: "undecided", resources: domainWith(sharing(UNKNOWN)) },
  ],
});

function sharingFindings(settings: Property<unknown>): Finding[] {
  const option = at(settings, "sharingSettings", "notebookOutputOption");
  const value = option.text();
  if (value === UNKNOWN) return [undecided(option)];
  return value === "Allowed" ? [fail(option, "is Allowed, which hands on what cells have shown")] : [];
}
