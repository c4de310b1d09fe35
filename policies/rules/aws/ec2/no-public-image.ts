import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
const permission = (properties: Record<string, Plain>): ExampleResource[] => [
  { type, name: "node", properties: { imageId: "ami-0123456789abcdef0", ...properties } },
];

export const noPublicImage = rule({
  id: "aws-ec2-no-public-image",
  title: "No image may be launched by everyone",
  severity: "critical",
  rationale:
    "Everyone who may launch an image can read all of its disk: code, models, and what was left on it by mistake.",
  remediation: "Remove group; name accountId, organizationArn or organizationalUnitArn instead.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
  ],
  checks: {
    // The one group that there is holds everyone.
    [type]: ({ properties }) => [
      ...everyoneFindings(properties.get("group"), () => true),
      ...everyoneFindings(properties.get("accountId"), (account) => account.toLowerCase() === "all"),
    ],
  },
  examples: [
    { title: "one account", verdict: "pass", resources: permission({ accountId: "111122223333" }) },
    {
      title: "an organisation, and no group",
      verdict: "pass",
      absent: true,
      resources: permission({ organizationArn: "arn:aws:organizations::111122223333:organization/o-abcdefghij" }),
    },
    { title: "everyone", verdict: "fail", resources: permission({ group: "all" }) },
    { title: "everyone, in the place of an account", verdict: "fail", resources: permission({ accountId: "all" }) },
    { title: "group known only later", verdict: "undecided", resources: permission({ group: UNKNOWN }) },
  ],
});

function everyoneFindings(place: Property<unknown>, isEveryone: (text: string) => boolean): Finding[] {
  const text = place.text();
  if (text === UNKNOWN) return [undecided(place)];
  return text !== undefined && isEveryone(text) ? [fail(place, "lets everyone launch the image")] : [];
}
