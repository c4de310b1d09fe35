import * as ec2 from "@pulumi/aws/ec2";
import * as vpc from "@pulumi/aws/vpc";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A security group that lets all traffic pass between its members, both ways, and nothing else. EFA needs exactly that: its traffic
 * is no IP and is held by no other rule (EC2 User Guide, "Prepare an EFA-enabled security group").
 */
export function efaGroup(name: string, vpcId: pulumi.Input<string>, parent: pulumi.Resource): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(
    name,
    { description: "EFA traffic between the nodes of a pool", vpcId, tags: { Name: name } },
    { parent },
  );
  const itself = { securityGroupId: group.id, referencedSecurityGroupId: group.id, ipProtocol: "-1" };
  new vpc.SecurityGroupIngressRule(name, { ...itself, description: "From nodes of the pool" }, { parent });
  new vpc.SecurityGroupEgressRule(name, { ...itself, description: "To nodes of the pool" }, { parent });
  return group;
}
