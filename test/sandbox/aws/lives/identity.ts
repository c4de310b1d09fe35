import { allow, keyPolicy, trust } from "../documents";
import { types } from "../ground";
import { arn, id, type Life, nothing, step, tagged } from "./support";

export const identity: Life[] = [
  {
    type: types.role,
    inputs: () => ({ assumeRolePolicy: trust("ec2.amazonaws.com") }),
    change: { maxSessionDuration: 7200 },
  },
  { type: types.policy, inputs: () => ({ policy: allow("s3:GetObject") }), change: { policy: allow("s3:PutObject") } },
  {
    type: types.rolePolicy,
    inputs: (g) => ({ role: g.podRole.id, policy: allow("s3:GetObject") }),
    change: { policy: allow("s3:PutObject") },
  },
  {
    type: types.attachment,
    before: [step("policy", types.policy, () => ({ policy: allow("s3:GetObject") }))],
    inputs: (g, { policy }) => ({ role: g.podRole.id, policyArn: arn(policy) }),
  },
  { type: "aws:iam/instanceProfile:InstanceProfile", inputs: (g) => ({ role: g.nodeRole.id }), change: tagged },
  {
    type: "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive",
    inputs: (g) => ({ roleName: g.podRole.id, policyNames: [] }),
    change: { policyNames: ["one"] },
  },
  {
    type: "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
    inputs: (g) => ({ roleName: g.podRole.id, policyArns: [] }),
    change: { policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
  },
  {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    inputs: () => ({ url: "https://token.example.org", clientIdLists: ["sts.amazonaws.com"] }),
    change: { clientIdLists: ["sts.amazonaws.com", "gabion"] },
  },
  {
    type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    inputs: () => ({ minimumPasswordLength: 14 }),
    change: { minimumPasswordLength: 20 },
  },
  {
    type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    inputs: () => ({ awsServiceName: "autoscaling.amazonaws.com" }),
    change: { description: "scaling" },
  },
  { type: "aws:iam/accountAlias:AccountAlias", inputs: () => ({ accountAlias: "gabion" }) },
  { type: "aws:iam/user:User", inputs: nothing, change: tagged },
  {
    type: "aws:iam/userPolicy:UserPolicy",
    before: [step("user", "aws:iam/user:User", nothing)],
    inputs: (_g, { user }) => ({ user: id(user), policy: allow("s3:GetObject") }),
    change: { policy: allow("s3:PutObject") },
  },
  { type: "aws:iam/group:Group", inputs: nothing, change: { path: "/people/" } },
  {
    type: "aws:iam/groupPolicy:GroupPolicy",
    before: [step("group", "aws:iam/group:Group", nothing)],
    inputs: (_g, { group }) => ({ group: id(group), policy: allow("s3:GetObject") }),
    change: { policy: allow("s3:PutObject") },
  },
  {
    type: "aws:iam/accessKey:AccessKey",
    before: [step("user", "aws:iam/user:User", nothing)],
    inputs: (_g, { user }) => ({ user: id(user) }),
    change: { status: "Inactive" },
  },
];

export const keys: Life[] = [
  { type: types.key, inputs: nothing, change: { enableKeyRotation: true } },
  {
    type: types.keyPolicy,
    inputs: (g) => ({ keyId: g.key.id, policy: keyPolicy() }),
    change: { policy: keyPolicy({ Service: "s3.amazonaws.com" }) },
  },
  { type: types.alias, inputs: (g) => ({ targetKeyId: g.key.id }) },
  {
    type: "aws:kms/grant:Grant",
    inputs: (g) => ({ keyId: g.key.id, granteePrincipal: arn(g.podRole), operations: ["Decrypt"] }),
  },
  {
    type: "aws:kms/replicaKey:ReplicaKey",
    before: [step("primary", types.key, () => ({ multiRegion: true }))],
    inputs: (_g, { primary }) => ({ primaryKeyArn: arn(primary) }),
    change: { description: "replica" },
  },
];
