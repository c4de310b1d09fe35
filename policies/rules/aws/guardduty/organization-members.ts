import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:guardduty/organizationConfiguration:OrganizationConfiguration";
const organisation = (properties: ExampleResource["properties"]): ExampleResource[] => [
  { type, name: "organisation", properties: { detectorId: "1", ...properties } },
];

export const guarddutyOrganizationMembers = rule({
  id: "aws-guardduty-organization-members",
  title: "GuardDuty is switched on in every account of the organisation",
  severity: "high",
  rationale: "An account that was made in a hurry, and that nobody watches, is the one that is broken into.",
  remediation: 'Set autoEnableOrganizationMembers "ALL".',
  mappings: [
    { framework: "AWS FSBP", control: "GuardDuty.1" },
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "AWS AI Security Framework", control: "AISF-GOV-02" },
  ],
  config: {
    newAccountsSuffice: {
      type: "boolean",
      description: "Whether it is enough that accounts which join later have it.",
      default: false,
    },
  },
  checks: {
    [type]: ({ properties }, { config }) => {
      const place = properties.get("autoEnableOrganizationMembers");
      const members = place.text();
      if (members === "ALL" || (members === "NEW" && config.newAccountsSuffice === true)) return [];
      if (members === UNKNOWN) return [undecided(place)];
      return [fail(place, place.isAbsent ? "is not set" : "leaves accounts of the organisation out")];
    },
  },
  remedies: { [type]: () => ({ autoEnableOrganizationMembers: "ALL" }) },
  examples: [
    { title: "all accounts", verdict: "pass", resources: organisation({ autoEnableOrganizationMembers: "ALL" }) },
    {
      title: "accounts that join later, where that is enough",
      verdict: "pass",
      config: { newAccountsSuffice: true },
      resources: organisation({ autoEnableOrganizationMembers: "NEW" }),
    },
    { title: "none", verdict: "fail", resources: organisation({ autoEnableOrganizationMembers: "NONE" }) },
    {
      title: "accounts that join later",
      verdict: "fail",
      resources: organisation({ autoEnableOrganizationMembers: "NEW" }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: organisation({}) },
    {
      title: "known only later",
      verdict: "undecided",
      resources: organisation({ autoEnableOrganizationMembers: UNKNOWN }),
    },
  ],
});
