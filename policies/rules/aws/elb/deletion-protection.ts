import { type Balancer, balancerExample, balancerTypes, remedyOf } from "../../../kit/balancers";
import { requireTrue } from "../../../kit/checks";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

export const balancerDeletionProtection = rule({
  id: "aws-elb-deletion-protection",
  title: "Load balancers cannot be deleted by a single call",
  severity: "low",
  rationale:
    "A load balancer that is deleted takes its name and addresses along; clients find nothing until all is made again.",
  remediation: "Set enableDeletionProtection to true.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.6" },
    { framework: "NIST 800-53r5", control: "CM-3" },
    { framework: "NIST 800-53r5", control: "SC-5(2)" },
  ],
  levels: { baseline: "advisory" },
  liftedByRelease: true,
  checks: sharedChecks(balancerTypes, (properties: Property<Balancer>) =>
    requireTrue(properties.get("enableDeletionProtection")),
  ),
  remedies: remedyOf(balancerTypes, { enableDeletionProtection: true }),
  examples: [
    { title: "protected", verdict: "pass", resources: [balancerExample({ enableDeletionProtection: true })] },
    { title: "nothing said", verdict: "fail", absent: true, resources: [balancerExample({})] },
    {
      title: "a network load balancer without protection",
      verdict: "fail",
      resources: [balancerExample({ loadBalancerType: "network", enableDeletionProtection: false }, balancerTypes[0])],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [balancerExample({ enableDeletionProtection: UNKNOWN })],
    },
  ],
});
