import { classicExample, classicType, remedyOf } from "../../../kit/balancers";
import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const connectionDraining = rule({
  id: "aws-elb-connection-draining",
  title: "Classic load balancers let requests end before they take a server out",
  severity: "low",
  rationale: "Each patch and each scaling in cuts off what clients are waiting for, so patches are put off.",
  remediation: "Set connectionDraining to true.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.7" },
    { framework: "NIST 800-53r5", control: "CP-10" },
  ],
  levels: { baseline: "advisory" },
  checks: { [classicType]: ({ properties }) => requireTrue(properties.get("connectionDraining")) },
  remedies: remedyOf([classicType], { connectionDraining: true }),
  examples: [
    { title: "drained", verdict: "pass", resources: [classicExample({ connectionDraining: true })] },
    { title: "nothing said", verdict: "fail", absent: true, resources: [classicExample({})] },
    { title: "cut off", verdict: "fail", resources: [classicExample({ connectionDraining: false })] },
    { title: "known only later", verdict: "undecided", resources: [classicExample({ connectionDraining: UNKNOWN })] },
  ],
});
