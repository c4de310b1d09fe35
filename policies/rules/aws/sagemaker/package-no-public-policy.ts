import { UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy";
const policyOf = exampleOf(type, "summary");
const policy = (statement: object) =>
  policyOf({
    resourcePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sagemaker:DescribeModelPackage", Resource: "*", ...statement }],
    }),
  });

export const packageNoPublicPolicy = rule({
  id: "aws-sagemaker-package-no-public-policy",
  title: "No policy of the registry of models lets everyone in",
  severity: "high",
  rationale: "Strangers could take models, or register versions that are then rolled out as yours.",
  remediation: "Name accounts or roles in Principal, or hold the statement by aws:PrincipalOrgID with StringEquals.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "AWS AI Security Framework", control: "AISF-ML-04" },
  ],
  checks: { [type]: ({ properties }) => publicAccessFindings(properties.get("resourcePolicy")) },
  examples: [
    {
      title: "an account",
      verdict: "pass",
      resources: policy({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
    },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: policy({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    },
    { title: "no policy", verdict: "pass", absent: true, resources: policyOf({ modelPackageGroupName: "summary" }) },
    { title: "everyone", verdict: "fail", resources: policy({ Principal: "*" }) },
    { title: "policy known only later", verdict: "undecided", resources: policyOf({ resourcePolicy: UNKNOWN }) },
  ],
});
