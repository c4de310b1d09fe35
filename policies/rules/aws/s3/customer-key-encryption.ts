import { logTargetTypes, receivesAccessLogs } from "../../../kit/log-buckets";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { Link, StackIndex, StackResource } from "../../../kit/stack-index";

const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const splitTypes = [
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
] as const;
const keyTypes = [
  "aws:kms/key:Key",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/alias:Alias",
  "aws:kms/externalKey:ExternalKey",
] as const;

interface EncryptionRule {
  applyServerSideEncryptionByDefault?: { sseAlgorithm?: string; kmsMasterKeyId?: string };
}

export const customerKeyEncryption = rule({
  id: "aws-s3-customer-key-encryption",
  title: "Every bucket encrypts its objects with a customer key by default",
  severity: "high",
  rationale:
    "With a key of AWS everyone who may read the bucket may read its objects; a key of yours is a second door, with its own policy, trail and switch.",
  remediation:
    'Add a BucketServerSideEncryptionConfiguration for the bucket with sseAlgorithm "aws:kms" and kmsMasterKeyId naming a key of yours.',
  mappings: [
    { framework: "AWS FSBP", control: "S3.17" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  deviation: "s3-service-key",
  checks: {},
  observes: [...logTargetTypes, ...splitTypes, ...keyTypes],
  // All of it needs the whole stack: whether another resource encrypts a bucket, whose key an ARN is that is unknown until the key exists,
  // and whether the bucket is one for access logs, which take no key.
  stack: (index) => {
    const buckets = index.ofType(...bucketTypes);
    const exempt = buckets.filter((bucket) => receivesAccessLogs(bucket, index));
    const theirs = exempt.flatMap((bucket) => encryptionOf(index, bucket)).filter(isSure);
    return [
      ...buckets.filter((bucket) => !exempt.includes(bucket)).flatMap((bucket) => bucketFindings(index, bucket)),
      ...index
        .ofType(...splitTypes)
        .filter((resource) => !theirs.some((link) => link.resource.urn === resource.urn))
        .flatMap((resource) => splitFindings(index, resource)),
    ];
  },
  examples: [
    {
      title: "bucket with its own encryption resource and a customer key",
      verdict: "pass",
      resources: [
        bucket(),
        split([{ sseAlgorithm: "aws:kms", kmsMasterKeyId: "arn:aws:kms:eu-central-1:111122223333:key/1" }]),
      ],
    },
    {
      title: "key made in the same program, so that its ARN is unknown",
      verdict: "pass",
      resources: [
        { type: "aws:kms/key:Key", name: "data", properties: { enableKeyRotation: true } },
        bucket(),
        {
          ...split([{ sseAlgorithm: "aws:kms:dsse", kmsMasterKeyId: UNKNOWN }]),
          dependencies: { bucket: ["datasets"], rules: ["data"] },
        },
      ],
    },
    {
      title: "encryption inside the bucket's own arguments",
      verdict: "pass",
      resources: [
        bucket({
          serverSideEncryptionConfiguration: inline({ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/data" }),
        }),
      ],
    },
    { title: "bucket without any encryption setting", verdict: "fail", absent: true, resources: [bucket()] },
    {
      title: "S3's own key, inside the bucket's arguments",
      verdict: "fail",
      resources: [bucket({ serverSideEncryptionConfiguration: inline({ sseAlgorithm: "AES256" }) })],
    },
    {
      title: "the key that AWS manages for S3",
      verdict: "fail",
      resources: [bucket(), split([{ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/aws/s3" }])],
    },
    {
      title: "KMS without a key, which means the key that AWS manages",
      verdict: "fail",
      resources: [bucket(), split([{ sseAlgorithm: "aws:kms" }])],
    },
    {
      title: "S3 delivers access logs to no bucket with a key of yours",
      verdict: "pass",
      resources: [
        bucket(),
        split([{ sseAlgorithm: "AES256" }]),
        {
          type: "aws:s3/bucketLogging:BucketLogging",
          name: "models",
          properties: { bucket: "models", targetBucket: "datasets", targetPrefix: "s3/" },
        },
      ],
    },
    {
      title: "a bucket that logs into itself holds more than logs",
      verdict: "fail",
      resources: [
        bucket(),
        split([{ sseAlgorithm: "AES256" }]),
        {
          type: "aws:s3/bucketLogging:BucketLogging",
          name: "datasets",
          properties: { bucket: UNKNOWN, targetBucket: UNKNOWN, targetPrefix: "s3/" },
          dependencies: { bucket: ["datasets"], targetBucket: ["datasets"] },
        },
      ],
    },
    {
      title: "an encryption resource of another bucket does not count",
      verdict: "fail",
      resources: [
        bucket(),
        {
          ...split([{ sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/data" }]),
          properties: {
            bucket: "models",
            rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: "alias/data" } }],
          },
          dependencies: {},
        },
      ],
    },
    {
      title: "algorithm known only later, for a bucket that is not in the program",
      verdict: "undecided",
      resources: [{ ...split([{ sseAlgorithm: UNKNOWN, kmsMasterKeyId: "alias/data" }]), dependencies: {} }],
    },
    {
      title: "algorithm known only later",
      verdict: "undecided",
      resources: [bucket(), split([{ sseAlgorithm: UNKNOWN, kmsMasterKeyId: "alias/data" }])],
    },
    {
      title: "key known only later, from no key of this stack",
      verdict: "undecided",
      resources: [bucket(), split([{ sseAlgorithm: "aws:kms", kmsMasterKeyId: UNKNOWN }])],
    },
  ],
});

function bucketFindings(index: StackIndex, bucket: StackResource): StackFinding[] {
  const at = (finding: Finding): StackFinding => ({ ...finding, resource: bucket });
  const inline = inlineRules(bucket.inputs ?? bucket.properties);
  // Outputs hold what AWS computes for a bucket that asks for nothing, so an unknown there says nothing about the program.
  const computed = bucket.inputs === undefined && inline?.isUnknown === true;
  if (inline !== undefined && !computed) {
    return keyFindings(index, bucket, inline, "serverSideEncryptionConfiguration").map(at);
  }
  const links = encryptionOf(index, bucket);
  if (links.some(isSure)) return [];
  if (links.length > 0) {
    return [
      at(
        undecided(
          "",
          "whether one of the stack's encryption resources is for this bucket is known only after deployment",
        ),
      ),
    ];
  }
  if (computed) return [at(undecided(inline))];
  return [
    at(fail("", "nothing encrypts the bucket with a customer key: neither its own arguments nor another resource")),
  ];
}

function splitFindings(index: StackIndex, resource: StackResource<(typeof splitTypes)[number]>): StackFinding[] {
  const rules = resource.properties.get("rules") as Property<EncryptionRule[]>;
  return keyFindings(index, resource, rules, "rules").map((finding) => ({ ...finding, resource }));
}

/** What is wrong or open with rules, but for keys that are unknown because this stack makes them. */
function keyFindings(
  index: StackIndex,
  owner: StackResource,
  rules: Property<EncryptionRule[]>,
  source: string,
): Finding[] {
  const fromKey = (owner.sources[source] ?? []).some((urn) => isKey(index, urn));
  return ruleFindings(rules).filter(
    ({ verdict, path }) => verdict === "fail" || !(fromKey && path.endsWith(".kmsMasterKeyId")),
  );
}

function isKey(index: StackIndex, urn: string): boolean {
  const type = index.find(urn)?.type;
  return keyTypes.some((candidate) => candidate === type);
}

function encryptionOf(index: StackIndex, bucket: StackResource): Link<(typeof splitTypes)[number]>[] {
  return splitTypes.flatMap((type): Link<(typeof splitTypes)[number]>[] =>
    index.linksTo(bucket, [type], "bucket", ["bucket", "id"]),
  );
}

function isSure({ certainty }: Link<(typeof splitTypes)[number]>): boolean {
  return certainty === "sure";
}

function ruleFindings(rules: Property<EncryptionRule[]>): Finding[] {
  const { items, complete } = rules.items();
  if (!complete) return [undecided(rules)];
  if (items.length === 0) return [fail(rules, "holds no rule")];
  return items.flatMap((item) => {
    const byDefault = item.get("applyServerSideEncryptionByDefault");
    const algorithm = byDefault.get("sseAlgorithm");
    const key = byDefault.get("kmsMasterKeyId");
    const name = algorithm.text();
    if (name !== UNKNOWN && name !== "aws:kms" && name !== "aws:kms:dsse") {
      return [fail(algorithm, 'is not "aws:kms" or "aws:kms:dsse", so the key is the service\'s own')];
    }
    const findings = name === UNKNOWN ? [undecided(algorithm)] : [];
    const keyId = key.text();
    if (keyId === UNKNOWN) return [...findings, undecided(key)];
    if (keyId === undefined)
      return [...findings, fail(key, "is not set, so the key is the one that AWS manages for S3")];
    return /(^|[:/])alias\/aws\//.test(keyId) ? [...findings, fail(key, "names a key that AWS manages")] : findings;
  });
}

/** The rules in a bucket's own arguments; undefined when it has none. */
function inlineRules(properties: Property<unknown>): Property<EncryptionRule[]> | undefined {
  const typed = properties as Property<{
    serverSideEncryptionConfiguration?: { rule?: EncryptionRule[]; rules?: EncryptionRule[] };
  }>;
  const { items, complete } = typed.get("serverSideEncryptionConfiguration").items();
  if (!complete) return typed.get("serverSideEncryptionConfiguration") as unknown as Property<EncryptionRule[]>;
  const first = items[0];
  if (first === undefined) return undefined;
  const single = first.get("rule");
  return single.isAbsent ? first.get("rules") : single;
}

function bucket(more: Record<string, Plain> = {}): ExampleResource {
  return { type: bucketTypes[0], name: "datasets", properties: { bucket: "datasets", ...more } };
}

function inline(byDefault: Record<string, Plain>): Plain {
  return { rule: { applyServerSideEncryptionByDefault: byDefault } };
}

function split(defaults: Record<string, Plain>[]): ExampleResource {
  const rules = defaults.map((byDefault) => ({ applyServerSideEncryptionByDefault: byDefault }));
  return {
    type: splitTypes[0],
    name: "datasets",
    properties: { bucket: UNKNOWN, rules },
    dependencies: { bucket: ["datasets"] },
  };
}
