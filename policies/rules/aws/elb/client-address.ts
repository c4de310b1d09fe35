import { balancerChecks, balancerExample, balancerTypes, remedyOf } from "../../../kit/balancers";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const clientAddress = rule({
  id: "aws-elb-client-address",
  title: "Servers are told the address that a client really has",
  severity: "low",
  rationale:
    "Where the header of a client is kept as it is, everyone passes limits and lists of addresses under any address.",
  remediation: 'Leave xffHeaderProcessingMode out, or set it to "append" or "remove".',
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-10" },
    { framework: "NIST 800-53r5", control: "AU-3" },
  ],
  // Behind a content network of one's own the header of the client is the right one.
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: balancerChecks(["application"], (properties) => {
    const mode = properties.get("xffHeaderProcessingMode");
    const value = mode.text();
    if (value === UNKNOWN) return [undecided(mode)];
    return value === "preserve" ? [fail(mode, "is preserve, which keeps whatever a client claims")] : [];
  }),
  remedies: remedyOf(balancerTypes, { xffHeaderProcessingMode: "append" }),
  examples: [
    {
      title: "the address appended",
      verdict: "pass",
      resources: [balancerExample({ xffHeaderProcessingMode: "append" })],
    },
    { title: "nothing said, which appends", verdict: "pass", absent: true, resources: [balancerExample({})] },
    { title: "kept", verdict: "fail", resources: [balancerExample({ xffHeaderProcessingMode: "preserve" })] },
    {
      title: "kept, under the other name of the type",
      verdict: "fail",
      resources: [balancerExample({ xffHeaderProcessingMode: "preserve" }, balancerTypes[0])],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [balancerExample({ xffHeaderProcessingMode: UNKNOWN })],
    },
  ],
});
