import { requireOneOf } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess";
const block = (properties: Record<string, Plain>): ExampleResource[] => [{ type, name: "snapshots", properties }];
const blocked = "block-all-sharing";

export const snapshotBlockPublicAccess = rule({
  id: "aws-ebs-snapshot-block-public-access",
  title: "The account shares no snapshot with everyone, neither new ones nor those shared before",
  severity: "critical",
  rationale:
    "A public snapshot can be copied by any account in the world within minutes, with all that is on the disk.",
  remediation: 'Set state of SnapshotBlockPublicAccess to "block-all-sharing".',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
  ],
  checks: {
    [type]: ({ properties }) =>
      requireOneOf(properties.get("state"), [blocked], "leaves snapshots that are shared with everyone as they are"),
  },
  remedies: { [type]: () => ({ state: blocked }) },
  examples: [
    { title: "all sharing blocked", verdict: "pass", resources: block({ state: blocked }) },
    {
      title: "new sharing blocked, what was shared before stays public",
      verdict: "fail",
      resources: block({ state: "block-new-sharing" }),
    },
    { title: "not blocked", verdict: "fail", resources: block({ state: "unblocked" }) },
    { title: "no state", verdict: "fail", absent: true, resources: block({}) },
    { title: "known only later", verdict: "undecided", resources: block({ state: UNKNOWN }) },
  ],
});
