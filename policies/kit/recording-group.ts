import { argument } from "./bucket-aspects";
import { texts } from "./checks";
import { type Plain, type Property, UNKNOWN } from "./property";
import type { ExampleResource } from "./rule";
import { some, type Ternary } from "./statements";
import { isFlag } from "./trails";

export const recorderType = "aws:cfg/recorder:Recorder";

/** What a recorder of AWS Config records. */
export interface RecordingGroup {
  /** All types that Config supports in the Region, also those that come later. */
  readonly allTypes: Ternary;
  /** All types but some: whether it is that form, and which are left out. */
  readonly allBut: Ternary;
  readonly excluded: { readonly values: readonly string[]; readonly open: boolean };
  /** The types that it names. */
  readonly included: { readonly values: readonly string[]; readonly open: boolean };
  /** With all types, those of global resources as well: users, groups, roles and policies of IAM. */
  readonly globals: Ternary;
}

/** Reads a recorder's arguments. Without a group a recorder records all types of the Region. */
export function recordingGroup(recorder: Property<unknown>): RecordingGroup {
  const group = argument(recorder, "recordingGroup");
  const { items, complete } = argument(group, "recordingStrategies").items();
  const strategies = items.map((item) => argument(item, "useOnly").text());
  const blocks = argument(group, "exclusionByResourceTypes").items();
  const lists = blocks.items.map((item) => texts(argument(item, "resourceTypes")));
  return {
    allTypes: isFlag(argument(group, "allSupported"), true, true),
    allBut: some(
      strategies.includes("EXCLUSION_BY_RESOURCE_TYPES"),
      complete && !strategies.includes(UNKNOWN) ? false : "unknown",
    ),
    excluded: {
      values: lists.flatMap(({ values }) => values),
      open: !blocks.complete || lists.some(({ open }) => open),
    },
    included: texts(argument(group, "resourceTypes")),
    globals: isFlag(argument(group, "includeGlobalResourceTypes"), true, false),
  };
}

/** A recorder, for examples. */
export function recorderExample(recordingGroup?: Plain, more: Readonly<Record<string, Plain>> = {}): ExampleResource {
  return {
    type: recorderType,
    name: "config",
    properties: {
      roleArn: "arn:aws:iam::111122223333:role/config",
      ...(recordingGroup === undefined ? {} : { recordingGroup }),
      ...more,
    },
  };
}
