import { isEveryone, type StatementModel } from "gabion-knowledge";
import { ACCOUNT_STATEMENT, keyExample, keyPolicyExample } from "../../../kit/key-examples";
import { keyAndPolicyChecks, keyPolicyFindings } from "../../../kit/key-policies";
import { UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { allows, coversAny, every, principalAccount } from "../../../kit/statements";

const administration = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:ReplicateKey"];
const foreign = (more: object = {}) => ({
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::444455556666:root" },
  Action: "kms:*",
  Resource: "*",
  ...more,
});

export const oneAdministeringAccount = rule({
  id: "aws-kms-one-administering-account",
  title: "A key is administered from one account",
  severity: "high",
  rationale:
    "Another account that may change the policy or delete the key owns it as much as yours does: it can take the data, or destroy it.",
  remediation:
    "Give other accounts kms:Decrypt, kms:GenerateDataKey* and the like by name; list accounts that administer your keys in accounts.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  deviation: "kms-foreign-administrator",
  config: {
    accounts: {
      type: "array",
      description: "Accounts that may administer keys besides one of their own",
      items: { type: "string" },
      default: [],
    },
  },
  checks: keyAndPolicyChecks((properties, { accounts }) =>
    keyPolicyFindings(properties, (statements, place) => administrators(statements, place, accounts as string[])),
  ),
  examples: [
    { title: "the account alone", verdict: "pass", resources: keyPolicyExample(ACCOUNT_STATEMENT) },
    {
      title: "another account that decrypts",
      verdict: "pass",
      resources: keyPolicyExample(ACCOUNT_STATEMENT, foreign({ Action: ["kms:Decrypt", "kms:DescribeKey"] })),
    },
    {
      title: "an account that the configuration names",
      verdict: "pass",
      config: { accounts: ["444455556666"] },
      resources: keyPolicyExample(ACCOUNT_STATEMENT, foreign()),
    },
    { title: "no policy, so that of the account", verdict: "pass", absent: true, resources: keyExample({}) },
    {
      title: "all actions for another account",
      verdict: "fail",
      resources: keyPolicyExample(ACCOUNT_STATEMENT, foreign()),
    },
    {
      title: "a role of another account that may delete the key",
      verdict: "fail",
      resources: keyPolicyExample(
        ACCOUNT_STATEMENT,
        foreign({ Principal: { AWS: ["arn:aws:iam::444455556666:role/ops"] }, Action: ["kms:Schedule*"] }),
      ),
    },
    {
      title: "the other principal known only later",
      verdict: "undecided",
      resources: keyPolicyExample(ACCOUNT_STATEMENT, foreign({ Principal: { AWS: UNKNOWN } })),
    },
  ],
});

function administrators(
  statements: readonly StatementModel[],
  place: (statement: StatementModel) => string,
  accounts: readonly string[],
): Finding[] {
  const found = new Set<string>();
  const findings: Finding[] = [];
  for (const statement of statements) {
    const administers = every(allows(statement), coversAny(statement, administration));
    if (administers === false) continue;
    const open = administers === "unknown" || statement.unknown.has("principal");
    const known = statement.principals.filter((principal) => !isEveryone(principal));
    const here = known.flatMap(({ value }) => principalAccount(value) ?? []).filter((one) => !accounts.includes(one));
    const others = new Set([...found, ...here]);
    if (others.size > 1 && administers === true) findings.push(fail(place(statement), "is of a second account"));
    else if (open) findings.push(undecided(place(statement), "who administers the key is known only after deployment"));
    for (const account of here) found.add(account);
  }
  return findings;
}
