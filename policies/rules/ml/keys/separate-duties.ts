import { accountRoot, allow, deny, keyExample, role } from "../../../kit/attested-key-examples";
import { sharedDuties } from "../../../kit/key-duties";
import { type Property, UNKNOWN } from "../../../kit/property";
import { policyAt, statementPath } from "../../../kit/public-access";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const administer = ["kms:DescribeKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"];
const use = ["kms:Decrypt", "kms:GenerateDataKey*"];
const keeper = role("keeper");

const check = ({ properties }: { readonly properties: Property<unknown> }): readonly Finding[] => {
  const policy = (properties as Property<{ policy?: unknown }>).get("policy");
  if (policy.isAbsent) return [];
  const read = policyAt(policy);
  if (read.findings !== undefined) return read.findings;
  return sharedDuties(read.policy).map(({ statement, certain }) => {
    const where = statementPath(policy, statement);
    return certain
      ? fail(where, "lets somebody use the key who also administers it")
      : undecided(where, "whether who uses the key also administers it is known only after deployment");
  });
};

export const separateDuties = rule({
  id: "ml-14-separate-key-duties",
  title: "Who administers a key does not use it",
  severity: "medium",
  rationale:
    "Who can both change a key's policy and decrypt needs nobody else to take a model out and to cover it up afterwards.",
  remediation:
    "Name one role for kms:PutKeyPolicy, kms:ScheduleKeyDeletion and the like, and other roles for kms:Decrypt and kms:GenerateDataKey*; give no role kms:*.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-5" },
    { framework: "NIST 800-53r5", control: "SC-12" },
    { framework: "ISO 27001:2022", control: "A.5.3" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.8" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.6" },
  ],
  // Many programs give one role kms:*.
  levels: { baseline: "advisory" },
  checks: {
    "aws:kms/externalKey:ExternalKey": check,
    "aws:kms/key:Key": check,
    "aws:kms/keyPolicy:KeyPolicy": check,
    "aws:kms/replicaExternalKey:ReplicaExternalKey": check,
    "aws:kms/replicaKey:ReplicaKey": check,
  },
  examples: [
    {
      title: "one role administers, another decrypts",
      verdict: "pass",
      resources: keyExample([allow(administer, undefined, keeper), allow(use)]),
    },
    {
      title: "the account with everything: policies of identities divide it",
      verdict: "pass",
      resources: keyExample([allow("kms:*", undefined, accountRoot), allow(use)]),
    },
    {
      title: "use by a role that a Deny keeps from it",
      verdict: "pass",
      resources: keyExample([
        allow("kms:*", undefined, keeper),
        deny(["kms:Decrypt", "kms:DeriveSharedSecret", "kms:Encrypt", "kms:Generate*", "kms:Sign"]),
      ]),
    },
    { title: "no policy: AWS gives the account alone", verdict: "pass", absent: true, resources: keyExample(null) },
    {
      title: "a role with everything",
      verdict: "fail",
      profile: "regulated",
      resources: keyExample([allow("kms:*", undefined, keeper)]),
    },
    {
      title: "both duties in two statements",
      verdict: "fail",
      profile: "regulated",
      resources: keyExample([allow(administer, undefined, keeper), allow(use, undefined, keeper)]),
    },
    {
      title: "a Deny of decrypting alone",
      verdict: "fail",
      profile: "regulated",
      resources: keyExample([allow("kms:*", undefined, keeper), deny("kms:Decrypt")]),
    },
    {
      title: "everything but deleting the key",
      verdict: "fail",
      profile: "regulated",
      resources: keyExample([
        { Effect: "Allow", Principal: keeper, NotAction: "kms:ScheduleKeyDeletion", Resource: "*" },
      ]),
    },
    {
      title: "policy known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: keyExample(UNKNOWN),
    },
  ],
});
