import { type Plain, UNKNOWN } from "../../../kit/property";
import {
  privateSubnetExample,
  publicSubnetExample,
  publicSubnetFindings,
  subnetTypes,
} from "../../../kit/public-subnets";
import { type ExampleResource, rule } from "../../../kit/rule";
import { askedOf } from "../../../kit/training-network";

const profileType = "aws:eks/fargateProfile:FargateProfile";
const profile = (subnetIds: Plain = [UNKNOWN], from = ["nodes"]): ExampleResource => ({
  type: profileType,
  name: "batch",
  properties: { clusterName: "training", subnetIds, selectors: [{ namespace: "batch" }] },
  dependencies: { subnetIds: from },
});

export const fargatePrivateSubnets = rule({
  id: "aws-eks-fargate-private-subnets",
  title: "Pods on Fargate run in subnets that the internet does not reach",
  severity: "medium",
  rationale:
    "AWS refuses profiles in public subnets, but only after everything before them in the update has been made.",
  remediation:
    "Give the FargateProfile subnets without mapPublicIpOnLaunch and without a route to an internet gateway.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.4.3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  checks: {},
  observes: [profileType, ...subnetTypes],
  stack: (index) =>
    index
      .ofType(profileType)
      .flatMap((owner) => publicSubnetFindings(index, owner, askedOf(owner).get("subnetIds"), "subnetIds")),
  examples: [
    { title: "a subnet without routes", verdict: "pass", absent: true, resources: [privateSubnetExample, profile()] },
    { title: "a route to an internet gateway", verdict: "fail", resources: [...publicSubnetExample, profile()] },
    { title: "subnets known only later", verdict: "undecided", resources: [profile(UNKNOWN, [])] },
  ],
});
