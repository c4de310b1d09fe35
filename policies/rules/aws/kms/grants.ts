import { texts } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import { principalKind } from "../../../kit/statements";

const role = "arn:aws:iam::111122223333:role/training";
const grant = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:kms/grant:Grant", name: "training", properties: { keyId: "1", ...properties } },
];

export const grants = rule({
  id: "aws-kms-grants",
  title: "Grants are for named roles, which cannot pass them on",
  severity: "medium",
  rationale:
    "A grant is use of the key beside its policy; with CreateGrant its holder makes more of them, for anybody, where no policy shows it.",
  remediation:
    "Name a role in granteePrincipal and leave CreateGrant out of operations; only service-linked roles, such as that of Auto Scaling, need it.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  checks: {
    "aws:kms/grant:Grant": ({ properties }) => [
      ...granteeFindings(properties.get("granteePrincipal")),
      ...operationFindings(properties.get("operations"), properties.get("granteePrincipal").text()),
    ],
  },
  examples: [
    {
      title: "a role that decrypts",
      verdict: "pass",
      resources: grant({ granteePrincipal: role, operations: ["Decrypt", "DescribeKey"] }),
    },
    {
      title: "the service-linked role of Auto Scaling",
      verdict: "pass",
      resources: grant({
        granteePrincipal:
          "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
        operations: ["Decrypt", "GenerateDataKeyWithoutPlaintext", "CreateGrant"],
      }),
    },
    {
      title: "a role that can pass it on",
      verdict: "fail",
      resources: grant({ granteePrincipal: role, operations: ["Decrypt", "CreateGrant"] }),
    },
    {
      title: "a whole account",
      verdict: "fail",
      resources: grant({ granteePrincipal: "arn:aws:iam::444455556666:root", operations: ["Decrypt"] }),
    },
    { title: "nobody named", verdict: "fail", absent: true, resources: grant({ operations: ["Decrypt"] }) },
    {
      title: "operations known only later",
      verdict: "undecided",
      resources: grant({ granteePrincipal: role, operations: UNKNOWN }),
    },
    {
      title: "a role known only later that can pass it on",
      verdict: "undecided",
      resources: grant({ granteePrincipal: UNKNOWN, operations: ["CreateGrant"] }),
    },
  ],
});

function granteeFindings(grantee: Property<string>): Finding[] {
  const text = grantee.text();
  if (text === UNKNOWN) return [undecided(grantee)];
  if (text === undefined) return [fail(grantee, "names nobody")];
  const kind = principalKind(text);
  const isNamed = kind !== undefined && kind !== "root" && !/[*?]/.test(text);
  return isNamed ? [] : [fail(grantee, "is no role or user")];
}

function operationFindings(operations: Property<unknown>, grantee: unknown): Finding[] {
  const isServiceLinked = typeof grantee === "string" && grantee.includes(":role/aws-service-role/");
  if (isServiceLinked) return [];
  const { values, open } = texts(operations);
  if (!values.includes("CreateGrant")) return open ? [undecided(operations)] : [];
  return [grantee === UNKNOWN ? undecided(operations) : fail(operations, "lets the grantee pass the grant on")];
}
