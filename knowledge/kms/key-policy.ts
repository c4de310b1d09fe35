import { type ArnScope, arns } from "../aws/arns";
import { servicePrincipal } from "../aws/partitions";
import type { Principals, StatementInput } from "../iam/policy-document";
import { type Problem, printable, refuseProblems } from "../problem";
import { attestationKey, type Measurement, measurementProblems, type RootOfTrust } from "./attestation";

/** What an administrator of a key may do: everything but use it, and grants, which would be use by another name. */
export const KEY_ADMINISTRATION_ACTIONS = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
  "kms:UpdatePrimaryRegion",
] as const;

/** What a user of a symmetric key may do. */
export const KEY_USE_ACTIONS = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey*",
  "kms:ReEncrypt*",
] as const;

export interface DataKeyPolicyInput extends ArnScope {
  /** ARNs of the roles that administer the key, besides the account itself. */
  readonly administrators?: readonly string[];
  /** ARNs of the roles that encrypt and decrypt directly. */
  readonly users?: readonly string[];
  /** Services through which any identity of the account may use the key, for example `s3` or `secretsmanager`. */
  readonly viaServices?: readonly string[];
  /**
   * Services that take a grant on the key for a resource that an identity of the account makes with them, for example `eks` for the
   * envelope of Kubernetes secrets. Through them any identity of the account may make that grant, and nothing else.
   */
  readonly grantsThroughServices?: readonly string[];
  /** Log groups, by name or pattern, that CloudWatch Logs encrypts with the key. */
  readonly logGroups?: readonly string[];
  /** Services that use the key in their own name on behalf of this account, for example `cloudtrail` or `events`. */
  readonly services?: readonly string[];
  /**
   * Lets EC2 Auto Scaling attach volumes encrypted by the key, which managed node groups need. Without it instances end at launch
   * and the node group never becomes active.
   */
  readonly autoScaling?: boolean;
}

/**
 * The policy of a data key. The account and the administrators manage it and cannot use it; users use it and cannot manage it; services
 * are held to this account. Who administers can still change this policy: a trail of `kms:PutKeyPolicy` is what shows it.
 */
export function dataKeyPolicy(input: DataKeyPolicyInput): StatementInput[] {
  const administrators = new Set(input.administrators ?? []);
  refuseProblems(
    "Key policy",
    (input.users ?? []).flatMap((user, index) =>
      administrators.has(user)
        ? [
            {
              path: `users[${index}]`,
              found: printable(user),
              reason: "the same role administers the key",
              remedy: "Use two roles: one that administers and one that uses it",
            },
          ]
        : [],
    ),
  );
  return [
    administration("AccountAdministration", [arns.accountRoot(input)]),
    ...optional(input.administrators, (roles) => [administration("Administration", roles), noUse(roles)]),
    ...optional(input.users, (roles) => [
      { sid: "Use", principals: { AWS: roles }, actions: KEY_USE_ACTIONS, resources: ["*"] },
      grants("GrantsForResources", roles),
    ]),
    ...optional(input.viaServices, (services) => [viaServices(input, services)]),
    ...optional(input.grantsThroughServices, (services) => [grantsThroughServices(input, services)]),
    ...optional(input.logGroups, (groups) => [logGroupUse(input, groups)]),
    ...optional(input.services, (services) => [serviceUse(input, services)]),
    ...(input.autoScaling === true ? autoScalingUse(input) : []),
  ];
}

export interface AttestedKeyPolicyInput extends ArnScope {
  readonly root: RootOfTrust;
  /** Accepted measurements, each complete in itself. Name the current and the next to change images without a gap. */
  readonly measurements: readonly Measurement[];
  /** ARNs of the roles whose attested code opens what the key wraps. */
  readonly openers: readonly string[];
  /** ARNs of the roles that wrap data keys of their own with `kms:Encrypt`. They can never open one. */
  readonly publishers?: readonly string[];
  readonly administrators?: readonly string[];
}

/** Reading, and every way of getting at plain text without an attestation document. */
const openingActions = ["kms:Decrypt", "kms:DeriveSharedSecret", "kms:GenerateDataKey*"] as const;
const bypassActions = ["kms:CreateGrant", "kms:ReEncryptFrom"] as const;

/**
 * The policy of a key that only attested code can open: allow when all registers of one measurement match, deny when a register has
 * another value or none (negated operators hold for an absent key), deny the ways around. Nobody, the account included, can decrypt
 * otherwise.
 *
 * @throws KnowledgeError for measurements that would match other software, and for a role that is opener and administrator at once.
 */
export function attestedKeyPolicy(input: AttestedKeyPolicyInput): StatementInput[] {
  refuseProblems("Attested key policy", attestedKeyProblems(input));
  const everyone = { principals: "*" as Principals, resources: ["*"] };
  return [
    administration("AccountAdministration", [arns.accountRoot(input)]),
    ...optional(input.administrators, (roles) => [administration("Administration", roles)]),
    ...optional(input.publishers, (roles) => [
      { sid: "Wrap", principals: { AWS: roles }, actions: ["kms:DescribeKey", "kms:Encrypt"], resources: ["*"] },
    ]),
    ...input.measurements.map(
      (measurement, index): StatementInput => ({
        sid: `OpenAttested${index + 1}`,
        principals: { AWS: input.openers },
        actions: ["kms:Decrypt"],
        resources: ["*"],
        conditions: { StringEqualsIgnoreCase: registers(input.root, [measurement]) },
      }),
    ),
    ...Object.entries(registers(input.root, input.measurements)).map(
      ([key, values], index): StatementInput => ({
        ...everyone,
        sid: `DenyUnattested${index + 1}`,
        effect: "Deny",
        actions: openingActions,
        conditions: { StringNotEqualsIgnoreCase: { [key]: values } },
      }),
    ),
    { ...everyone, sid: "DenyWaysAround", effect: "Deny", actions: bypassActions },
  ];
}

/** What is wrong with the input of an attested key's policy; empty: {@link attestedKeyPolicy} will not throw. */
export function attestedKeyProblems(input: AttestedKeyPolicyInput): Problem[] {
  const problems = measurementProblems(input.root, input.measurements);
  const administrators = new Set(input.administrators ?? []);
  const named = new Set(input.measurements.map((measurement) => Object.keys(measurement).join()));
  if (named.size > 1) {
    const reason = "the measurements name different registers, so each would be denied for the registers of the other";
    const remedy = "Name the same registers in every measurement";
    problems.push({ path: "measurements", found: printable([...named]), reason, remedy });
  }
  if (input.openers.length === 0) {
    problems.push({ path: "openers", found: "empty", reason: "nobody could open the key", remedy: "Name a role" });
  }
  input.measurements.forEach((measurement, index) => {
    const first = input.measurements.findIndex((other) => sameMeasurement(measurement, other));
    if (first === index) return;
    const reason = `it is the same as measurements[${first}]`;
    problems.push({ path: `measurements[${index}]`, found: printable(measurement), reason, remedy: "Leave it out" });
  });
  for (const field of ["openers", "publishers", "administrators"] as const) {
    (input[field] ?? []).forEach((role, index) => {
      const at = { path: `${field}[${index}]`, found: printable(role) };
      if (field !== "administrators" && administrators.has(role)) {
        problems.push({ ...at, reason: "the same role administers the key", remedy: "Use two roles" });
      }
      if (/[*?]/.test(role)) {
        problems.push({ ...at, reason: "a wildcard admits roles not thought of", remedy: "Name the role" });
      }
    });
  }
  return problems;
}

function sameMeasurement(a: Measurement, b: Measurement): boolean {
  const text = (measurement: Measurement) => JSON.stringify(Object.entries(measurement).sort()).toLowerCase();
  return text(a) === text(b);
}

function registers(root: RootOfTrust, measurements: readonly Measurement[]): Record<string, string[]> {
  const numbers = [...new Set(measurements.flatMap((measurement) => Object.keys(measurement).map(Number)))];
  return Object.fromEntries(
    numbers
      .sort((a, b) => a - b)
      .map((pcr) => [
        attestationKey(root, pcr),
        measurements.flatMap((measurement) => (measurement[pcr] === undefined ? [] : [measurement[pcr].toLowerCase()])),
      ]),
  );
}

function administration(sid: string, roles: readonly string[]): StatementInput {
  return { sid, principals: { AWS: roles }, actions: KEY_ADMINISTRATION_ACTIONS, resources: ["*"] };
}

/** Without it administrators would use the key through services, as every identity of the account may. */
function noUse(roles: readonly string[]): StatementInput {
  const actions = KEY_USE_ACTIONS.filter((action) => action !== "kms:DescribeKey");
  return { sid: "NoUseByAdministrators", effect: "Deny", principals: { AWS: roles }, actions, resources: ["*"] };
}

function grants(sid: string, roles: readonly string[]): StatementInput {
  return {
    sid,
    principals: { AWS: roles },
    actions: ["kms:CreateGrant"],
    resources: ["*"],
    conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
  };
}

function viaServices(scope: ArnScope, services: readonly string[]): StatementInput {
  return throughServices(scope, services, "UseThroughServices", KEY_USE_ACTIONS);
}

/** What EKS needs of whoever makes a cluster. Source: EKS User Guide, "Encrypt Kubernetes secrets with KMS". */
function grantsThroughServices(scope: ArnScope, services: readonly string[]): StatementInput {
  return throughServices(scope, services, "GrantsThroughServices", ["kms:CreateGrant", "kms:DescribeKey"]);
}

function throughServices(
  scope: ArnScope,
  services: readonly string[],
  sid: string,
  actions: readonly string[],
): StatementInput {
  return {
    sid,
    principals: { AWS: ["*"] },
    actions,
    resources: ["*"],
    conditions: {
      StringEquals: {
        "kms:CallerAccount": scope.accountId,
        "kms:ViaService": services.map((service) => servicePrincipal(service, scope.region)),
      },
    },
  };
}

function logGroupUse(scope: ArnScope, groups: readonly string[]): StatementInput {
  return {
    sid: "LogGroups",
    principals: { Service: [servicePrincipal("logs", scope.region)] },
    actions: KEY_USE_ACTIONS,
    resources: ["*"],
    conditions: {
      ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups.map((name) => arns.logGroup(scope, name)) },
    },
  };
}

function serviceUse(scope: ArnScope, services: readonly string[]): StatementInput {
  return {
    sid: "Services",
    principals: { Service: services.map((service) => servicePrincipal(service)) },
    actions: KEY_USE_ACTIONS,
    resources: ["*"],
    conditions: { StringEquals: { "aws:SourceAccount": scope.accountId } },
  };
}

function autoScalingUse(scope: ArnScope): StatementInput[] {
  const role = arns.serviceLinkedRole(scope, "autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling");
  return [
    { sid: "AutoScalingUse", principals: { AWS: [role] }, actions: KEY_USE_ACTIONS, resources: ["*"] },
    grants("AutoScalingGrants", [role]),
  ];
}

function optional(
  list: readonly string[] | undefined,
  build: (list: readonly string[]) => StatementInput[],
): StatementInput[] {
  return list === undefined || list.length === 0 ? [] : build(list);
}
