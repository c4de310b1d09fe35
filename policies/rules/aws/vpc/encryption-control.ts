import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const vpcType = "aws:ec2/vpc:Vpc";
const controlType = "aws:ec2/vpcEncryptionControl:VpcEncryptionControl";
const vpc: ExampleResource = { type: vpcType, name: "network", properties: { cidrBlock: "10.20.0.0/16" } };
const control = (mode: Plain): ExampleResource => ({
  type: controlType,
  name: "network",
  properties: { vpcId: UNKNOWN, mode },
  dependencies: { vpcId: ["network"] },
});
const modes = ["monitor", "enforce"];

export const encryptionControl = rule({
  id: "aws-vpc-encryption-control",
  title: "Every VPC has an encryption control, which shows or refuses traffic that is not encrypted",
  severity: "low",
  rationale:
    "Without it nobody knows which machines still speak in the clear inside the network, and an auditor's question stays open.",
  remediation: 'Add a VpcEncryptionControl for the Vpc, with the mode "monitor" and, once all is encrypted, "enforce".',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  config: {
    enforced: { type: "boolean", description: "Whether the mode must be enforce", default: false },
  },
  checks: {
    [controlType]: ({ properties }, { config }) => {
      const mode = properties.get("mode");
      const text = mode.text();
      if (text === UNKNOWN) return [undecided(mode)];
      if (text === undefined || !modes.includes(text)) return [fail(mode, "is neither monitor nor enforce")];
      return config.enforced === true && text !== "enforce" ? [fail(mode, "is monitor and must be enforce")] : [];
    },
  },
  observes: [vpcType],
  stack: (index) =>
    index.ofType(vpcType).flatMap((owner) =>
      companionFindings(index, owner, {
        types: [controlType],
        property: "vpcId",
        identifiers: ["id"],
        missing: "the VPC has no VpcEncryptionControl",
      }),
    ),
  examples: [
    { title: "monitored", verdict: "pass", resources: [vpc, control("monitor")] },
    { title: "none", verdict: "fail", absent: true, resources: [vpc] },
    {
      title: "monitored where it must be enforced",
      verdict: "fail",
      config: { enforced: true },
      resources: [vpc, control("monitor")],
    },
    { title: "mode known only later", verdict: "undecided", resources: [vpc, control(UNKNOWN)] },
  ],
});
