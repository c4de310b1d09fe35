import { AMI_TYPES } from "gabion-knowledge";
import { nodeGroupExample } from "../../../kit/cluster-examples";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

const pool = (amiType: Plain) => [nodeGroupExample({ amiType })];

export const nodeImageType = rule({
  id: "aws-eks-node-image-type",
  title: "Nodes run a kind of image that EKS still makes",
  severity: "high",
  rationale:
    "Images of Amazon Linux 2 get no more patches from EKS, so every flaw found since stays open on the nodes.",
  remediation:
    "Set amiType to one of Amazon Linux 2023 or Bottlerocket, for example BOTTLEROCKET_x86_64 or AL2023_x86_64_NVIDIA.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-2" },
    { framework: "NIST 800-53r5", control: "SA-22" },
  ],
  checks: {
    "aws:eks/nodeGroup:NodeGroup": ({ properties }) => {
      const type = properties.get("amiType");
      const name = type.text();
      if (name === UNKNOWN) return [undecided(type)];
      const ended = AMI_TYPES.some((row) => row.name === name && row.family === "AL2");
      return ended ? [fail(type, "is of Amazon Linux 2, of which EKS makes no images any more")] : [];
    },
  },
  examples: [
    { title: "Bottlerocket with the driver of NVIDIA", verdict: "pass", resources: pool("BOTTLEROCKET_x86_64_NVIDIA") },
    { title: "an image of one's own", verdict: "pass", resources: pool("CUSTOM") },
    {
      title: "no kind, so that EKS takes Amazon Linux 2023",
      verdict: "pass",
      absent: true,
      resources: [nodeGroupExample()],
    },
    { title: "Amazon Linux 2", verdict: "fail", resources: pool("AL2_x86_64_GPU") },
    { title: "kind known only later", verdict: "undecided", resources: pool(UNKNOWN) },
  ],
});
