import { coversAction, isClusterIssuer, isEveryone, type PrincipalMatch, type StatementModel } from "gabion-knowledge";
import { trustExample } from "../../../kit/iam-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { allows, every, findingOf, isFor, not } from "../../../kit/statements";
import { trustCheck } from "../../../kit/trust";
import { holdsClaim } from "../../../kit/web-identity";

const issuer = "oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE";
const trust = (Condition: Plain, more: Record<string, Plain> = {}) =>
  trustExample({
    Effect: "Allow",
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition,
    ...more,
  });
const audience = { [`${issuer}:aud`]: "sts.amazonaws.com" };
const subject = (name: Plain): Record<string, Plain> => ({ [`${issuer}:sub`]: name });
const trainer = subject("system:serviceaccount:training:trainer");

export const serviceAccountTrust = rule({
  id: "ml-31-service-account-trust",
  title: "Roles for service accounts of a cluster name the accounts, and the audience of their tokens",
  severity: "high",
  rationale:
    "A trust with a pattern, or without a subject, gives a model's data to any pod of the cluster; without an audience, tokens that were made for another service open the role as well.",
  remediation:
    "Condition sts:AssumeRoleWithWebIdentity on StringEquals of the issuer's :sub, as system:serviceaccount:<namespace>:<name> of an account of its own, and of its :aud, which is sts.amazonaws.com.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C5.1.2" },
  ],
  config: {
    audiences: {
      type: "array",
      description: "Audiences of tokens for AWS; another partition's may be another.",
      items: { type: "string" },
      default: ["sts.amazonaws.com"],
    },
  },
  checks: {
    "aws:iam/role:Role": trustCheck((statement, where, { audiences }) => {
      const forPods = every(
        allows(statement),
        statement.unknown.has("statement") ? "unknown" : coversAction(statement, "sts:AssumeRoleWithWebIdentity"),
        isFor(statement, isOfCluster),
      );
      const named = holdsClaim(statement, "sub", isOwnAccount);
      const meant = holdsClaim(statement, "aud", (value) => (audiences as string[]).includes(value));
      return [
        ...findingOf(where, every(forPods, not(named)), subjectText(statement)),
        ...findingOf(where, every(forPods, not(meant)), "does not hold tokens to the audience of AWS by StringEquals"),
      ];
    }),
  },
  examples: [
    { title: "one service account", verdict: "pass", resources: trust({ StringEquals: { ...audience, ...trainer } }) },
    {
      title: "two service accounts, by name",
      verdict: "pass",
      resources: trust({
        StringEquals: {
          ...audience,
          ...subject(["system:serviceaccount:training:trainer", "system:serviceaccount:training:resumer"]),
        },
      }),
    },
    {
      title: "a pattern that has no wildcard",
      verdict: "pass",
      resources: trust({ StringEquals: audience, StringLike: trainer }),
    },
    {
      title: "tokens of another issuer than a cluster",
      verdict: "pass",
      resources: trust(
        { StringEquals: { "idp.example.com:sub": "ada" } },
        { Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/idp.example.com" } },
      ),
    },
    { title: "no subject", verdict: "fail", absent: true, resources: trust({ StringEquals: audience }) },
    { title: "no audience", verdict: "fail", resources: trust({ StringEquals: trainer }) },
    {
      title: "any service account of a namespace",
      verdict: "fail",
      resources: trust({ StringEquals: audience, StringLike: subject("system:serviceaccount:training:*") }),
    },
    {
      title: "the account that pods have which name none",
      verdict: "fail",
      resources: trust({ StringEquals: { ...audience, ...subject("system:serviceaccount:training:default") } }),
    },
    {
      title: "a subject that is compared with itself",
      verdict: "fail",
      resources: trust({ StringEquals: { ...audience, ...subject(`\${${issuer}:sub}`) } }),
    },
    {
      title: "all but one namespace",
      verdict: "fail",
      resources: trust({ StringEquals: audience, StringNotLike: subject("system:serviceaccount:kube-system:*") }),
    },
    {
      title: "conditions that hold also where the claim is absent",
      verdict: "fail",
      resources: trust({ StringEqualsIfExists: audience, "ForAllValues:StringEquals": trainer }),
    },
    {
      title: "tokens for the API server",
      verdict: "fail",
      resources: trust({
        StringEquals: { ...trainer, [`${issuer}:aud`]: ["sts.amazonaws.com", "https://kubernetes.default.svc"] },
      }),
    },
    {
      title: "a cluster with IPv6, in China",
      verdict: "fail",
      resources: trust(
        { StringEquals: audience },
        {
          Principal: {
            Federated:
              "arn:aws-cn:iam::111122223333:oidc-provider/oidc-eks.cn-north-1.api.amazonwebservices.com.cn/id/EXAMPLE",
          },
        },
      ),
    },
    {
      title: "every issuer of the account",
      verdict: "fail",
      resources: trust({ StringEquals: audience }, { Principal: "*", Action: "sts:*" }),
    },
    {
      title: "service account known only later",
      verdict: "undecided",
      resources: trust({ StringEquals: { ...audience, ...subject(UNKNOWN) } }),
    },
    {
      title: "issuer known only later",
      verdict: "undecided",
      resources: trust({ StringEquals: audience }, { Principal: { Federated: UNKNOWN } }),
    },
  ],
});

function isOfCluster(principal: PrincipalMatch): boolean {
  if (isEveryone(principal)) return true;
  return principal.type.toLowerCase() === "federated" && isClusterIssuer(principal.value);
}

/** A service account by name, and not the one that all pods of a namespace have which name none. */
function isOwnAccount(value: string): boolean {
  return /^system:serviceaccount:[a-z0-9-]+:(?!default$)[a-z0-9.-]+$/.test(value);
}

function subjectText({ conditions }: StatementModel): string {
  const isTold = conditions.some(({ key }) => key.toLowerCase().endsWith(":sub"));
  return isTold
    ? "does not hold the subject, by StringEquals, to service accounts of their own"
    : "does not say by which service accounts the role is taken";
}
