import type { PrincipalMatch } from "gabion-knowledge";
import { trustExample } from "../../../kit/iam-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import {
  allows,
  every,
  findingOf,
  isFor,
  isNarrowedBy,
  not,
  principalAccount,
  principalKind,
} from "../../../kit/statements";
import { trustCheck } from "../../../kit/trust";

const trust = (principal: Plain, more: Record<string, Plain> = {}) =>
  trustExample({ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole", ...more });
const root = "arn:aws:iam::444455556666:root";

export const accountTrust = rule({
  id: "aws-iam-account-trust",
  title: "Roles are open to named roles, or to accounts with an external id or of the organisation",
  severity: "high",
  rationale:
    "Trust in a whole account lets everybody there in whom its administrators like, and a vendor's customers into each other's accounts.",
  remediation:
    "Name roles in Principal; for a vendor condition on sts:ExternalId, within the organisation on aws:PrincipalOrgID or aws:PrincipalArn; " +
    "list accounts that may be trusted as a whole in accounts.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.5.15" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-account-trust",
  config: {
    accounts: {
      type: "array",
      description:
        "Accounts that may be trusted as a whole, such as your own. Where any are listed, roles of other accounts need a condition too",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:iam/role:Role": trustCheck((statement, where, config) => {
      const accounts = config.accounts as string[];
      const isStrange = ({ value }: PrincipalMatch): boolean => {
        const account = principalAccount(value);
        if (account === undefined || accounts.includes(account)) return false;
        return accounts.length > 0 || (principalKind(value) ?? "root") === "root";
      };
      const violated = every(
        allows(statement),
        isFor(statement, isStrange),
        not(isNarrowedBy(statement, { key: (key) => holding.test(key) })),
      );
      return findingOf(
        where,
        violated,
        "trusts an account without an external id, an organisation or named principals",
      );
    }),
  },
  examples: [
    {
      title: "a named role",
      verdict: "pass",
      resources: trust("arn:aws:iam::444455556666:role/deploy"),
    },
    {
      title: "a vendor with an external id",
      verdict: "pass",
      resources: trust(root, { Condition: { StringEquals: { "sts:ExternalId": "0b9e6a7c" } } }),
    },
    {
      title: "roles of a kind in the organisation",
      verdict: "pass",
      resources: trust([root], { Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/deploy-*" } } }),
    },
    {
      title: "an account that the configuration names",
      verdict: "pass",
      config: { accounts: ["444455556666"] },
      resources: trust(root),
    },
    { title: "a whole account, without a condition", verdict: "fail", absent: true, resources: trust(root) },
    {
      title: "a whole account by its number, with a second factor",
      verdict: "fail",
      resources: trust("444455556666", { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
    },
    {
      title: "a role of an account that is not among those listed",
      verdict: "fail",
      config: { accounts: ["111122223333"] },
      resources: trust("arn:aws:iam::444455556666:role/deploy"),
    },
    { title: "principal known only later", verdict: "undecided", resources: trust(UNKNOWN) },
  ],
});

const holding = /^(sts:externalid|aws:principal(account|arn|orgid|orgpaths)|aws:principaltag\/.+|aws:userid)$/;
