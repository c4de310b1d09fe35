import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const pool = (more: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:eks/nodeGroup:NodeGroup", name: "gpu", properties: { clusterName: "training", ...more } },
];

export const nodeGroupNoRemoteAccess = rule({
  id: "aws-eks-node-group-no-remote-access",
  title: "Nobody logs in to nodes by SSH",
  severity: "high",
  rationale:
    "A shell on a node reaches every pod's memory, credentials and model weights there, past all of Kubernetes' controls.",
  remediation: "Leave remoteAccess out. For an emergency use Session Manager, which needs no port and leaves a trail.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "SC-7(3)" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0049" },
  ],
  deviation: "eks-remote-access",
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) => {
      const access = properties.get("remoteAccess");
      const { items, complete } = access.items();
      if (!complete) return [undecided(access)];
      return items.map((item) => fail(item, "opens the nodes to SSH"));
    },
  },
  examples: [
    { title: "no remote access", verdict: "pass", absent: true, resources: pool({}) },
    { title: "a key pair", verdict: "fail", resources: pool({ remoteAccess: { ec2SshKey: "ops" } }) },
    { title: "remote access known only later", verdict: "undecided", resources: pool({ remoteAccess: UNKNOWN }) },
  ],
});
