import { requireOneOf } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { domain, domainType } from "../../../kit/sagemaker-examples";

export const domainVpcOnly = rule({
  id: "aws-sagemaker-domain-vpc-only",
  title: "Apps of Studio reach the world through your VPC alone",
  severity: "high",
  rationale:
    "Otherwise all but the file system goes through a network of SageMaker, past your endpoints, groups and flow logs.",
  remediation: 'Set appNetworkAccessType to "VpcOnly", and give the VPC endpoints for SageMaker, S3 and STS.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-01" },
    { framework: "ISO 27001:2022", control: "A.8.22" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [domainType]: ({ properties }) =>
      requireOneOf(properties.get("appNetworkAccessType"), ["VpcOnly"], 'is not "VpcOnly"'),
  },
  examples: [
    { title: "through the VPC", verdict: "pass", resources: domain({ appNetworkAccessType: "VpcOnly" }) },
    {
      title: "nothing said, which means the internet",
      verdict: "fail",
      absent: true,
      resources: domain({ authMode: "SSO" }),
    },
    { title: "the internet", verdict: "fail", resources: domain({ appNetworkAccessType: "PublicInternetOnly" }) },
    { title: "known only later", verdict: "undecided", resources: domain({ appNetworkAccessType: UNKNOWN }) },
  ],
});
