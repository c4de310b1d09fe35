import { argument, bucketExample, bucketTypes, settingExample } from "../../../kit/bucket-aspects";
import { eachItem } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, type ResourceCheck, rule, undecided } from "../../../kit/rule";

const aclTypes = ["aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2"] as const;
const open = ["authenticated-read", "public-read", "public-read-write"];
const everyone = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/i;

const bucketCheck: ResourceCheck<(typeof bucketTypes)[number]> = ({ properties }) => [
  ...cannedFindings(argument(properties, "acl")),
  ...grantFindings(argument(properties, "grants"), (grant) => argument(grant, "uri")),
];
const aclCheck: ResourceCheck<(typeof aclTypes)[number]> = ({ properties }) => [
  ...cannedFindings(argument(properties, "acl")),
  ...grantFindings(argument(argument(properties, "accessControlPolicy"), "grants"), (grant) =>
    argument(argument(grant, "grantee"), "uri"),
  ),
];

export const bucketNoOpenAcl = rule({
  id: "aws-s3-no-open-acl",
  title: "No access control list opens a bucket to everyone",
  severity: "critical",
  rationale: "Such a list publishes the bucket to the world, or to all who have any account of AWS.",
  remediation: 'Leave acl out or "private", and grant nothing to the groups AllUsers and AuthenticatedUsers.',
  mappings: [
    { framework: "AWS FSBP", control: "S3.2" },
    { framework: "AWS FSBP", control: "S3.3" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    [bucketTypes[0]]: bucketCheck,
    [bucketTypes[1]]: bucketCheck,
    [aclTypes[0]]: aclCheck,
    [aclTypes[1]]: aclCheck,
  },
  examples: [
    { title: "private", verdict: "pass", resources: [settingExample(aclTypes[0], { acl: "private" })] },
    { title: "no list, which means private", verdict: "pass", absent: true, resources: [bucketExample()] },
    {
      title: "public, in the bucket's own arguments",
      verdict: "fail",
      resources: [bucketExample({ acl: "public-read" })],
    },
    {
      title: "all accounts of AWS",
      verdict: "fail",
      resources: [settingExample(aclTypes[0], { acl: "authenticated-read" })],
    },
    {
      title: "a grant to everyone",
      verdict: "fail",
      resources: [
        settingExample(aclTypes[0], {
          accessControlPolicy: {
            grants: [
              {
                permission: "READ",
                grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" },
              },
            ],
          },
        }),
      ],
    },
    { title: "known only later", verdict: "undecided", resources: [settingExample(aclTypes[0], { acl: UNKNOWN })] },
  ],
});

function cannedFindings(acl: Property<unknown>): Finding[] {
  const name = acl.text();
  if (name === UNKNOWN) return [undecided(acl)];
  return name !== undefined && open.includes(name) ? [fail(acl, "opens the bucket to everyone")] : [];
}

function grantFindings(grants: Property<unknown>, grantee: (grant: Property<unknown>) => Property<unknown>): Finding[] {
  return eachItem(grants, (item) => {
    const uri = grantee(item).text();
    if (uri === UNKNOWN) return [undecided(grantee(item))];
    return uri !== undefined && everyone.test(uri) ? [fail(item, "gives rights to everyone")] : [];
  });
}
