import { parseCidr } from "gabion-knowledge";
import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, list, needs, object, text } from "../kit";

export const prefixListType = "aws:ec2/managedPrefixList:ManagedPrefixList";
const entryType = "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry";

export const noPrefixList = {
  code: "InvalidPrefixListID.NotFound",
  message: "The prefix list ID '{value}' does not exist",
};

const tooMany = (most: unknown) => ({
  code: "PrefixListMaxEntriesExceeded",
  message: `You've reached the maximum number of entries for the prefix list (${String(most)}).`,
});

const prefixList: TypeEntry = {
  type: prefixListType,
  label: "EC2 Managed Prefix List",
  api: "EC2",
  operations: { update: "ModifyManagedPrefixList" },
  provider: "aws_ec2_managed_prefix_list",
  cloudFormation: "AWS::EC2::PrefixList",
  id: (context) => context.ids.ec2("pl"),
  arn: "arn:{partition}:ec2:{region}:{account}:prefix-list/{id}",
  autoname: { property: "name" },
  computed: {
    ownerId: "{account}",
    version: (context) => Number(context.old?.outputs.version ?? 0) + 1,
  },
  changing: ["version"],
  quotas: [
    {
      limit: 100,
      per: ({ region }) => region,
      refusal: { code: "PrefixListLimitExceeded", message: "The maximum number of prefix lists has been reached." },
    },
  ],
  deletionRefused: { code: "DependencyViolation", message: "The prefix list '{id}' is in use and cannot be deleted." },
  seconds: lasts(3, 3, 3),
  facts: [
    known("100 lists a Region, no more entries than it is made for, each range once", sources.quotas),
    known("a list that security groups or route tables name cannot be deleted", sources.guide),
  ],
  rules(context) {
    const cidrs = list(context.inputs.entries).map((entry) => text(object(entry).cidr) ?? "");
    if (cidrs.length > Number(context.inputs.maxEntries)) context.refuse(tooMany(context.inputs.maxEntries));
    checkRanges(context, cidrs);
  },
};

function checkRanges(context: Context, cidrs: string[]): void {
  const wrong = cidrs.find((cidr) => !cidr.includes(":") && parseCidr(cidr) === undefined);
  if (wrong !== undefined) {
    context.refuse({ code: "InvalidParameterValue", message: `The CIDR block ${wrong} is not valid.` });
  }
  const twice = cidrs.find((cidr, at) => cidrs.indexOf(cidr) !== at);
  if (twice !== undefined) {
    context.refuse({ code: "InvalidRequest", message: `The CIDR block ${twice} is in the request more than once.` });
  }
}

const listEntry: TypeEntry = {
  type: entryType,
  label: "EC2 Managed Prefix List Entry",
  api: "EC2",
  operations: { create: "ModifyManagedPrefixList", delete: "ModifyManagedPrefixList" },
  provider: "aws_ec2_managed_prefix_list_entry",
  id: "{prefixListId},{cidr}",
  computed: {},
  references: [needs("prefixListId", prefixListType, noPrefixList)],
  seconds: lasts(3, 0, 3),
  facts: [known("no more entries than the list is made for", sources.api)],
  rules(context) {
    const target = context.target("prefixListId");
    const apart = context.world
      .resources(entryType, context.region)
      .filter((one) => one.outputs.prefixListId === context.inputs.prefixListId);
    const used = list(target?.outputs.entries).length + apart.length;
    if (target !== undefined && used >= Number(target.outputs.maxEntries)) {
      context.refuse(tooMany(target.outputs.maxEntries));
    }
    checkRanges(context, [text(context.inputs.cidr) ?? ""]);
  },
};

export const entries: TypeEntry[] = [prefixList, listEntry];
