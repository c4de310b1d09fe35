import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:sagemaker/workforce:Workforce";
const workforce = exampleOf(type, "labels");
const from = (...cidrs: Plain[]) => workforce({ sourceIpConfig: { cidrs } });

export const workforceAddresses = rule({
  id: "aws-sagemaker-workforce-addresses",
  title: "A workforce for labels comes from known addresses, or through your VPC",
  severity: "medium",
  rationale: "The portal shows raw data; with a password that was stolen it shows it to anybody, from anywhere.",
  remediation: "Set sourceIpConfig.cidrs to the networks of the workers, or workforceVpcConfig to a VPC of yours.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "ISO 27001:2022", control: "A.8.3" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const vpc = properties.get("workforceVpcConfig").get("vpcId");
      if (typeof vpc.text() === "string" || (vpc.isUnknown && !vpc.isBelowUnknown)) return [];
      const findings = addressFindings(properties.get("sourceIpConfig").get("cidrs"));
      return findings.length > 0 && vpc.isUnknown ? [undecided(vpc)] : findings;
    },
  },
  examples: [
    { title: "one network", verdict: "pass", resources: from("203.0.113.0/24") },
    { title: "through the VPC", verdict: "pass", resources: workforce({ workforceVpcConfig: { vpcId: UNKNOWN } }) },
    {
      title: "nothing said, which means from anywhere",
      verdict: "fail",
      absent: true,
      resources: workforce({ workforceName: "labels" }),
    },
    { title: "from anywhere", verdict: "fail", resources: from("203.0.113.0/24", "0.0.0.0/0") },
    { title: "from anywhere, beside an unknown", verdict: "fail", resources: from(UNKNOWN, "::/0") },
    { title: "known only later", verdict: "undecided", resources: from(UNKNOWN) },
  ],
});

function addressFindings(cidrs: Property<unknown>): Finding[] {
  const { items, complete } = cidrs.items();
  if (!complete) return [undecided(cidrs)];
  if (items.length === 0) return [fail(cidrs, "is not set, so workers come from anywhere")];
  return items.flatMap((item) => {
    const text = item.text();
    if (text === UNKNOWN) return [undecided(item)];
    return text === undefined || /\/0+$/.test(text) ? [fail(item, "is everywhere")] : [];
  });
}
