import type { WorldResource } from "../../world/model";
import { type Context, sources, type TypeEntry } from "../entry";
import {
  allowsAction,
  bucketType,
  keyTypes,
  known,
  lasts,
  likely,
  names,
  needs,
  readPolicy,
  roleMay,
  roleType,
  serviceLinkedRoleType,
  text,
} from "../kit";

const recorderType = "aws:cfg/recorder:Recorder";
const channelType = "aws:cfg/deliveryChannel:DeliveryChannel";
const statusType = "aws:cfg/recorderStatus:RecorderStatus";

const recorder: TypeEntry = {
  type: recorderType,
  label: "Config Configuration Recorder",
  api: "Config Service",
  operations: { create: "PutConfigurationRecorder", update: "PutConfigurationRecorder" },
  provider: "aws_config_configuration_recorder",
  cloudFormation: "AWS::Config::ConfigurationRecorder",
  id: (context) => text(context.inputs.name) ?? "default",
  computed: {
    name: "{id}",
    recordingGroup: () => ({ allSupported: true, includeGlobalResourceTypes: false, resourceTypes: [] }),
    recordingMode: () => ({ recordingFrequency: "CONTINUOUS" }),
  },
  settings: true,
  references: [
    needs(
      "roleArn",
      [roleType, serviceLinkedRoleType],
      { code: "InvalidRoleException", message: "Your role {value} does not exist" },
      { by: ["arn"], asksIam: true },
    ),
  ],
  quotas: [
    {
      limit: 1,
      per: ({ region }) => region,
      refusal: {
        code: "MaxNumberOfConfigurationRecordersExceededException",
        message:
          "Failed to put configuration recorder because the maximum number of configuration recorders: {limit} is reached.",
      },
    },
  ],
  seconds: lasts(2, 2, 2),
  facts: [known("one recorder an account and Region, with a role that exists", sources.api)],
};

const channel: TypeEntry = {
  type: channelType,
  label: "Config Delivery Channel",
  api: "Config Service",
  operations: { create: "PutDeliveryChannel", update: "PutDeliveryChannel" },
  provider: "aws_config_delivery_channel",
  cloudFormation: "AWS::Config::DeliveryChannel",
  id: (context) => text(context.inputs.name) ?? "default",
  computed: { name: "{id}" },
  settings: true,
  references: [
    needs(
      "s3BucketName",
      bucketType,
      {
        code: "NoSuchBucketException",
        message: "Cannot find a S3 bucket with an empty bucket name, or the bucket {value} does not exist",
      },
      { by: ["id"] },
    ),
    names("s3KmsKeyArn", keyTypes, ["arn"]),
    names("snsTopicArn", "aws:sns/topic:Topic", ["arn"]),
  ],
  quotas: [
    {
      limit: 1,
      per: ({ region }) => region,
      refusal: {
        code: "MaxNumberOfDeliveryChannelsExceededException",
        message: "Failed to put delivery channel because the maximum number of delivery channels: {limit} is reached.",
      },
    },
  ],
  seconds: lasts(2, 2, 2),
  facts: [
    known("needs a recorder and a bucket it may write to; stays while the recorder runs", sources.api),
    likely("who may write is judged by the bucket's policy and the recorder's role", sources.guide),
  ],
  rules(context) {
    const [using] = context.world.resources(recorderType, context.region);
    if (using === undefined) {
      return context.refuse({
        code: "NoAvailableConfigurationRecorderException",
        message: "Configuration recorder is not available to put delivery channel.",
      });
    }
    const bucket = context.target("s3BucketName");
    if (bucket !== undefined && !mayWrite(context, using, bucket)) {
      context.refuse({
        code: "InsufficientDeliveryPolicyException",
        message: `Insufficient delivery policy to s3 bucket: ${bucket.id}, unable to write to bucket, provided s3 key prefix is '${text(context.inputs.s3KeyPrefix) ?? "null"}', provided kms key is '${text(context.inputs.s3KmsKeyArn) ?? "null"}'.`,
      });
    }
    return undefined;
  },
  deletable(context) {
    const running = context.world.resources(statusType, context.region).find((one) => one.outputs.isEnabled === true);
    if (running !== undefined) {
      context.refuse({
        code: "LastDeliveryChannelDeleteFailedException",
        message: `Failed to delete last specified delivery channel with name '${context.id}', because there is a running configuration recorder. (${running.urn ?? running.id})`,
      });
    }
  },
};

function mayWrite(context: Context, using: WorldResource, bucket: WorldResource): boolean {
  const policy = context.world.find(["aws:s3/bucketPolicy:BucketPolicy"], bucket.id, ["id"])?.outputs.policy;
  const roleArn = String(using.outputs.roleArn);
  const allowed = (readPolicy(policy ?? bucket.outputs.policy) ?? []).some(
    (statement) =>
      allowsAction(statement, "s3:PutObject") &&
      statement.principals.some(
        ({ kind, value }) =>
          value === "*" || value === roleArn || (kind === "Service" && value === "config.amazonaws.com"),
      ),
  );
  const role = context.world.find([roleType], roleArn, ["arn"]);
  return allowed || (role !== undefined && roleMay(context, role, "s3:PutObject", []));
}

const status: TypeEntry = {
  type: statusType,
  label: "Config Configuration Recorder Status",
  api: "Config Service",
  operations: {
    create: "StartConfigurationRecorder",
    update: "StartConfigurationRecorder",
    delete: "StopConfigurationRecorder",
  },
  provider: "aws_config_configuration_recorder_status",
  id: "{name}",
  computed: {},
  settings: true,
  references: [
    needs("name", recorderType, {
      code: "NoSuchConfigurationRecorderException",
      message: "Cannot find configuration recorder with the specified name '{value}'.",
    }),
  ],
  seconds: lasts(2, 2, 2),
  facts: [known("a recorder starts only with a delivery channel", sources.api)],
  rules(context) {
    if (context.inputs.isEnabled === true && context.world.resources(channelType, context.region).length === 0) {
      context.refuse({
        code: "NoAvailableDeliveryChannelException",
        message: "Delivery channel is not available to start configuration recorder.",
      });
    }
  },
};

export const entries: TypeEntry[] = [recorder, channel, status];
