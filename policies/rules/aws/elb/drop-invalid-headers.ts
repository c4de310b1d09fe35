import { balancerChecks, balancerExample, balancerTypes, remedyOf } from "../../../kit/balancers";
import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const dropInvalidHeaders = rule({
  id: "aws-elb-drop-invalid-headers",
  title: "Application load balancers drop headers that are not valid",
  severity: "medium",
  rationale: "Headers that load balancer and server read in two ways let a request hide inside another one.",
  remediation: "Set dropInvalidHeaderFields to true.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.4" },
    { framework: "NIST 800-53r5", control: "SI-10" },
    { framework: "NIST 800-53r5", control: "SC-7(4)" },
  ],
  // Passing them on is what load balancers do unless told otherwise.
  levels: { baseline: "advisory" },
  checks: balancerChecks(["application"], (properties) => requireTrue(properties.get("dropInvalidHeaderFields"))),
  remedies: remedyOf(balancerTypes, { dropInvalidHeaderFields: true }),
  examples: [
    { title: "dropped", verdict: "pass", resources: [balancerExample({ dropInvalidHeaderFields: true })] },
    {
      title: "a gateway, which reads no headers",
      verdict: "pass",
      resources: [balancerExample({ loadBalancerType: "gateway" })],
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: [balancerExample({})] },
    {
      title: "passed on",
      verdict: "fail",
      resources: [balancerExample({ dropInvalidHeaderFields: false }, balancerTypes[0])],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [balancerExample({ dropInvalidHeaderFields: UNKNOWN })],
    },
  ],
});
