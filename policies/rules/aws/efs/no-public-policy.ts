import type { StatementModel } from "gabion-knowledge";
import { UNKNOWN } from "../../../kit/property";
import { policyAt, publicAccessFindings, statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:efs/fileSystemPolicy:FileSystemPolicy";
const policyOf = exampleOf(type, "home");
const policy = (statement: object) =>
  policyOf({
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "elasticfilesystem:ClientMount", Resource: "*", ...statement }],
    }),
  });

export const efsNoPublicPolicy = rule({
  id: "aws-efs-no-public-policy",
  title: "No file system's policy lets everyone in",
  severity: "high",
  rationale:
    "Whoever reaches the file system over a network then needs no identity at all, and may come from any account.",
  remediation:
    'Name roles in Principal, or hold the statement by elasticfilesystem:AccessedViaMountTarget "true" or an access point.',
  mappings: [{ framework: "NIST 800-53r5", control: "AC-3" }],
  checks: {
    [type]: ({ properties }) => {
      const property = properties.get("policy");
      const read = policyAt(property);
      const held = (read.policy?.statements ?? []).filter(isHeldByEfs).map((one) => statementPath(property, one));
      return publicAccessFindings(property).filter(({ path }) => !held.includes(path));
    },
  },
  examples: [
    {
      title: "a role",
      verdict: "pass",
      resources: policy({ Principal: { AWS: "arn:aws:iam::111122223333:role/training" } }),
    },
    {
      title: "everyone who comes through a mount target",
      verdict: "pass",
      resources: policy({
        Principal: { AWS: "*" },
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      }),
    },
    {
      title: "no statement for anybody else",
      verdict: "pass",
      absent: true,
      resources: policyOf({ fileSystemId: "fs-1" }),
    },
    { title: "everyone", verdict: "fail", resources: policy({ Principal: "*" }) },
    {
      title: "everyone who does not come through a mount target",
      verdict: "fail",
      resources: policy({
        Principal: "*",
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "false" } },
      }),
    },
    { title: "policy known only later", verdict: "undecided", resources: policyOf({ policy: UNKNOWN }) },
  ],
});

/** Conditions of EFS itself by which AWS does not call a policy public: the network, or an access point, keeps strangers out. */
function isHeldByEfs({ conditions }: StatementModel): boolean {
  return conditions.some(({ key, operator, ifExists, quantifier, values, unknownValues }) => {
    if (ifExists || quantifier === "forallvalues" || unknownValues || values.length === 0) return false;
    const name = key.toLowerCase();
    if (name === "elasticfilesystem:accessedviamounttarget")
      return operator === "bool" && values.every((value) => value.toLowerCase() === "true");
    const compares = /^(stringequals|stringlike|arnequals|arnlike)$/.test(operator);
    return name === "elasticfilesystem:accesspointarn" && compares && !values.some((value) => /^[*?]+$/.test(value));
  });
}
