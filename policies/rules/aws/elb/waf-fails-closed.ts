import { balancerChecks, balancerExample, balancerTypes, remedyOf } from "../../../kit/balancers";
import { requireFalse } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const wafFailsClosed = rule({
  id: "aws-elb-waf-fails-closed",
  title: "Requests that the web ACL cannot judge are refused",
  severity: "medium",
  rationale: "A filter that lets everything through when it is slow is passed by whoever makes it slow.",
  remediation: "Leave enableWafFailOpen out, or set it to false.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7(18)" },
    { framework: "NIST 800-53r5", control: "SC-24" },
  ],
  levels: { baseline: "advisory" },
  checks: balancerChecks(["application"], (properties) =>
    requireFalse(properties.get("enableWafFailOpen"), "lets requests through that the web ACL did not judge"),
  ),
  remedies: remedyOf(balancerTypes, { enableWafFailOpen: false }),
  examples: [
    { title: "refused", verdict: "pass", resources: [balancerExample({ enableWafFailOpen: false })] },
    { title: "nothing said, which refuses", verdict: "pass", absent: true, resources: [balancerExample({})] },
    { title: "let through", verdict: "fail", resources: [balancerExample({ enableWafFailOpen: true })] },
    {
      title: "let through, under the other name of the type",
      verdict: "fail",
      resources: [balancerExample({ enableWafFailOpen: true }, balancerTypes[0])],
    },
    { title: "known only later", verdict: "undecided", resources: [balancerExample({ enableWafFailOpen: UNKNOWN })] },
  ],
});
