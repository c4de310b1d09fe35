import { type Context, sources, type TypeEntry } from "../entry";
import { keyTypes, known, lasts, names, text } from "../kit";

const volume: TypeEntry = {
  type: "aws:ebs/volume:Volume",
  label: "EC2 EBS Volume",
  api: "EC2",
  operations: { create: "CreateVolume", update: "ModifyVolume", delete: "DeleteVolume" },
  provider: "aws_ebs_volume",
  cloudFormation: "AWS::EC2::Volume",
  id: (context) => context.ids.ec2("vol"),
  arn: "arn:{partition}:ec2:{region}:{account}:volume/{id}",
  computed: {
    createTime: (context) => context.date,
    encrypted: (context) => encryptedByDefault(context),
    iops: (context) => (context.inputs.type === "gp3" ? 3000 : 100),
    kmsKeyId: (context) => defaultKey(context),
    size: () => 8,
    throughput: (context) => (context.inputs.type === "gp3" ? 125 : 0),
    type: () => "gp2",
  },
  enums: { type: ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"] },
  references: [names("kmsKeyId", keyTypes, ["arn"])],
  seconds: lasts(10, 10, 10),
  facts: [
    known("encrypted by default where the Region says so; a key goes with encryption", sources.guide),
    known("a size or a snapshot; a zone of the Region", sources.api),
    known("operations a second for io1 and io2, throughput for gp3 alone", sources.code),
  ],
  rules: volumeRules,
};

const hasDefault = (context: Context): boolean =>
  context.world
    .resources("aws:ebs/encryptionByDefault:EncryptionByDefault", context.region)
    .some((one) => one.outputs.enabled !== false);

const encryptedByDefault = (context: Context): boolean =>
  hasDefault(context) || text(context.inputs.kmsKeyId) !== undefined;

function defaultKey(context: Context): string {
  if (context.inputs.encrypted !== true && !hasDefault(context)) return "";
  const [chosen] = context.world.resources("aws:ebs/defaultKmsKey:DefaultKmsKey", context.region);
  return (
    text(chosen?.outputs.keyArn) ?? `arn:${context.partition}:kms:${context.region}:${context.account}:alias/aws/ebs`
  );
}

function volumeRules(context: Context): undefined {
  const { availabilityZone, size, snapshotId, type, iops, throughput, encrypted, kmsKeyId } = context.inputs;
  const refuse = (code: string, message: string) => context.refuse({ code, message });
  if (!String(availabilityZone).startsWith(context.region)) {
    refuse("InvalidZone.NotFound", `The zone '${String(availabilityZone)}' does not exist.`);
  }
  if (size === undefined && text(snapshotId) === undefined) {
    refuse("MissingParameter", "The request must contain the parameter size or snapshotId");
  }
  if (encrypted === false && text(kmsKeyId) !== undefined) {
    refuse("InvalidParameterDependency", "The parameter KmsKeyId requires the parameter Encrypted to be set.");
  }
  const provisioned = type === "io1" || type === "io2";
  if (provisioned && iops === undefined)
    refuse("MissingParameter", `'iops' must be set when 'type' is '${String(type)}'`);
  if (!provisioned && type !== "gp3" && iops !== undefined) {
    refuse("InvalidParameterCombination", `'iops' must not be set when 'type' is '${text(type) ?? "gp2"}'`);
  }
  if (throughput !== undefined && type !== "gp3") {
    refuse("InvalidParameterCombination", `'throughput' must not be set when 'type' is '${text(type) ?? "gp2"}'`);
  }
}

export const entries: TypeEntry[] = [volume];
