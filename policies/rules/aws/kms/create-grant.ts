import type { StatementModel } from "gabion-knowledge";
import { policyExample } from "../../../kit/iam-examples";
import { identityPolicyChecks } from "../../../kit/iam-policies";
import { ACCOUNT_STATEMENT, keyPolicyExample } from "../../../kit/key-examples";
import { keyAndPolicyChecks, keyPolicyFindings } from "../../../kit/key-policies";
import { UNKNOWN } from "../../../kit/property";
import { statementPath } from "../../../kit/public-access";
import { rule } from "../../../kit/rule";
import {
  allows,
  covers,
  every,
  findingOf,
  isAdministrator,
  isFor,
  isNarrowedBy,
  not,
  principalKind,
  type Ternary,
} from "../../../kit/statements";

const role = { AWS: "arn:aws:iam::111122223333:role/training" };
const allow = { Effect: "Allow", Action: ["kms:Decrypt", "kms:CreateGrant"], Resource: "*" };
const forServices = { Bool: { "kms:GrantIsForAWSResource": "true" } };
const text = "allows kms:CreateGrant for whomever its holder likes";

export const createGrant = rule({
  id: "aws-kms-create-grant",
  title: "Who may make grants on keys may make them for services of AWS, or for named principals",
  severity: "medium",
  rationale:
    "kms:CreateGrant without a condition lets its holder give the key to anybody, in any account, and no policy shows it.",
  remediation:
    "Condition kms:CreateGrant on Bool of kms:GrantIsForAWSResource being true, or on kms:GranteePrincipal or kms:ViaService.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    ...identityPolicyChecks((statement, property) =>
      isAdministrator(statement) ? [] : findingOf(statementPath(property, statement), isOpen(statement), text),
    ),
    ...keyAndPolicyChecks((properties) =>
      keyPolicyFindings(properties, (statements, place) =>
        statements.flatMap((statement) =>
          findingOf(place(statement), every(isOpen(statement), isFor(statement, isIdentity)), text),
        ),
      ),
    ),
  },
  examples: [
    {
      title: "the account, whose policies of identities decide",
      verdict: "pass",
      resources: keyPolicyExample(ACCOUNT_STATEMENT),
    },
    {
      title: "grants for services of AWS",
      verdict: "pass",
      resources: keyPolicyExample({ ...allow, Principal: role, Condition: forServices }),
    },
    {
      title: "grants for one role",
      verdict: "pass",
      resources: policyExample({
        ...allow,
        Condition: { ArnEquals: { "kms:GranteePrincipal": "arn:aws:iam::111122223333:role/jobs" } },
      }),
    },
    {
      title: "grants for anybody, in the policy of a key",
      verdict: "fail",
      absent: true,
      resources: keyPolicyExample({ ...allow, Principal: role }),
    },
    { title: "grants for anybody, in the policy of an identity", verdict: "fail", resources: policyExample(allow) },
    {
      title: "a condition that is not on who gets the grant",
      verdict: "fail",
      resources: policyExample({ ...allow, Condition: { Bool: { "kms:GrantIsForAWSResource": "false" } } }),
    },
    {
      title: "in a policy of its own resource",
      verdict: "fail",
      resources: [
        {
          type: "aws:kms/keyPolicy:KeyPolicy",
          name: "data",
          properties: { keyId: "1", policy: { Statement: { ...allow, Principal: role } } },
        },
      ],
    },
    {
      title: "condition known only later",
      verdict: "undecided",
      resources: keyPolicyExample({ ...allow, Principal: role, Condition: UNKNOWN }),
    },
  ],
});

function isOpen(statement: StatementModel): Ternary {
  const forService = isNarrowedBy(statement, {
    key: (key) => key === "kms:grantisforawsresource",
    isOpen: (value) => value.toLowerCase() !== "true",
  });
  const forNamed = isNarrowedBy(statement, {
    key: (key) => key === "kms:granteeprincipal" || key === "kms:viaservice",
  });
  return every(allows(statement), covers(statement, "kms:CreateGrant"), not(forService), not(forNamed));
}

/** A role, a user, or everyone; not an account as a whole, which hands the decision on, nor a service. */
function isIdentity({ type, value }: { type: string; value: string }): boolean {
  const kind = principalKind(value);
  return value === "*" || (type.toLowerCase() === "aws" && kind !== undefined && kind !== "root");
}
