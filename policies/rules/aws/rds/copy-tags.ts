import { requireTrue } from "../../../kit/checks";
import { databaseTypes } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { at, sameCheck, sameRemedy } from "../../../kit/same-check";
import { exampleOf, failuresOf } from "../../../kit/store-examples";

const instance = exampleOf("aws:rds/instance:Instance", "features");

export const rdsCopyTags = rule({
  id: "aws-rds-copy-tags",
  title: "Snapshots of databases carry the tags of the database",
  severity: "low",
  rationale: "Policies that allow by tag do not see a snapshot without them, and nobody knows whose data it holds.",
  remediation: "Set copyTagsToSnapshot to true.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.16" },
    { framework: "AWS FSBP", control: "RDS.17" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  checks: sameCheck(databaseTypes, (properties) => requireTrue(at(properties, "copyTagsToSnapshot"))),
  remedies: sameRemedy(databaseTypes, { copyTagsToSnapshot: true }),
  examples: [
    { title: "copied", verdict: "pass", resources: instance({ copyTagsToSnapshot: true }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: instance() },
    ...failuresOf(databaseTypes, "not copied", { copyTagsToSnapshot: false }),
    { title: "known only later", verdict: "undecided", resources: instance({ copyTagsToSnapshot: UNKNOWN }) },
  ],
});
