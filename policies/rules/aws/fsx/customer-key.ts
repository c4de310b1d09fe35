import { keyPlaceParts } from "../../../kit/key-places";
import { type Property, UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import type { Ternary } from "../../../kit/statements";
import { exampleOf } from "../../../kit/store-examples";

const lustreType = "aws:fsx/lustreFileSystem:LustreFileSystem";
const otherTypes = [
  "aws:fsx/fileCache:FileCache",
  "aws:fsx/ontapFileSystem:OntapFileSystem",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
] as const;
const lustre = exampleOf(lustreType, "scratch");
const ontap = exampleOf("aws:fsx/ontapFileSystem:OntapFileSystem", "home");
const absent = "is not set, so the key is the one that AWS manages";
const kmsKeyId = "arn:aws:kms:eu-central-1:111122223333:key/1";
const place = (properties: Property<unknown>) => at(properties, "kmsKeyId");
const lustreParts = keyPlaceParts([lustreType], (properties) => [
  { place: place(properties), absent, applies: isPersistent(properties) },
]);
const otherParts = keyPlaceParts(otherTypes, (properties) => [{ place: place(properties), absent }]);

export const fsxCustomerKey = rule({
  id: "aws-fsx-customer-key",
  title: "File systems of FSx are encrypted with a customer key",
  severity: "medium",
  rationale: "AWS's key has no policy of yours: it cannot be closed when data has to be out of reach at once.",
  remediation:
    "Set kmsKeyId to the ARN of a KMS key of yours; scratch file systems of Lustre cannot have one, persistent ones can.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  checks: { ...lustreParts.checks, ...otherParts.checks },
  stack: (index, context) => [
    ...(lustreParts.stack?.(index, context) ?? []),
    ...(otherParts.stack?.(index, context) ?? []),
  ],
  examples: [
    { title: "a key of yours", verdict: "pass", resources: ontap({ kmsKeyId }) },
    {
      title: "a key that is made in the same program",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "files", properties: {} },
        {
          type: lustreType,
          name: "training",
          properties: { deploymentType: "PERSISTENT_2", kmsKeyId: UNKNOWN },
          dependencies: { kmsKeyId: ["files"] },
        },
      ],
    },
    { title: "scratch, whose key is FSx's own", verdict: "pass", resources: lustre({ deploymentType: "SCRATCH_2" }) },
    { title: "no key", verdict: "fail", absent: true, resources: ontap({ deploymentType: "MULTI_AZ_1" }) },
    { title: "no key, for Lustre", verdict: "fail", resources: lustre({ deploymentType: "PERSISTENT_2" }) },
    {
      title: "AWS's own key",
      verdict: "fail",
      resources: ontap({ kmsKeyId: "arn:aws:kms:eu-central-1:111122223333:alias/aws/fsx" }),
    },
    { title: "key known only later", verdict: "undecided", resources: ontap({ kmsKeyId: UNKNOWN }) },
    {
      title: "kind of Lustre known only later",
      verdict: "undecided",
      resources: lustre({ deploymentType: UNKNOWN }),
    },
  ],
});

function isPersistent(properties: Property<unknown>): Ternary {
  const kind = at(properties, "deploymentType").text();
  return kind === UNKNOWN ? "unknown" : kind?.startsWith("PERSISTENT") === true;
}
