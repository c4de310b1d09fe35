import type { StatementModel } from "gabion-knowledge";
import {
  absentPolicyFindings,
  closingDenies,
  endpointExample,
  endpointPolicyExample,
  endpointPolicyType,
  endpointType,
  isForEverything,
  isWideOpen,
  type Perimeter,
  perimetersOf,
  takesPolicy,
} from "../../../kit/endpoint-policies";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";
import { isSelected } from "../../../kit/select";
import { principalAccount, some, type Ternary } from "../../../kit/statements";

const policy = (...statements: Plain[]): Plain => ({ Version: "2012-10-17", Statement: statements });
const held = (Condition: Plain): Plain => ({
  Effect: "Allow",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition,
});
const organization = { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij", "aws:ResourceOrgID": "o-abcdefghij" } };
const account = (...ids: Plain[]) => ({ StringEquals: { "aws:PrincipalAccount": ids } });
const config = { organizations: ["o-abcdefghij"], accounts: ["111122223333"] };

export const endpointOrganisation = rule({
  id: "ml-26-endpoint-organisation",
  title: "Policies of VPC endpoints hold to the own organisation, or to listed accounts",
  severity: "high",
  rationale:
    "A condition on somebody's identity is no perimeter if it is not on one's own: data leaves for an account that the policy names.",
  remediation:
    "Hold each Allow on all resources by aws:PrincipalOrgID or aws:ResourceOrgID (or by PrincipalAccount or ResourceAccount) of the rule's organizations and accounts; endpoints without any policy are the concern of aws-vpc-endpoint-policy.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  levels: { baseline: "advisory" },
  config: {
    organizations: {
      type: "array",
      description: "Ids of the own organisations. Empty: any organisation that a policy names in full",
      items: { type: "string" },
      default: [],
    },
    accounts: {
      type: "array",
      description: "Ids of the own accounts. Empty: any accounts that a policy names in full",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    [endpointType]: ({ properties }, context) => {
      const own = properties.get("policy");
      return own.isAbsent || !takesPolicy(properties) ? [] : foreignFindings(own, context);
    },
    [endpointPolicyType]: ({ properties }, context) => {
      const own = properties.get("policy");
      if (!own.isAbsent) return foreignFindings(own, context);
      return openIsTold(context) ? [] : [fail(own, "is not set, so AWS allows everything")];
    },
  },
  stack: (index, context) => (openIsTold(context) ? [] : absentPolicyFindings(index)),
  examples: [
    { title: "the organisation", verdict: "pass", config, resources: [endpointExample(policy(held(organization)))] },
    {
      title: "a listed account, in a policy that is a resource",
      verdict: "pass",
      config,
      resources: [endpointPolicyExample(policy(held(account("111122223333"))))],
    },
    {
      title: "accounts that the policy names, where none are listed",
      verdict: "pass",
      resources: [endpointExample(policy(held(account("111122223333", "444455556666"))))],
    },
    {
      title: "resources of AWS, named one by one",
      verdict: "pass",
      config,
      resources: [
        endpointExample(
          policy(held(organization), {
            Effect: "Allow",
            Principal: "*",
            Action: "s3:GetObject",
            Resource: "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*",
          }),
        ),
      ],
    },
    {
      title: "everything, and a Deny for other accounts",
      verdict: "pass",
      config,
      resources: [
        endpointExample(
          policy(
            { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" },
            {
              Effect: "Deny",
              Principal: "*",
              Action: "*",
              Resource: "*",
              Condition: { StringNotEquals: { "aws:PrincipalAccount": "111122223333" } },
            },
          ),
        ),
      ],
    },
    {
      title: "no policy: aws-vpc-endpoint-policy tells",
      verdict: "pass",
      absent: true,
      resources: [endpointExample()],
    },
    {
      title: "another organisation",
      verdict: "fail",
      config: { organizations: ["o-zyxwvutsrq"] },
      resources: [endpointExample(policy(held(organization)))],
    },
    {
      title: "an account that is not listed beside one that is",
      verdict: "fail",
      config,
      resources: [endpointExample(policy(held(account("111122223333", "444455556666"))))],
    },
    {
      title: "held by a name of a role, which every account can have",
      verdict: "fail",
      config,
      resources: [
        endpointExample(policy(held({ StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/training" } }))),
      ],
    },
    {
      title: "organisation known only later",
      verdict: "undecided",
      config,
      resources: [endpointExample(policy(held({ StringEquals: { "aws:PrincipalOrgID": UNKNOWN } })))],
    },
  ],
});

/** What has no policy, or is open to everyone, has a rule of its own; where that one does not run, this one tells. */
function openIsTold(context: RuleContext): boolean {
  return isSelected({ id: "aws-vpc-endpoint-policy" }, context);
}

function foreignFindings(property: Property<unknown>, context: RuleContext): Finding[] {
  const read = policyAt(property);
  if (read.findings !== undefined) {
    return read.findings.filter(({ verdict }) => verdict === "undecided" || !openIsTold(context));
  }
  const { statements } = read.policy;
  const denies = closingDenies(statements);
  return statements.filter(isAllow).flatMap((statement) => {
    if (!isForEverything(statement) && !statement.unknown.has("statement")) return [];
    if (statement.unknown.size === 0 && isWideOpen(statement, statements) && openIsTold(context)) return [];
    const holds = some(
      ...[...perimetersOf(statement), ...denies].map((perimeter) => isOwn(perimeter, context)),
      isOnlyFor(statement, context),
    );
    if (holds === true) return [];
    const where = statementPath(property, statement);
    const open = holds === "unknown" || statement.unknown.size > 0;
    return [open ? undecided(where) : fail(where, "is held to no organisation and no account of one's own")];
  });
}

const isAllow = ({ effect }: StatementModel) => effect !== "Deny";

/** Whether an account or organisation is listed; where nothing is listed, whether the policy names it in full. */
function isListed(value: string, kind: "account" | "organization", { config }: RuleContext): boolean {
  const listed = [kind === "account" ? config.accounts : config.organizations].flat();
  if (listed.length > 0) return listed.includes(value);
  return (kind === "account" ? /^\d{12}$/ : /^o-[a-z0-9]{10,32}$/).test(value);
}

/** The organisation of a path such as `o-abcdefghij/r-abcd/ou-abcd-12345678/*`; any other value as it is. */
const firstPart = (value: string): string => value.split("/")[0] ?? value;

function isOwn({ kind, values, open }: Perimeter, context: RuleContext): Ternary {
  if (kind === "identity") return false;
  const named = values.map(firstPart);
  if (named.some((value) => !isListed(value, kind, context))) return false;
  return open ? "unknown" : named.length > 0;
}

/** Whether all principals are of one's own accounts by name. */
function isOnlyFor({ principals, notPrincipals, unknown }: StatementModel, context: RuleContext): boolean {
  return (
    principals.length > 0 &&
    notPrincipals.length === 0 &&
    !unknown.has("principal") &&
    principals.every(({ value }) => isListed(principalAccount(value) ?? "", "account", context))
  );
}
