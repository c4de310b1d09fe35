import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule, undecided } from "../../../kit/rule";

const aclType = "aws:ec2/networkAcl:NetworkAcl";
const associationType = "aws:ec2/networkAclAssociation:NetworkAclAssociation";
const missing = "is empty, and no NetworkAclAssociation names the ACL";
const acl = (subnetIds?: Plain): ExampleResource => ({
  type: aclType,
  name: "private",
  properties: { vpcId: "vpc-1", ...(subnetIds === undefined ? {} : { subnetIds }) },
});
const association = (dependencies: Record<string, string[]>): ExampleResource => ({
  type: associationType,
  name: "private",
  properties: { networkAclId: UNKNOWN, subnetId: "subnet-1" },
  dependencies,
});

export const aclsInUse = rule({
  id: "aws-vpc-acls-in-use",
  title: "Every network ACL is of some subnet",
  severity: "low",
  rationale:
    "An ACL that no subnet has protects nothing, and whoever reads the program believes that its subnets are closed.",
  remediation: "Name the subnets in subnetIds, add a NetworkAclAssociation, or take the NetworkAcl away.",
  mappings: [
    { framework: "AWS FSBP", control: "EC2.16" },
    { framework: "NIST 800-53r5", control: "CM-8" },
  ],
  levels: { baseline: "advisory", regulated: "advisory" },
  checks: {},
  observes: [aclType, associationType],
  stack: (index) =>
    index.ofType(aclType).flatMap((resource) => {
      const subnets = (resource.inputs ?? resource.properties).get("subnetIds");
      const { items, complete } = subnets.items();
      if (items.length > 0) return [];
      if (!complete) return [{ ...undecided(subnets), resource }];
      return companionFindings(index, resource, {
        types: [associationType],
        property: "networkAclId",
        identifiers: ["id"],
        missing,
      }).map((finding) => ({ ...finding, path: subnets.path }));
    }),
  examples: [
    { title: "of two subnets", verdict: "pass", resources: [acl(["subnet-1", UNKNOWN])] },
    { title: "by an association", verdict: "pass", resources: [acl(), association({ networkAclId: ["private"] })] },
    { title: "of no subnet", verdict: "fail", absent: true, resources: [acl()] },
    { title: "of an empty list of subnets", verdict: "fail", resources: [acl([])] },
    { title: "an association known only later", verdict: "undecided", resources: [acl(), association({})] },
  ],
});
