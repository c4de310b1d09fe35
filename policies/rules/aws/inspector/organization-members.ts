import { argument } from "../../../kit/bucket-aspects";
import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:inspector2/organizationConfiguration:OrganizationConfiguration";
const organisation = (autoEnable: Plain): ExampleResource[] => [
  { type, name: "organisation", properties: { autoEnable } },
];

export const inspectorOrganizationMembers = rule({
  id: "aws-inspector-organization-members",
  title: "Inspector scans instances, images and functions of accounts that join the organisation",
  severity: "medium",
  rationale: "A new account starts with old images, and nobody thinks of switching its scans on.",
  remediation: "Set ec2, ecr and lambda of autoEnable true.",
  mappings: [
    { framework: "NIST 800-53r5", control: "RA-5" },
    { framework: "ISO 27001:2022", control: "A.8.8" },
    { framework: "AWS AI Security Framework", control: "AISF-GOV-02" },
  ],
  checks: {
    [type]: ({ properties }) =>
      ["ec2", "ecr", "lambda"].flatMap((name) => requireTrue(argument(properties.get("autoEnable"), name))),
  },
  remedies: {
    [type]: ({ properties }) => {
      const given = properties.get("autoEnable").raw();
      const isMap = typeof given === "object" && given !== null && !Array.isArray(given);
      return { autoEnable: { ...(isMap ? given : {}), ec2: true, ecr: true, lambda: true } };
    },
  },
  examples: [
    { title: "all three", verdict: "pass", resources: organisation({ ec2: true, ecr: true, lambda: true }) },
    { title: "functions left out", verdict: "fail", absent: true, resources: organisation({ ec2: true, ecr: true }) },
    { title: "images off", verdict: "fail", resources: organisation({ ec2: true, ecr: false, lambda: true }) },
    { title: "known only later", verdict: "undecided", resources: organisation(UNKNOWN) },
  ],
});
