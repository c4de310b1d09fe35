import { sources, type TypeEntry } from "../entry";
import { checkDocument, known, lasts, needs, text, userType } from "../kit";
import { malformed, noPrincipals, pathOf } from "./shared";

const groupType = "aws:iam/group:Group";

const group: TypeEntry = {
  type: groupType,
  label: "IAM Group",
  api: "IAM",
  global: true,
  provider: "aws_iam_group",
  cloudFormation: "AWS::IAM::Group",
  id: "{name}",
  arn: (context) => `arn:${context.partition}:iam::${context.account}:group${pathOf(context)}${context.id}`,
  autoname: { property: "name", maxLength: 128 },
  computed: { uniqueId: (context) => context.ids.iam("AGPA") },
  unique: [
    {
      by: (properties) => text(properties.name)?.toLowerCase(),
      refusal: { code: "EntityAlreadyExists", message: "Group with name {value} already exists.", status: 409 },
      global: true,
    },
  ],
  deletionRefused: {
    code: "DeleteConflict",
    message: "Cannot delete entity, must delete policies first.",
    status: 409,
  },
  seconds: lasts(1, 1, 1),
  facts: [known("names once in an account whatever their case; no policies in it when it is deleted", sources.api)],
};

const groupPolicy: TypeEntry = {
  type: "aws:iam/groupPolicy:GroupPolicy",
  label: "IAM Group Policy",
  api: "IAM",
  global: true,
  operations: { create: "PutGroupPolicy", update: "PutGroupPolicy" },
  provider: "aws_iam_group_policy",
  cloudFormation: "AWS::IAM::GroupPolicy",
  id: "{group}:{name}",
  autoname: { property: "name", maxLength: 128 },
  computed: {},
  settings: true,
  references: [
    needs(
      "group",
      groupType,
      { code: "NoSuchEntity", message: "The group with name {value} cannot be found.", status: 404 },
      { holds: true },
    ),
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("the group must exist, the document must be a policy", sources.api)],
  rules(context) {
    checkDocument(context, "policy", malformed);
    noPrincipals(context, context.inputs.policy);
  },
};

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
