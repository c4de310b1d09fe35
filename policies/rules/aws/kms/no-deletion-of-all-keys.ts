import { allKeysChecks } from "../../../kit/all-keys";
import { policyExample } from "../../../kit/iam-examples";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";

const destroy = { Effect: "Allow", Action: "kms:ScheduleKeyDeletion" };

export const noDeletionOfAllKeys = rule({
  id: "aws-kms-no-deletion-of-all-keys",
  title: "No policy of yours lets its holder delete or disable every key",
  severity: "high",
  rationale:
    "Keys are the one thing by which all data of an account can be destroyed, or held to ransom, in a minute and without a copy.",
  remediation:
    "Name the keys in Resource, or leave these actions to the administrators that the keys' own policies name.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  deviation: "kms-delete-all",
  checks: allKeysChecks({
    actions: ["kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:DeleteImportedKeyMaterial"],
    narrowing: /^(kms:resourcealiases|aws:resourcetag\/.+)$/,
    otherwise: "allows every key to be deleted or disabled",
  }),
  examples: [
    {
      title: "one key",
      verdict: "pass",
      resources: policyExample({ ...destroy, Resource: "arn:aws:kms:eu-central-1:111122223333:key/1234" }),
    },
    {
      title: "no such action",
      verdict: "pass",
      absent: true,
      resources: policyExample({ Effect: "Allow", Action: ["kms:List*", "kms:Describe*"] }),
    },
    { title: "every key", verdict: "fail", resources: policyExample({ ...destroy, Resource: "*" }) },
    {
      title: "all of KMS on the keys of a Region",
      verdict: "fail",
      resources: policyExample({
        Effect: "Allow",
        Action: ["kms:*"],
        Resource: "arn:aws:kms:eu-central-1:111122223333:key/*",
      }),
    },
    {
      title: "keys known only later",
      verdict: "undecided",
      resources: policyExample({ ...destroy, Resource: UNKNOWN }),
    },
  ],
});
