import { type Context, sources, type TypeEntry, type Wait } from "./entry";
import {
  allowsAction,
  checkPrincipals,
  keyPolicyType,
  keyType,
  known,
  lasts,
  likely,
  names,
  needs,
  readPolicy,
  replicaKeyType,
  roleType,
  show,
  text,
} from "./kit";

const noKey = { code: "NotFoundException", message: "Key '{value}' does not exist" };

const key: TypeEntry = {
  type: keyType,
  label: "KMS Key",
  api: "KMS",
  operations: { update: "PutKeyPolicy", delete: "ScheduleKeyDeletion" },
  provider: "aws_kms_key",
  cloudFormation: "AWS::KMS::Key",
  id: (context) => (context.inputs.multiRegion === true ? `mrk-${context.ids.hex(32)}` : context.ids.uuid()),
  arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
  computed: {
    description: () => "",
    keyId: "{id}",
    multiRegion: () => false,
    policy: (context) => defaultPolicy(context),
    rotationPeriodInDays: (context) => (context.inputs.enableKeyRotation === true ? 365 : 0),
  },
  seconds: lasts(20, 15, 3),
  facts: [
    known("window of 7 to 30 days, rotation of 90 to 2560 days, symmetric keys only", sources.api),
    known("a policy of at most 32 KB that existing principals can go on editing", sources.guide),
    known("a deleted key waits in its window; nothing can be encrypted with it", sources.guide),
  ],
  rules: keyRules,
  onDelete: (context, resource) => ({
    remains: [
      {
        kind: "key",
        what: `key ${resource.id} (${resource.urn ?? "made outside"}), pending deletion`,
        holds: [resource.id, String(resource.arn)],
        until: context.now + Number(resource.inputs.deletionWindowInDays ?? 30) * 86_400,
      },
    ],
  }),
};

function defaultPolicy(context: Context): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: `arn:${context.partition}:iam::${context.account}:root` },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}

function keyRules(context: Context): Wait[] {
  const window = context.inputs.deletionWindowInDays;
  if (typeof window === "number" && (window < 7 || window > 30)) {
    context.refuse({
      code: "ValidationException",
      message: `PendingWindowInDays must be between 7 and 30, found ${window}`,
    });
  }
  const period = context.inputs.rotationPeriodInDays;
  if (typeof period === "number" && (period < 90 || period > 2560)) {
    context.refuse({
      code: "ValidationException",
      message: `RotationPeriodInDays must be between 90 and 2560, found ${period}`,
    });
  }
  if (context.inputs.enableKeyRotation === true && text(context.inputs.customerMasterKeySpec) !== "SYMMETRIC_DEFAULT") {
    context.refuse({
      code: "UnsupportedOperationException",
      message: "You cannot perform this operation: only symmetric encryption keys rotate.",
    });
  }
  return policyRules(context);
}

/** What KMS refuses of a key policy. */
function policyRules(context: Context): Wait[] {
  const { policy } = context.inputs;
  if (policy === undefined) return [];
  const statements = readPolicy(policy);
  if (statements === undefined) {
    return context.refuse({
      code: "MalformedPolicyDocumentException",
      message: "The new key policy is not a valid policy document",
    });
  }
  if (Buffer.byteLength(show(policy)) > 32_768) {
    context.refuse({ code: "LimitExceededException", message: "The key policy is longer than 32768 bytes" });
  }
  const waits = checkPrincipals(context, policy, {
    code: "MalformedPolicyDocumentException",
    message: "Policy contains a statement with one or more invalid principals. ({value} does not exist)",
  });
  const editable = statements.some(
    (statement) =>
      allowsAction(statement, "kms:PutKeyPolicy") &&
      statement.principals.some(
        ({ kind, value }) =>
          kind === "AWS" && (value === "*" || value === context.account || value.split(":")[4] === context.account),
      ),
  );
  if (!editable && context.inputs.bypassPolicyLockoutSafetyCheck !== true) {
    context.refuse({
      code: "MalformedPolicyDocumentException",
      message: "The new key policy will not allow you to update the key policy in the future.",
    });
  }
  return waits;
}

const keyPolicy: TypeEntry = {
  type: keyPolicyType,
  label: "KMS Key Policy",
  api: "KMS",
  operations: { create: "PutKeyPolicy", update: "PutKeyPolicy", delete: "PutKeyPolicy" },
  provider: "aws_kms_key_policy",
  id: "{keyId}",
  computed: {},
  settings: true,
  references: [needs("keyId", keyType, noKey, { by: ["id", "arn"] })],
  seconds: lasts(5, 5, 1),
  facts: [known("the same as for the policy of a key", sources.guide)],
  rules: policyRules,
};

const alias: TypeEntry = {
  type: "aws:kms/alias:Alias",
  label: "KMS Alias",
  api: "KMS",
  provider: "aws_kms_alias",
  cloudFormation: "AWS::KMS::Alias",
  id: "{name}",
  arn: "arn:{partition}:kms:{region}:{account}:{name}",
  autoname: { property: "name", prefix: "alias/" },
  computed: { targetKeyArn: (context) => context.target("targetKeyId")?.arn },
  changing: ["targetKeyArn"],
  references: [needs("targetKeyId", keyType, noKey, { by: ["id", "arn"] })],
  unique: [
    {
      by: (inputs) => text(inputs.name),
      refusal: { code: "AlreadyExistsException", message: "An alias with the name {value} already exists" },
    },
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("names once in a Region, not those of AWS; the key must exist", sources.api)],
  rules(context) {
    const name = String(context.inputs.name);
    if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name) || name.startsWith("alias/aws/")) {
      context.refuse({
        code: "InvalidAliasNameException",
        message: `Alias must start with "alias/" and not with "alias/aws/", found ${name}`,
      });
    }
  },
};

const grant: TypeEntry = {
  type: "aws:kms/grant:Grant",
  label: "KMS Grant",
  api: "KMS",
  operations: { delete: "RevokeGrant" },
  provider: "aws_kms_grant",
  id: (context) => `${String(context.inputs.keyId)}:${context.ids.hex(64)}`,
  computed: { grantId: (context) => context.ids.hex(64), grantToken: (context) => context.ids.hex(128, "token") },
  references: [
    needs("keyId", keyType, noKey, { by: ["id", "arn"] }),
    needs(
      "granteePrincipal",
      [roleType, "aws:iam/serviceLinkedRole:ServiceLinkedRole"],
      { code: "InvalidArnException", message: "ARN does not refer to a valid principal: {value}" },
      { by: ["arn"], asksIam: true },
    ),
    needs(
      "retiringPrincipal",
      [roleType],
      { code: "InvalidArnException", message: "ARN does not refer to a valid principal: {value}" },
      { by: ["arn"], asksIam: true },
    ),
  ],
  seconds: lasts(2, 1, 1),
  facts: [known("key and principals must exist", sources.api)],
};

const replica: TypeEntry = {
  type: replicaKeyType,
  label: "KMS Replica Key",
  api: "KMS",
  operations: { create: "ReplicateKey", update: "PutKeyPolicy", delete: "ScheduleKeyDeletion" },
  provider: "aws_kms_replica_key",
  cloudFormation: "AWS::KMS::ReplicaKey",
  id: (context) => `mrk-${context.ids.hex(32)}`,
  arn: "arn:{partition}:kms:{region}:{account}:key/{id}",
  computed: {
    keyId: "{id}",
    keySpec: () => "SYMMETRIC_DEFAULT",
    keyUsage: () => "ENCRYPT_DECRYPT",
    policy: (context) => defaultPolicy(context),
  },
  references: [names("primaryKeyArn", keyType, ["arn"])],
  seconds: lasts(30, 15, 3),
  facts: [likely("its policy is judged as that of a key", sources.guide)],
  rules: policyRules,
};

export const entries: TypeEntry[] = [key, keyPolicy, alias, grant, replica];
