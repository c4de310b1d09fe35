import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const cluster = (vpcConfig: Record<string, Plain>, tags?: Record<string, string>): ExampleResource[] => [
  {
    type: "aws:eks/cluster:Cluster",
    name: "training",
    properties: { roleArn: "arn:aws:iam::111122223333:role/eks", vpcConfig, ...(tags === undefined ? {} : { tags }) },
  },
];

export const privateEndpoint = rule({
  id: "aws-eks-private-endpoint",
  title: "The API of an EKS cluster is reachable from inside its network only",
  severity: "high",
  rationale: "A public endpoint lets anyone on the internet try stolen credentials and flaws of the API server.",
  remediation:
    "Set vpcConfig.endpointPublicAccess to false and vpcConfig.endpointPrivateAccess to true. Where a public endpoint cannot be avoided for a time, " +
    "give the cluster the deviation eks-public-endpoint with its ticket and expiry.",
  mappings: [
    { framework: "AWS FSBP", control: "EKS.1" },
    { framework: "CIS EKS 1.8.0", control: "5.4.1" },
    { framework: "CIS EKS 1.8.0", control: "5.4.2" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  deviation: "eks-public-endpoint",
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => {
      const vpc = properties.get("vpcConfig");
      const publicAccess = vpc.get("endpointPublicAccess");
      const privateAccess = vpc.get("endpointPrivateAccess");
      const findings = [];
      // AWS makes the endpoint public, and not private, when it is told nothing.
      const isPublic = publicAccess.flag() ?? true;
      if (isPublic === UNKNOWN) findings.push(undecided(publicAccess));
      else if (isPublic) {
        findings.push(
          fail(publicAccess, publicAccess.isAbsent ? "is not set, and AWS then opens a public endpoint" : "is true"),
        );
      }
      const isPrivate = privateAccess.flag() ?? false;
      if (isPrivate === UNKNOWN) findings.push(undecided(privateAccess));
      else if (!isPrivate)
        findings.push(fail(privateAccess, "is not true, so nodes reach the API through the public endpoint"));
      return findings;
    },
  },
  examples: [
    {
      title: "private endpoint only",
      verdict: "pass",
      resources: cluster({ endpointPublicAccess: false, endpointPrivateAccess: true }),
    },
    {
      title: "public endpoint",
      verdict: "fail",
      resources: cluster({ endpointPublicAccess: true, endpointPrivateAccess: true }),
    },
    {
      title: "nothing said about endpoints",
      verdict: "fail",
      absent: true,
      resources: cluster({ subnetIds: ["subnet-1"] }),
    },
    {
      title: "public endpoint with a deviation that has expired",
      verdict: "fail",
      today: "2026-11-24",
      resources: cluster(
        { endpointPublicAccess: true, endpointPrivateAccess: true },
        { "gabion:deviation": "eks-public-endpoint:SEC-12:2026-11-23" },
      ),
    },
    {
      title: "endpoint known only later",
      verdict: "undecided",
      resources: cluster({ endpointPublicAccess: UNKNOWN, endpointPrivateAccess: true }),
    },
  ],
});
