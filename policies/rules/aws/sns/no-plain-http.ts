import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:sns/topicSubscription:TopicSubscription";
const subscription = (properties: ExampleResource["properties"]): ExampleResource => ({
  type,
  name: "pager",
  properties: { topic: "alarms", ...properties },
});

export const snsNoPlainHttp = rule({
  id: "aws-sns-no-plain-http",
  title: "No subscription sends messages over plain HTTP",
  severity: "medium",
  rationale: "Messages could be read and changed on their way, and the confirmation of the subscription be stolen.",
  remediation: 'Use protocol "https" and an endpoint with a certificate.',
  mappings: [{ framework: "NIST 800-53r5", control: "SC-8" }],
  checks: {
    [type]: ({ properties }) => {
      const protocol = properties.get("protocol");
      const name = protocol.text();
      if (name === UNKNOWN) return [undecided(protocol)];
      return name?.toLowerCase() === "http" ? [fail(protocol, 'is "http"')] : [];
    },
  },
  examples: [
    {
      title: "HTTPS",
      verdict: "pass",
      resources: [subscription({ protocol: "https", endpoint: "https://a.example" })],
    },
    { title: "a queue", verdict: "pass", resources: [subscription({ protocol: "sqs", endpoint: UNKNOWN })] },
    { title: "no protocol, which SNS refuses", verdict: "pass", absent: true, resources: [subscription({})] },
    { title: "plain HTTP", verdict: "fail", resources: [subscription({ protocol: "http" })] },
    { title: "protocol known only later", verdict: "undecided", resources: [subscription({ protocol: UNKNOWN })] },
  ],
});
