import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { tunnelChecks, vpnExample } from "../../../kit/vpn-tunnels";

const connectionType = "aws:ec2/vpnConnection:VpnConnection";
const gatewayType = "aws:ec2/customerGateway:CustomerGateway";
const storage = { presharedKeyStorage: "SecretsManager" };
const certified: ExampleResource = {
  type: gatewayType,
  name: "office",
  properties: { type: "ipsec.1", certificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1" },
};
const throughGateway = (more: Record<string, Plain> = {}): ExampleResource => ({
  ...vpnExample({}, { customerGatewayId: UNKNOWN, ...more }),
  dependencies: { customerGatewayId: ["office"] },
});

export const vpnPresharedKeys = rule({
  id: "aws-vpc-vpn-preshared-keys",
  title: "Preshared keys of a VPN connection are made by AWS and kept in Secrets Manager",
  severity: "high",
  rationale:
    "A key in the program is in its repository and state; one in the VPN service is shown to everyone who may describe connections.",
  remediation:
    'Leave tunnel1PresharedKey and tunnel2PresharedKey out and set presharedKeyStorage to "SecretsManager", or give the CustomerGateway a certificateArn.',
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  checks: tunnelChecks((setting): Finding[] => {
    const key = setting("PresharedKey");
    if (key.isUnknown)
      return [undecided(key, "may put a key into the program's state; it is known only after deployment")];
    return key.isAbsent || key.raw() === "" ? [] : [fail(key, "puts the key into the program's state")];
  }),
  observes: [gatewayType],
  stack: (index) => index.ofType(connectionType).flatMap((connection) => storageFindings(index, connection)),
  examples: [
    { title: "made and kept by AWS", verdict: "pass", resources: [vpnExample({}, storage)] },
    { title: "certificates, so there are no keys", verdict: "pass", resources: [certified, throughGateway()] },
    { title: "kept where descriptions show it", verdict: "fail", absent: true, resources: [vpnExample()] },
    {
      title: "a key in the program",
      verdict: "fail",
      resources: [vpnExample({ PresharedKey: "example_of_a_key" }, storage)],
    },
    {
      title: "storage known only later",
      verdict: "undecided",
      resources: [vpnExample({}, { presharedKeyStorage: UNKNOWN })],
    },
  ],
});

function storageFindings(index: StackIndex, connection: StackResource<typeof connectionType>): StackFinding[] {
  const place = (connection.inputs ?? connection.properties).get("presharedKeyStorage");
  const text = place.text();
  if (text === "SecretsManager" || isCertified(index, connection)) return [];
  const found =
    text === UNKNOWN
      ? undecided(place)
      : fail(place, "is not SecretsManager, so descriptions of the connection show the keys");
  return [{ ...found, resource: connection }];
}

function isCertified(index: StackIndex, { sources, properties }: StackResource<typeof connectionType>): boolean {
  const id = properties.get("customerGatewayId").text();
  return index.ofType(gatewayType).some((gateway) => {
    const own = gateway.properties.entry("id").text();
    const isOwn = (sources.customerGatewayId ?? []).includes(gateway.urn) || (typeof own === "string" && own === id);
    return isOwn && !(gateway.inputs ?? gateway.properties).get("certificateArn").isAbsent;
  });
}
