/** An entry of a network ACL as `aws.ec2.NetworkAcl` takes it. */
export interface AclRule {
  ruleNo: number;
  action: "allow" | "deny";
  protocol: "-1" | "tcp";
  cidrBlock: string;
  fromPort: number;
  toPort: number;
}

export interface AclRules {
  ingress: AclRule[];
  egress: AclRule[];
}

const everywhere = "0.0.0.0/0";

/**
 * What crosses the border of a private subnet: everything inside the VPC, and HTTPS to the S3 gateway. Its addresses are public ones
 * and ACLs take no prefix lists, so the rule is wider than the traffic: there is no route to any other public address. Answers come back
 * to ephemeral ports, which hold the port of RDP; ACLs know no connections, so that one is closed first (AWS FSBP EC2.21).
 */
export function privateAclRules(vpcCidr: string): AclRules {
  const inside = (): AclRule => ({ ...rule(100, vpcCidr, 0, 0), protocol: "-1" });
  return {
    ingress: [inside(), { ...rule(200, everywhere, 3389, 3389), action: "deny" }, rule(210, everywhere, 1024, 65535)],
    egress: [inside(), rule(200, everywhere, 443, 443)],
  };
}

function rule(ruleNo: number, cidrBlock: string, fromPort: number, toPort: number): AclRule {
  return { ruleNo, action: "allow", protocol: "tcp", cidrBlock, fromPort, toPort };
}
