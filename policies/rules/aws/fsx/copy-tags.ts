import { requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const zfsType = "aws:fsx/openZfsFileSystem:OpenZfsFileSystem";
const windowsType = "aws:fsx/windowsFileSystem:WindowsFileSystem";
const zfs = exampleOf(zfsType, "home");
const windows = exampleOf(windowsType, "home");
const both: Record<string, Plain> = { copyTagsToBackups: true, copyTagsToVolumes: true };

export const fsxCopyTags = rule({
  id: "aws-fsx-copy-tags",
  title: "Backups and volumes of FSx carry the tags of the file system",
  severity: "low",
  rationale: "Policies that allow by tag do not see a backup without them, and nobody knows whose data it holds.",
  remediation: "Set copyTagsToBackups to true, and for OpenZFS copyTagsToVolumes as well.",
  mappings: [{ framework: "AWS FSBP", control: "FSx.1" }],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: {
    [zfsType]: ({ properties }) => [
      ...requireTrue(properties.get("copyTagsToBackups")),
      ...requireTrue(properties.get("copyTagsToVolumes")),
    ],
    [windowsType]: ({ properties }) => requireTrue(properties.get("copyTagsToBackups")),
  },
  remedies: { [zfsType]: () => both, [windowsType]: () => ({ copyTagsToBackups: true }) },
  examples: [
    { title: "copied", verdict: "pass", resources: zfs(both) },
    { title: "nothing said", verdict: "fail", absent: true, resources: windows() },
    { title: "not to volumes", verdict: "fail", resources: zfs({ copyTagsToBackups: true }) },
    { title: "not to volumes, beside an unknown", verdict: "fail", resources: zfs({ copyTagsToBackups: UNKNOWN }) },
    { title: "known only later", verdict: "undecided", resources: zfs({ ...both, copyTagsToBackups: UNKNOWN }) },
  ],
});
