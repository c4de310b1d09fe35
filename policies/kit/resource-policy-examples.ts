import type { Plain } from "./property";
import { UNKNOWN } from "./property";
import type { Example, ExampleResource } from "./rule";

type ResourceWith = (policy: Plain) => ExampleResource;

const document = (statement: Readonly<Record<string, Plain>>): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

/** Examples of a rule against policies for everyone: on a resource with its policy inside, and on one of its own. */
export function publicPolicyExamples(action: string, inside: ResourceWith, bare: ExampleResource, split: ResourceWith) {
  const allow = { Effect: "Allow", Action: action, Resource: "*" };
  const organisation = { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } };
  const examples: Example[] = [
    {
      title: "a role",
      verdict: "pass",
      resources: [split(document({ ...allow, Principal: { AWS: "arn:aws:iam::111122223333:role/serving" } }))],
    },
    {
      title: "everyone of the organisation",
      verdict: "pass",
      resources: [inside(document({ ...allow, Principal: "*", Condition: organisation }))],
    },
    { title: "no policy, which admits the account alone", verdict: "pass", absent: true, resources: [bare] },
    { title: "everyone", verdict: "fail", resources: [split(document({ ...allow, Principal: "*" }))] },
    {
      title: "everyone, in a policy inside the resource",
      verdict: "fail",
      resources: [inside(document({ ...allow, Principal: { AWS: "*" } }))],
    },
    { title: "policy known only later", verdict: "undecided", resources: [split(UNKNOWN)] },
  ];
  return examples;
}

/** Examples of a rule that demands TLS. `split` refers to the resource `bare`. */
export function tlsExamples(action: string, inside: ResourceWith, bare: ExampleResource, split: ResourceWith) {
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const examples: Example[] = [
    { title: "refused without TLS, by a policy of its own", verdict: "pass", resources: [bare, split(document(deny))] },
    { title: "refused without TLS, by a policy inside", verdict: "pass", resources: [inside(document(deny))] },
    { title: "no policy", verdict: "fail", absent: true, resources: [bare] },
    {
      title: "refused where TLS is used",
      verdict: "fail",
      resources: [bare, split(document({ ...deny, Condition: { Bool: { "aws:SecureTransport": "true" } } }))],
    },
    {
      title: "refused for one role",
      verdict: "fail",
      resources: [inside(document({ ...deny, Principal: { AWS: "arn:aws:iam::111122223333:role/x" } }))],
    },
    { title: "policy known only later", verdict: "undecided", resources: [bare, split(UNKNOWN)] },
  ];
  return examples;
}
