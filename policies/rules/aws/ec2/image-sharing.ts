import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { sharedAccountFindings, sharedAccountsConfig } from "../../../kit/shared-accounts";

const type = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
const permission = (properties: Record<string, Plain>): ExampleResource[] => [
  { type, name: "node", properties: { imageId: "ami-0123456789abcdef0", ...properties } },
];
const config = { accounts: ["111122223333"] };
const organisationConfig = { organizations: ["o-abcdefghij"] };
const organisation = "arn:aws:organizations::111122223333:organization/o-abcdefghij";

export const imageSharing = rule({
  id: "aws-ec2-image-sharing",
  title: "Images are shared only with accounts and organisations that are listed",
  severity: "medium",
  rationale:
    "Another account that may launch an image has all of its disk, and keeps what it copied when the permission ends.",
  remediation: "Remove the AmiLaunchPermission, or list its account or organisation in the rule's configuration.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-20" },
    { framework: "ISO 27001:2022", control: "A.5.14" },
  ],
  levels: { baseline: "advisory" },
  config: {
    ...sharedAccountsConfig,
    organizations: {
      type: "array",
      description: "Ids of organisations (o-…) with which, or with whose units, images may be shared.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    [type]: ({ properties }, { config }) => {
      const organizations = config.organizations as readonly string[];
      const places = [properties.get("organizationArn"), properties.get("organizationalUnitArn")];
      return [
        ...sharedAccountFindings(properties.get("accountId"), config.accounts),
        ...places.flatMap((place) => {
          const arn = place.text();
          if (arn === UNKNOWN) return [undecided(place)];
          if (arn === undefined || organizations.some((id) => arn.split("/")[1] === id)) return [];
          return [fail(place, "is of an organisation that the rule's organizations do not list")];
        }),
      ];
    },
  },
  examples: [
    { title: "a listed account", verdict: "pass", config, resources: permission({ accountId: "111122223333" }) },
    {
      title: "a listed organisation",
      verdict: "pass",
      config: organisationConfig,
      resources: permission({ organizationArn: organisation }),
    },
    {
      title: "a unit of a listed organisation",
      verdict: "pass",
      config: organisationConfig,
      resources: permission({
        organizationalUnitArn: "arn:aws:organizations::111122223333:ou/o-abcdefghij/ou-ab12-cdefghij",
      }),
    },
    { title: "no account and no organisation", verdict: "pass", absent: true, config, resources: permission({}) },
    {
      title: "an account that is not listed",
      verdict: "fail",
      config,
      resources: permission({ accountId: "444455556666" }),
    },
    {
      title: "an organisation that is not listed",
      verdict: "fail",
      resources: permission({ organizationArn: organisation }),
    },
    { title: "known only later", verdict: "undecided", config, resources: permission({ accountId: UNKNOWN }) },
  ],
});
