import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:securityhub/account:Account";
const hub = (properties: ExampleResource["properties"] = {}): ExampleResource[] => [{ type, name: "hub", properties }];

export const securityhubNewControls = rule({
  id: "aws-securityhub-new-controls",
  title: "Security Hub takes up controls that AWS adds to a standard",
  severity: "low",
  rationale:
    "Standards grow with the services; without their new controls the account is held against those of years ago.",
  remediation: "Leave autoEnableControls out or true.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CA-7" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-04" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const place = properties.get("autoEnableControls");
      return place.isAbsent ? [] : requireTrue(place, "leaves new controls off");
    },
  },
  remedies: { [type]: () => ({ autoEnableControls: true }) },
  examples: [
    { title: "nothing said, which means taken up", verdict: "pass", absent: true, resources: hub() },
    { title: "taken up", verdict: "pass", resources: hub({ autoEnableControls: true }) },
    { title: "left off", verdict: "fail", resources: hub({ autoEnableControls: false }) },
    { title: "known only later", verdict: "undecided", resources: hub({ autoEnableControls: UNKNOWN }) },
  ],
});
