import { argument, bucketExample, bucketTypes, settingExample } from "../../../kit/bucket-aspects";
import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { fail, type ResourceCheck, rule, undecided } from "../../../kit/rule";

const controlsType = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
const controls = (objectOwnership: string | typeof UNKNOWN) =>
  settingExample(controlsType, { rule: { objectOwnership } });

/** New buckets have no ACLs; those grants need them switched on. */
const bucketCheck: ResourceCheck<(typeof bucketTypes)[number]> = ({ properties }) => {
  const grants = argument(properties, "grants");
  const { items, complete } = grants.items();
  if (items.length > 0) return [fail(grants, "gives rights by ACL")];
  return complete ? [] : [undecided(grants)];
};

export const bucketAclsDisabled = rule({
  id: "aws-s3-acls-disabled",
  title: "No bucket gives rights by access control lists",
  severity: "medium",
  rationale: "ACLs stand beside the policies, on every object, and let those who write objects decide who reads them.",
  remediation: 'Set objectOwnership "BucketOwnerEnforced" in the BucketOwnershipControls, and no grants on the bucket.',
  mappings: [
    { framework: "AWS FSBP", control: "S3.12" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    [bucketTypes[0]]: bucketCheck,
    [bucketTypes[1]]: bucketCheck,
    [controlsType]: ({ properties }) =>
      requireOneOf(
        properties.get("rule").get("objectOwnership"),
        ["BucketOwnerEnforced"],
        'is not "BucketOwnerEnforced", so ACLs are in force',
      ),
  },
  examples: [
    {
      title: "the owner of the bucket owns all",
      verdict: "pass",
      resources: [bucketExample(), controls("BucketOwnerEnforced")],
    },
    {
      title: "nothing said: S3 disables ACLs of new buckets",
      verdict: "pass",
      absent: true,
      resources: [bucketExample()],
    },
    { title: "ACLs in force", verdict: "fail", resources: [bucketExample(), controls("BucketOwnerPreferred")] },
    {
      title: "a grant in the bucket's own arguments",
      verdict: "fail",
      resources: [bucketExample({ grants: [{ type: "Group", permissions: ["READ"], uri: "group" }] })],
    },
    { title: "known only later", verdict: "undecided", resources: [bucketExample(), controls(UNKNOWN)] },
  ],
});
