import { type Context, sources, type TypeEntry } from "../entry";
import { known, lasts, list, needs, object, text } from "../kit";
import { firewallType, invalid } from "./shared";

const logging: TypeEntry = {
  type: "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
  label: "NetworkFirewall Logging Configuration",
  api: "Network Firewall",
  operations: { create: "UpdateLoggingConfiguration", delete: "UpdateLoggingConfiguration" },
  provider: "aws_networkfirewall_logging_configuration",
  cloudFormation: "AWS::NetworkFirewall::LoggingConfiguration",
  id: "{firewallArn}",
  computed: {},
  settings: true,
  references: [
    needs(
      "firewallArn",
      firewallType,
      { code: "ResourceNotFoundException", message: "Firewall {value} does not exist" },
      { by: ["arn"] },
    ),
  ],
  enums: {
    "loggingConfiguration.logDestinationConfigs[].logType": ["ALERT", "FLOW", "TLS"],
    "loggingConfiguration.logDestinationConfigs[].logDestinationType": ["S3", "CloudWatchLogs", "KinesisDataFirehose"],
  },
  seconds: lasts(10, 10, 10),
  facts: [known("one destination for each kind of log, which must exist", sources.api)],
  rules(context) {
    const configs = list(object(context.inputs.loggingConfiguration).logDestinationConfigs).map(object);
    const kinds = configs.map((one) => text(one.logType));
    const twice = kinds.find((kind, at) => kinds.indexOf(kind) !== at);
    if (twice !== undefined) {
      context.refuse(invalid(`duplicate logging_configuration.log_destination_config.log_type value: ${twice}`));
    }
    for (const config of configs) checkDestination(context, config);
  },
};

function checkDestination(context: Context, config: Record<string, unknown>): void {
  const where = object(config.logDestination);
  const group = text(where.logGroup);
  const bucket = text(where.bucketName);
  const isThere =
    (group === undefined ||
      context.world.find(["aws:cloudwatch/logGroup:LogGroup"], group, ["id", "name"], context.region) !== undefined) &&
    (bucket === undefined || context.world.find(["aws:s3/bucket:Bucket"], bucket, ["id"]) !== undefined);
  if (!isThere) {
    context.refuse({
      code: "InvalidRequestException",
      message: `Log destination ${group ?? bucket} does not exist or cannot be written to`,
    });
  }
}

export const entries: TypeEntry[] = [logging];
