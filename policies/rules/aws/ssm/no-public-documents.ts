import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:ssm/document:Document";
const document = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "patch",
  properties: { documentType: "Command", ...properties },
});

export const ssmNoPublicDocuments = rule({
  id: "aws-ssm-no-public-documents",
  title: "No document is shared with all accounts",
  severity: "high",
  rationale: "A document tells how your machines are run, often with names and paths that help an attacker.",
  remediation: "Name the accounts in permissions.accountIds, or leave permissions out.",
  mappings: [
    { framework: "AWS FSBP", control: "SSM.4" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: {
    [type]: ({ properties }) => {
      const accounts = properties.get("permissions").entry("accountIds");
      const listed = accounts.text();
      if (listed === UNKNOWN) return [undecided(accounts)];
      const all = listed?.split(",").some((account) => account.trim().toLowerCase() === "all");
      return all ? [fail(accounts, 'names "all"')] : [];
    },
  },
  examples: [
    {
      title: "one account",
      verdict: "pass",
      resources: [document({ permissions: { type: "Share", accountIds: "111122223333" } })],
    },
    { title: "not shared", verdict: "pass", absent: true, resources: [document({})] },
    {
      title: "all accounts",
      verdict: "fail",
      resources: [document({ permissions: { type: "Share", accountIds: "All" } })],
    },
    {
      title: "accounts known only later",
      verdict: "undecided",
      resources: [document({ permissions: { type: "Share", accountIds: UNKNOWN } })],
    },
  ],
});
