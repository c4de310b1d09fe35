import { partitionOf } from "gabion-knowledge";
import { type Context, sources, type TypeEntry, type Wait } from "./entry";
import { checkDocument, checkPrincipals, keyTypes, known, lasts, nameOf, names, needs, text } from "./kit";

const topicType = "aws:sns/topic:Topic";
const queueType = "aws:sqs/queue:Queue";

const fifo = (property: "fifoTopic" | "fifoQueue") => (inputs: Record<string, unknown>) =>
  inputs[property] === true ? ".fifo" : "";

/** What a topic's or queue's owner may do. Source: default policies that SNS shows. */
const ownerPolicy = (context: Context, service: "sns" | "sqs"): string =>
  JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: `arn:${context.partition}:iam::${context.account}:root` },
        Action: `${service.toUpperCase()}:*`,
        Resource: `arn:${context.partition}:${service}:${context.region}:${context.account}:${nameOf(context)}`,
      },
    ],
  });

const topic: TypeEntry = {
  type: topicType,
  label: "SNS Topic",
  api: "SNS",
  operations: { update: "SetTopicAttributes" },
  provider: "aws_sns_topic",
  cloudFormation: "AWS::SNS::Topic",
  id: (context) => `arn:${context.partition}:sns:${context.region}:${context.account}:${nameOf(context)}`,
  arn: "{id}",
  autoname: { property: "name", maxLength: 256, suffix: fifo("fifoTopic") },
  computed: {
    name: (context) => nameOf(context),
    owner: "{account}",
    policy: (context) => ownerPolicy(context, "sns"),
    tracingConfig: () => "PassThrough",
  },
  references: [names("kmsMasterKeyId", keyTypes, ["arn", "id"])],
  settings: true,
  seconds: lasts(1, 1, 1),
  facts: [known("creating a topic of the same name again answers with the one that is there", sources.api)],
};

const queue: TypeEntry = {
  type: queueType,
  label: "SQS Queue",
  api: "SQS",
  operations: { update: "SetQueueAttributes" },
  provider: "aws_sqs_queue",
  cloudFormation: "AWS::SQS::Queue",
  id: (context) =>
    `https://sqs.${context.region}.${partitionOf(context.region)?.dnsSuffix ?? "amazonaws.com"}/${context.account}/${nameOf(context)}`,
  arn: (context) => `arn:${context.partition}:sqs:${context.region}:${context.account}:${nameOf(context)}`,
  autoname: { property: "name", maxLength: 80, suffix: fifo("fifoQueue") },
  computed: {
    kmsDataKeyReusePeriodSeconds: () => 300,
    name: (context) => nameOf(context),
    sqsManagedSseEnabled: (context) => text(context.inputs.kmsMasterKeyId) === undefined,
    url: "{id}",
  },
  references: [names("kmsMasterKeyId", keyTypes, ["arn", "id"])],
  unique: [
    {
      by: (properties) => text(properties.name),
      refusal: {
        code: "QueueAlreadyExists",
        message: "A queue already exists with the same name and a different value for attribute",
      },
    },
  ],
  // The provider waits until a queue shows its attributes everywhere, and as long for it to be gone.
  seconds: lasts(27, 25, 1),
  facts: [known("names once in a Region", sources.api)],
};

const policyRules =
  (property: "arn" | "queueUrl") =>
  (context: Context): Wait[] => {
    const refusal = {
      code: "InvalidParameter",
      message: `Invalid parameter: Policy Error: PolicyParser (${property})`,
    };
    checkDocument(context, "policy", refusal);
    return checkPrincipals(context, context.inputs.policy, {
      ...refusal,
      message: "Invalid parameter: Policy statement principal is invalid ({value})",
    });
  };

const topicPolicy: TypeEntry = {
  type: "aws:sns/topicPolicy:TopicPolicy",
  label: "SNS Topic Policy",
  api: "SNS",
  operations: { create: "SetTopicAttributes", update: "SetTopicAttributes", delete: "SetTopicAttributes" },
  provider: "aws_sns_topic_policy",
  cloudFormation: "AWS::SNS::TopicPolicy",
  id: "{arn}",
  computed: { owner: "{account}" },
  settings: true,
  references: [
    needs("arn", topicType, { code: "NotFound", message: "Topic does not exist", status: 404 }, { by: ["arn"] }),
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("the topic must exist, the document must be a policy with existing principals", sources.api)],
  rules: policyRules("arn"),
};

const queuePolicy: TypeEntry = {
  type: "aws:sqs/queuePolicy:QueuePolicy",
  label: "SQS Queue Policy",
  api: "SQS",
  operations: { create: "SetQueueAttributes", update: "SetQueueAttributes", delete: "SetQueueAttributes" },
  provider: "aws_sqs_queue_policy",
  id: "{queueUrl}",
  computed: {},
  settings: true,
  references: [
    needs(
      "queueUrl",
      queueType,
      { code: "AWS.SimpleQueueService.NonExistentQueue", message: "The specified queue does not exist." },
      { by: ["id", "url"] },
    ),
  ],
  seconds: lasts(25, 25, 25),
  facts: [known("the queue must exist, the document must be a policy with existing principals", sources.api)],
  rules: policyRules("queueUrl"),
};

const subscription: TypeEntry = {
  type: "aws:sns/topicSubscription:TopicSubscription",
  label: "SNS Topic Subscription",
  api: "SNS",
  operations: { create: "Subscribe", update: "SetSubscriptionAttributes", delete: "Unsubscribe" },
  provider: "aws_sns_topic_subscription",
  cloudFormation: "AWS::SNS::Subscription",
  id: (context) => `${String(context.inputs.topic)}:${context.ids.uuid("subscription")}`,
  arn: "{id}",
  computed: {
    confirmationWasAuthenticated: () => true,
    filterPolicyScope: () => "MessageAttributes",
    ownerId: "{account}",
    pendingConfirmation: (context) => String(context.inputs.protocol).startsWith("email"),
  },
  references: [
    needs("topic", topicType, { code: "NotFound", message: "Topic does not exist", status: 404 }, { by: ["arn"] }),
  ],
  seconds: lasts(1, 1, 1),
  facts: [known("the topic must exist", sources.api)],
};

export const entries: TypeEntry[] = [topic, queue, topicPolicy, queuePolicy, subscription];
