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
 * What crosses the border of a subnet: everything inside the network, and HTTPS to the S3 gateway. Its addresses are public ones
 * and ACLs take no prefix lists, so the rule is wider than the traffic: there is no route to any other public address. Answers come back
 * to ephemeral ports, which hold the port of RDP; ACLs know no connections, so that one is closed first (AWS FSBP EC2.21).
 *
 * Where egress is inspected, HTTP goes out as well, and the firewall lets through what it knows the host of. UDP does not, so that clients
 * of HTTP/3 fall back to what the firewall reads.
 *
 * @param blocks The IPv4 blocks of the network, the VPC's own first.
 */
export function privateAclRules(blocks: readonly string[], inspected: boolean): AclRules {
  const inside = (): AclRule[] =>
    blocks.map((block, index) => ({ ...rule(100 + index, block, 0, 0), protocol: "-1" as const }));
  return {
    ingress: [
      ...inside(),
      { ...rule(200, everywhere, 3389, 3389), action: "deny" },
      rule(210, everywhere, 1024, 65535),
    ],
    egress: [...inside(), rule(200, everywhere, 443, 443), ...(inspected ? [rule(210, everywhere, 80, 80)] : [])],
  };
}

function rule(ruleNo: number, cidrBlock: string, fromPort: number, toPort: number): AclRule {
  return { ruleNo, action: "allow", protocol: "tcp", cidrBlock, fromPort, toPort };
}
