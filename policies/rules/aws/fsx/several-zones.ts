import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf } from "../../../kit/store-examples";

const types = [
  "aws:fsx/ontapFileSystem:OntapFileSystem",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
] as const;
const ontap = exampleOf(types[0], "home");
const windows = exampleOf(types[2], "home");

export const fsxSeveralZones = rule({
  id: "aws-fsx-several-zones",
  title: "File systems of FSx that can stand in several availability zones do",
  severity: "low",
  rationale: "When the one zone fails the files are out of reach, and with them all that runs on them.",
  remediation: 'Set deploymentType to one that begins with "MULTI_AZ", and name subnets of two zones.',
  mappings: [
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "ISO 27001:2022", control: "A.8.14" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: sameCheck(types, (properties) => {
    const kind = at(properties, "deploymentType");
    const name = kind.text();
    if (name === UNKNOWN) return [undecided(kind)];
    if (name?.startsWith("MULTI_AZ")) return [];
    return [fail(kind, name === undefined ? "is not set, which means one zone" : "is of one zone")];
  }),
  examples: [
    { title: "two zones", verdict: "pass", resources: ontap({ deploymentType: "MULTI_AZ_2" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: windows() },
    { title: "one zone", verdict: "fail", resources: ontap({ deploymentType: "SINGLE_AZ_2" }) },
    { title: "kind known only later", verdict: "undecided", resources: ontap({ deploymentType: UNKNOWN }) },
  ],
});
