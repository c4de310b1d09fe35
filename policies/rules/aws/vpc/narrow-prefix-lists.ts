import { sourceWidth } from "../../../kit/exposure";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import { widestPublicBlock } from "../../../kit/traffic";

const list = (...cidrs: Plain[]): ExampleResource => ({
  type: "aws:ec2/managedPrefixList:ManagedPrefixList",
  name: "partners",
  properties: {
    addressFamily: "IPv4",
    maxEntries: 4,
    ...(cidrs.length === 0 ? {} : { entries: cidrs.map((cidr) => ({ cidr })) }),
  },
});
const entry = (cidr: Plain): ExampleResource => ({
  type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
  name: "partner",
  properties: { prefixListId: "pl-1", cidr },
});

export const narrowPrefixLists = rule({
  id: "aws-vpc-narrow-prefix-lists",
  title: "No prefix list holds the whole internet",
  severity: "high",
  rationale:
    "A rule that names a prefix list looks narrow, and one entry of 0.0.0.0/0 in the list opens every group that uses it.",
  remediation: "List the blocks that are meant in entries; let those rules that are for everyone say so themselves.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "SC-7" },
  ],
  checks: {
    "aws:ec2/managedPrefixList:ManagedPrefixList": ({ properties }) => {
      const entries = properties.get("entries");
      const { items, complete } = entries.items();
      return complete
        ? items.flatMap((item) => wide((item as Property<{ cidr: string }>).get("cidr")))
        : [undecided(entries)];
    },
    "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry": ({ properties }) => wide(properties.get("cidr")),
  },
  examples: [
    { title: "blocks of partners", verdict: "pass", resources: [list("203.0.113.0/24", "10.0.0.0/8")] },
    { title: "no entries yet", verdict: "pass", absent: true, resources: [list()] },
    { title: "everyone", verdict: "fail", resources: [list("203.0.113.0/24", "0.0.0.0/0")] },
    { title: "everyone in two halves", verdict: "fail", resources: [list("0.0.0.0/1", "128.0.0.0/1")] },
    { title: "everyone, in an entry of its own", verdict: "fail", resources: [entry("::/0")] },
    { title: "an entry known only later", verdict: "undecided", resources: [list("203.0.113.0/24", UNKNOWN)] },
  ],
});

function wide(cidr: Property<string>): Finding[] {
  const width = sourceWidth(cidr, widestPublicBlock);
  if (width === "unknown") return [undecided(cidr)];
  return width === "world" ? [fail(cidr, "is the whole internet")] : [];
}
