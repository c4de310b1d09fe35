import { type Listener, listenerExample, listenerTypes, ofProtocol } from "../../../kit/balancers";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";

interface Action {
  type?: string;
  redirect?: { protocol?: string };
}

const ruleTypes = ["aws:alb/listenerRule:ListenerRule", "aws:lb/listenerRule:ListenerRule"] as const;
const http = (...defaultActions: Plain[]): ExampleResource =>
  listenerExample({ port: 80, protocol: "HTTP", defaultActions });
const redirect = (protocol: Plain): Plain => ({
  type: "redirect",
  redirect: { protocol, port: "443", statusCode: "HTTP_301" },
});
const forward = { type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/app/1" };
const branch = (action: Plain): ExampleResource => ({
  type: ruleTypes[1],
  name: "branch",
  properties: { listenerArn: UNKNOWN, actions: [action] },
  dependencies: { listenerArn: ["front"] },
});

export const httpRedirect = rule({
  id: "aws-elb-http-redirect",
  title: "Listeners for HTTP do nothing but send clients to HTTPS",
  severity: "medium",
  rationale:
    "What a server answers in clear text, prompts, answers and cookies, can be read and changed by all on the way.",
  remediation:
    'Give the listener, and its rules, actions of type "redirect" with redirect.protocol "HTTPS" alone, or remove the listener.',
  mappings: [
    { framework: "AWS FSBP", control: "ELB.1" },
    { framework: "CIS EKS 1.8.0", control: "5.4.5" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "NIST 800-53r5", control: "SC-23" },
    { framework: "AWS AI Security Framework", control: "AISF-INFRA-06" },
  ],
  levels: { baseline: "advisory" },
  checks: sharedChecks(listenerTypes, (listener: Property<Listener>) =>
    ofProtocol(listener, ["HTTP"], actionFindings(listener.get("defaultActions"))),
  ),
  observes: ruleTypes,
  stack: (index) => index.ofType(...listenerTypes).flatMap((listener) => branchFindings(index, listener)),
  examples: [
    { title: "sent to HTTPS", verdict: "pass", resources: [http(redirect("HTTPS"))] },
    { title: "answered by the load balancer itself", verdict: "pass", resources: [http({ type: "fixed-response" })] },
    {
      title: "HTTPS",
      verdict: "pass",
      resources: [listenerExample({ port: 443, protocol: "HTTPS", defaultActions: [forward] }), branch(forward)],
    },
    {
      title: "a gateway, which has no protocol",
      verdict: "pass",
      resources: [listenerExample({ defaultActions: [forward] })],
    },
    { title: "passed on to servers", verdict: "fail", resources: [http(forward)] },
    {
      title: "nothing said but the port, which is HTTP",
      verdict: "fail",
      absent: true,
      resources: [listenerExample({ port: 8080, defaultActions: [forward] }, listenerTypes[0])],
    },
    {
      title: "sent to HTTP again",
      verdict: "fail",
      resources: [http({ type: "redirect", redirect: { port: "8080" } })],
    },
    {
      title: "one path that is passed on after all",
      verdict: "fail",
      resources: [http(redirect("HTTPS")), branch(forward)],
    },
    { title: "where to is known only later", verdict: "undecided", resources: [http(redirect(UNKNOWN))] },
    {
      title: "protocol known only later",
      verdict: "undecided",
      resources: [listenerExample({ port: 80, protocol: UNKNOWN, defaultActions: [forward] })],
    },
  ],
});

function actionFindings(actions: Property<unknown>): Finding[] {
  const { items, complete } = actions.items();
  const findings = items.flatMap((item) => singleFindings(item as Property<Action>));
  if (!complete) return [...findings, undecided(actions)];
  return items.length === 0 ? [fail(actions, "is not set")] : findings;
}

/** Requests for a login come before another action, which is judged itself. */
function singleFindings(action: Property<Action>): Finding[] {
  const type = action.get("type").text();
  if (type === UNKNOWN) return [undecided(action.get("type"))];
  if (type === "redirect") {
    const protocol = action.get("redirect").get("protocol");
    const value = protocol.text();
    if (value === UNKNOWN) return [undecided(protocol)];
    return value === "HTTPS" ? [] : [fail(protocol, "is not HTTPS")];
  }
  return type === undefined || type === "forward" ? [fail(action, "passes requests on to servers in clear text")] : [];
}

/** Rules of a listener for HTTP. */
function branchFindings(index: StackIndex, listener: ReturnType<StackIndex["ofType"]>[number]): StackFinding[] {
  const properties = (listener.inputs ?? listener.properties) as Property<Listener>;
  return index.linksTo(listener, ruleTypes, "listenerArn", ["arn", "id"]).flatMap(({ resource, certainty }) => {
    const own = actionFindings((resource.inputs ?? resource.properties).get("actions"));
    const findings = ofProtocol(properties, ["HTTP"], own);
    const place = "whether it is of a listener for HTTP is known only after deployment";
    const told = findings.length > 0 && certainty === "maybe" ? [undecided("listenerArn", place)] : findings;
    return told.map((finding) => ({ ...finding, resource }));
  });
}
