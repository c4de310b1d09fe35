import { classicExample, classicType, remedyOf } from "../../../kit/balancers";
import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const crossZone = rule({
  id: "aws-elb-cross-zone",
  title: "Classic load balancers spread requests over the servers of all zones",
  severity: "low",
  rationale: "Otherwise a zone with few servers gets as much as one with many, and falls over first.",
  remediation: "Leave crossZoneLoadBalancing out, or set it to true.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.9" },
    { framework: "NIST 800-53r5", control: "CP-10" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [classicType]: ({ properties }) => {
      const spread = properties.get("crossZoneLoadBalancing");
      return spread.isAbsent ? [] : requireTrue(spread, "keeps requests in the zone that they reach");
    },
  },
  remedies: remedyOf([classicType], { crossZoneLoadBalancing: true }),
  examples: [
    { title: "spread", verdict: "pass", resources: [classicExample({ crossZoneLoadBalancing: true })] },
    { title: "nothing said, which spreads", verdict: "pass", absent: true, resources: [classicExample({})] },
    { title: "zone by zone", verdict: "fail", resources: [classicExample({ crossZoneLoadBalancing: false })] },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [classicExample({ crossZoneLoadBalancing: UNKNOWN })],
    },
  ],
});
