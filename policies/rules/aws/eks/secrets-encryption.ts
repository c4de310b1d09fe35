import { requireGiven, texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const cluster = (encryptionConfig?: Plain): ExampleResource[] => [
  {
    type: "aws:eks/cluster:Cluster",
    name: "training",
    properties: encryptionConfig === undefined ? {} : { encryptionConfig },
  },
];

export const secretsEncryption = rule({
  id: "aws-eks-secrets-encryption",
  title: "EKS encrypts Kubernetes secrets with a customer key",
  severity: "high",
  rationale: "Without a key of yours, access to secrets at rest has no policy, no trail and no switch of your own.",
  remediation: 'Set encryptionConfig with resources ["secrets"] and provider.keyArn naming a KMS key of yours.',
  mappings: [
    { framework: "AWS FSBP", control: "EKS.3" },
    { framework: "CIS EKS 1.8.0", control: "5.3.1" },
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
  ],
  deviation: "eks-secrets-encryption",
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => {
      const config = properties.get("encryptionConfig");
      const { items, complete } = config.items();
      if (!complete) return [undecided(config)];
      const [first] = items;
      if (first === undefined) return [fail(config, "is not set")];
      const resources = texts(first.get("resources"));
      const covered = resources.values.includes("secrets");
      const scope = covered
        ? []
        : [(resources.open ? undecided : fail)(first.get("resources"), 'does not name "secrets"')];
      return [...scope, ...requireGiven(first.get("provider").get("keyArn"))];
    },
  },
  examples: [
    {
      title: "customer key for secrets",
      verdict: "pass",
      resources: cluster({
        provider: { keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" },
        resources: ["secrets"],
      }),
    },
    {
      title: "key made in the same program, so that its ARN is unknown",
      verdict: "pass",
      resources: cluster({ provider: { keyArn: UNKNOWN }, resources: ["secrets"] }),
    },
    { title: "no encryption configuration", verdict: "fail", absent: true, resources: cluster() },
    { title: "no key", verdict: "fail", resources: cluster({ provider: {}, resources: ["secrets"] }) },
    {
      title: "secrets not among the resources",
      verdict: "fail",
      resources: cluster({ provider: { keyArn: "arn:aws:kms:eu-central-1:111122223333:key/1" }, resources: [] }),
    },
    { title: "configuration known only later", verdict: "undecided", resources: cluster(UNKNOWN) },
  ],
});
