import { requireFalse } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:ec2/serialConsoleAccess:SerialConsoleAccess";
const access = (properties: Record<string, Plain>): ExampleResource[] => [{ type, name: "console", properties }];
const opens = "opens the serial console of every instance";

export const noSerialConsole = rule({
  id: "aws-ec2-no-serial-console",
  title: "The account's serial console is closed",
  severity: "medium",
  rationale:
    "The serial console passes by networks, security groups and Session Manager, and can break into the boot of a node.",
  remediation: "Set enabled of SerialConsoleAccess to false; open it for the hours of an emergency.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "NIST 800-53r5", control: "CM-7" },
    { framework: "ISO 27001:2022", control: "A.8.18" },
  ],
  checks: {
    [type]: ({ properties }) =>
      requireFalse(properties.get("enabled"), opens, `is not set, which means true and ${opens}`),
  },
  remedies: { [type]: () => ({ enabled: false }) },
  examples: [
    { title: "closed", verdict: "pass", resources: access({ enabled: false }) },
    { title: "nothing said, which opens it", verdict: "fail", absent: true, resources: access({}) },
    { title: "open", verdict: "fail", resources: access({ enabled: true }) },
    { title: "known only later", verdict: "undecided", resources: access({ enabled: UNKNOWN }) },
  ],
});
