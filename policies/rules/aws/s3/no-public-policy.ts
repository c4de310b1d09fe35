import { type Plain, UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { type ExampleResource, rule } from "../../../kit/rule";

const policy = (statement: Record<string, Plain> | Plain): ExampleResource[] => [
  {
    type: "aws:s3/bucketPolicy:BucketPolicy",
    name: "models",
    properties: {
      bucket: "models",
      policy: statement === UNKNOWN ? UNKNOWN : JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    },
  },
];
const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" };

export const noPublicPolicy = rule({
  id: "aws-s3-no-public-policy",
  title: "No bucket policy lets everyone in",
  severity: "critical",
  rationale: "A policy for everyone publishes the objects, or lets strangers plant some that training will read.",
  remediation:
    "Name the roles in Principal, or hold the statement by aws:PrincipalOrgID or aws:SourceVpce with StringEquals.",
  mappings: [
    { framework: "AWS FSBP", control: "S3.2" },
    { framework: "AWS FSBP", control: "S3.3" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    "aws:s3/bucketPolicy:BucketPolicy": ({ properties }) => publicAccessFindings(properties.get("policy")),
    "aws:s3/bucket:Bucket": ({ properties }) => publicAccessFindings(properties.get("policy")),
  },
  examples: [
    {
      title: "a role",
      verdict: "pass",
      resources: policy({ ...read, Principal: { AWS: "arn:aws:iam::111122223333:role/serving" } }),
    },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: policy({
        ...read,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } },
      }),
    },
    {
      title: "everyone through endpoints of an account",
      verdict: "pass",
      resources: policy({
        ...read,
        Principal: "*",
        Condition: { StringEquals: { "aws:VpceAccount": "111122223333" } },
      }),
    },
    { title: "a Deny for everyone", verdict: "pass", resources: policy({ ...read, Effect: "Deny", Principal: "*" }) },
    {
      title: "no policy, which admits the account alone",
      verdict: "pass",
      absent: true,
      resources: [{ type: "aws:s3/bucket:Bucket", name: "models", properties: { bucket: "models" } }],
    },
    { title: "everyone", verdict: "fail", resources: policy({ ...read, Principal: "*" }) },
    {
      title: "everyone, held only by a wildcard",
      verdict: "fail",
      resources: policy({
        ...read,
        Principal: "*",
        Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } },
      }),
    },
    {
      title: "everyone, in the bucket's own argument",
      verdict: "fail",
      resources: [
        {
          type: "aws:s3/bucket:Bucket",
          name: "models",
          properties: { policy: JSON.stringify({ Statement: { ...read, Principal: { AWS: ["*"] } } }) },
        },
      ],
    },
    { title: "policy known only later", verdict: "undecided", resources: policy(UNKNOWN) },
  ],
});
