import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const endpointType = "aws:ec2clientvpn/endpoint:Endpoint";
const endpoint = (...types: Plain[]): ExampleResource[] => [
  {
    type: endpointType,
    name: "people",
    properties: {
      serverCertificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/1",
      ...(types.length === 0 ? {} : { authenticationOptions: types.map((type) => ({ type })) }),
    },
  },
];
const certificate = "certificate-authentication";

export const clientVpnAuthentication = rule({
  id: "aws-vpc-client-vpn-authentication",
  title: "A Client VPN lets in people whom a directory or identity provider knows, not certificates alone",
  severity: "high",
  rationale:
    "A certificate is a file that is copied, shared and never asked for a second factor; nobody is locked out when they leave.",
  remediation:
    'Add authenticationOptions of the type "federated-authentication" or "directory-service-authentication", beside certificates if they are wanted.',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "IA-2" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [endpointType]: ({ properties }) => {
      const options = properties.get("authenticationOptions");
      const { items, complete } = options.items();
      const types = items.map((item) => (item as Property<{ type: string }>).get("type").text());
      if (types.includes("federated-authentication") || types.includes("directory-service-authentication")) return [];
      const open = !complete || types.includes(UNKNOWN);
      return [open ? undecided(options) : fail(options, "knows certificates alone, and no people")];
    },
  },
  examples: [
    { title: "an identity provider", verdict: "pass", resources: endpoint("federated-authentication") },
    {
      title: "a directory, and a certificate beside it",
      verdict: "pass",
      resources: endpoint("directory-service-authentication", certificate),
    },
    { title: "nothing is said", verdict: "fail", absent: true, resources: endpoint() },
    { title: "a certificate alone", verdict: "fail", resources: endpoint(certificate) },
    { title: "known only later", verdict: "undecided", resources: endpoint(certificate, UNKNOWN) },
  ],
});
