import { type Property, UNKNOWN } from "../../../kit/property";
import { publicAccessFindings } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const permission = exampleOf("aws:lambda/permission:Permission", "invoke");
const layer = exampleOf("aws:lambda/layerVersionPermission:LayerVersionPermission", "share");
const policy = exampleOf("aws:lambda/resourcePolicy:ResourcePolicy", "policy");
const invoke = { action: "lambda:InvokeFunction", function: "tokenize" };
const everyone = { Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: "*" };
const document = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

export const lambdaNoPublicPermission = rule({
  id: "aws-lambda-no-public-permission",
  title: "No permission lets everyone invoke a function or use a layer",
  severity: "critical",
  rationale: "Strangers run the code with the rights of its role, at your cost, or read what the layer holds.",
  remediation:
    "Name an account, a role or a service in principal, or hold everyone by principalOrgId (organizationId for a layer).",
  mappings: [
    { framework: "AWS FSBP", control: "Lambda.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "AWS AI Security Framework", control: "AISF-RUNTIME-03" },
  ],
  checks: {
    "aws:lambda/permission:Permission": ({ properties }) =>
      everyoneFindings(properties.get("principal"), [
        properties.get("principalOrgId"),
        properties.get("sourceAccount"),
        properties.get("sourceArn"),
      ]),
    "aws:lambda/layerVersionPermission:LayerVersionPermission": ({ properties }) =>
      everyoneFindings(properties.get("principal"), [properties.get("organizationId")]),
    "aws:lambda/resourcePolicy:ResourcePolicy": ({ properties }) => publicAccessFindings(properties.get("policy")),
  },
  examples: [
    { title: "a service", verdict: "pass", resources: permission({ ...invoke, principal: "events.amazonaws.com" }) },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: permission({ ...invoke, principal: "*", principalOrgId: "o-abcdefghij" }),
    },
    {
      title: "a layer for the organisation",
      verdict: "pass",
      resources: layer({ layerName: "codec", principal: "*", organizationId: "o-abcdefghij" }),
    },
    {
      title: "a policy for a role",
      verdict: "pass",
      resources: policy({
        policy: document({ ...everyone, Principal: { AWS: "arn:aws:iam::111122223333:role/serving" } }),
      }),
    },
    {
      title: "everyone, held by nothing",
      verdict: "fail",
      absent: true,
      resources: permission({ ...invoke, principal: "*" }),
    },
    {
      title: "everyone through a URL without authentication",
      verdict: "fail",
      resources: permission({
        action: "lambda:InvokeFunctionUrl",
        function: "tokenize",
        principal: "*",
        functionUrlAuthType: "NONE",
      }),
    },
    {
      title: "a source that is any source",
      verdict: "fail",
      resources: permission({ ...invoke, principal: "*", sourceArn: "*" }),
    },
    { title: "a layer for everyone", verdict: "fail", resources: layer({ layerName: "codec", principal: "*" }) },
    { title: "a policy for everyone", verdict: "fail", resources: policy({ policy: document(everyone) }) },
    {
      title: "principal known only later",
      verdict: "undecided",
      resources: permission({ ...invoke, principal: UNKNOWN }),
    },
    {
      title: "everyone, held by something known only later",
      verdict: "undecided",
      resources: permission({ ...invoke, principal: "*", principalOrgId: UNKNOWN }),
    },
  ],
});

function everyoneFindings(principal: Property<unknown>, holders: readonly Property<unknown>[]): Finding[] {
  const name = principal.text();
  if (name !== UNKNOWN && name !== "*") return [];
  const held = holders.map((holder) => holder.text());
  if (held.some((text) => typeof text === "string" && !/^[*?]+$/.test(text))) return [];
  if (name === UNKNOWN) return [undecided(principal)];
  const open = holders.find((holder) => holder.isUnknown);
  return [open === undefined ? fail(principal, "is everyone, and nothing holds the caller") : undecided(open)];
}
