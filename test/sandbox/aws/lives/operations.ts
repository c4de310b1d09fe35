import { grant, root } from "../documents";
import { types } from "../ground";
import { arn, id, type Life, logGroup, nothing, queue, repository, secret, topic } from "./support";

export const operations: Life[] = [
  { type: types.logGroup, inputs: nothing, change: { retentionInDays: 30 } },
  {
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    inputs: () => ({
      policyName: "delivery",
      policyDocument: grant({ Service: "es.amazonaws.com" }, "logs:PutLogEvents", "*"),
    }),
    change: { policyDocument: grant({ Service: "route53.amazonaws.com" }, "logs:PutLogEvents", "*") },
  },
  {
    type: "aws:cloudwatch/logStream:LogStream",
    before: [logGroup],
    inputs: (_g, { logs }) => ({ logGroupName: id(logs) }),
  },
  { type: types.repository, inputs: nothing, change: { imageTagMutability: "IMMUTABLE" } },
  {
    type: "aws:ecr/repositoryPolicy:RepositoryPolicy",
    before: [repository],
    inputs: (_g, made) => ({
      repository: id(made.repository),
      policy: grant({ AWS: root }, "ecr:BatchGetImage"),
    }),
    change: { policy: grant({ AWS: root }, "ecr:GetDownloadUrlForLayer") },
  },
  {
    type: "aws:ecr/registryPolicy:RegistryPolicy",
    inputs: () => ({ policy: grant({ AWS: root }, "ecr:ReplicateImage", "*") }),
    change: { policy: grant({ AWS: root }, "ecr:CreateRepository", "*") },
  },
  {
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    before: [repository],
    inputs: (_g, made) => ({
      repository: id(made.repository),
      policy: JSON.stringify({ rules: [{ rulePriority: 1, action: { type: "expire" } }] }),
    }),
  },
  {
    type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration",
    inputs: () => ({ scanType: "BASIC" }),
    change: { scanType: "ENHANCED" },
  },
  {
    type: "aws:ecr/accountSetting:AccountSetting",
    inputs: () => ({ name: "REGISTRY_POLICY_SCOPE", value: "V2" }),
    change: { value: "V1" },
  },
  {
    type: "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    inputs: () => ({ ecrRepositoryPrefix: "quay", upstreamRegistryUrl: "quay.io" }),
  },
  {
    type: "aws:ssm/parameter:Parameter",
    inputs: () => ({ name: "/ml/outputs", type: "String", value: "one" }),
    change: { value: "two" },
  },
  { type: types.secret, inputs: () => ({ recoveryWindowInDays: 0 }), change: { description: "of the gateway" } },
  {
    type: "aws:secretsmanager/secretVersion:SecretVersion",
    before: [secret],
    inputs: (_g, made) => ({ secretId: id(made.secret), secretString: "x" }),
    change: { versionStages: ["AWSPREVIOUS"] },
  },
  {
    type: "aws:secretsmanager/secretPolicy:SecretPolicy",
    before: [secret],
    inputs: (_g, made) => ({ secretArn: arn(made.secret), policy: grant({ AWS: root }, "secretsmanager:*", "*") }),
    change: { policy: grant({ AWS: root }, "secretsmanager:GetSecretValue", "*") },
  },
  { type: types.topic, inputs: nothing, change: { displayName: "alarms" } },
  { type: types.queue, inputs: nothing, change: { delaySeconds: 5 } },
  {
    type: "aws:sns/topicPolicy:TopicPolicy",
    before: [topic],
    inputs: (_g, made) => ({ arn: arn(made.topic), policy: grant({ AWS: root }, "sns:Publish", "*") }),
    change: { policy: grant({ AWS: root }, "sns:Subscribe", "*") },
  },
  {
    type: "aws:sqs/queuePolicy:QueuePolicy",
    before: [queue],
    inputs: (_g, made) => ({ queueUrl: id(made.queue), policy: grant({ AWS: root }, "sqs:SendMessage", "*") }),
    change: { policy: grant({ AWS: root }, "sqs:ReceiveMessage", "*") },
  },
  {
    type: "aws:sns/topicSubscription:TopicSubscription",
    before: [topic, queue],
    inputs: (_g, made) => ({ topic: arn(made.topic), protocol: "sqs", endpoint: arn(made.queue) }),
    change: { rawMessageDelivery: true },
  },
];
