import { sources, type TypeEntry } from "../entry";
import { known, lasts, needs, userType } from "../kit";
import { inlinePolicy, namedIdentity } from "./shared";

const groupType = "aws:iam/group:Group";

const group = namedIdentity({
  type: groupType,
  kind: "Group",
  path: "group",
  longestName: 128,
  idPrefix: "AGPA",
  fact: "names once in an account whatever their case; no policies in it when it is deleted",
});

const groupPolicy = inlinePolicy("group", "Group", groupType);

const accessKey: TypeEntry = {
  type: "aws:iam/accessKey:AccessKey",
  label: "IAM Access Key",
  api: "IAM",
  global: true,
  operations: { update: "UpdateAccessKey" },
  provider: "aws_iam_access_key",
  cloudFormation: "AWS::IAM::AccessKey",
  id: (context) => context.ids.iam("AKIA"),
  computed: {
    createDate: (context) => context.date,
    // No secret of the twin opens anything; it has the form of one, so that what must not be shown can be looked for.
    secret: (context) => context.ids.base32(40, "secret"),
    sesSmtpPasswordV4: (context) => context.ids.base32(44, "mail"),
  },
  references: [
    needs(
      "user",
      userType,
      { code: "NoSuchEntity", message: "The user with name {value} cannot be found.", status: 404 },
      { holds: true },
    ),
  ],
  quotas: [
    {
      limit: 2,
      per: ({ inputs }) => String(inputs.user),
      refusal: { code: "LimitExceeded", message: "Cannot exceed quota for AccessKeysPerUser: {limit}", status: 409 },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("two keys a user, who must exist", sources.quotas)],
};

export const entries: TypeEntry[] = [group, groupPolicy, accessKey];
