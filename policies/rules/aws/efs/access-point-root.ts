import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:efs/accessPoint:AccessPoint";
const point = exampleOf(type, "training");

export const efsAccessPointRoot = rule({
  id: "aws-efs-access-point-root",
  title: "Access points of EFS show one directory, not the whole file system",
  severity: "medium",
  rationale: "A workload that is shown the root may walk into the directories of all others.",
  remediation: 'Set rootDirectory.path to the directory that the workload is to see, other than "/".',
  mappings: [
    { framework: "AWS FSBP", control: "EFS.3" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  checks: {
    [type]: ({ properties }) => {
      const path = properties.get("rootDirectory").get("path");
      const text = path.text();
      if (text === UNKNOWN) return [undecided(path)];
      if (text === undefined) return [fail(path, "is not set, which means the root")];
      return /^\/*$/.test(text) ? [fail(path, "is the root")] : [];
    },
  },
  examples: [
    { title: "a directory", verdict: "pass", resources: point({ rootDirectory: { path: "/training" } }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: point({ fileSystemId: "fs-1" }) },
    { title: "the root", verdict: "fail", resources: point({ rootDirectory: { path: "/" } }) },
    { title: "path known only later", verdict: "undecided", resources: point({ rootDirectory: { path: UNKNOWN } }) },
  ],
});
