"use strict";
// Ten resources that know each other; the second variant updates, replaces, drops and adds some of them.
const pulumi = require("@pulumi/pulumi");

const second = process.env.VARIANT === "second";
const make = (type, name, properties, dependsOn) =>
  new pulumi.CustomResource(
    type,
    name,
    { arn: undefined, tags: { stage: second ? "2" : "1" }, ...properties },
    { dependsOn },
  );

const vpc = make("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" });
const subnets = ["a", "b"].map((zone, at) =>
  make("aws:ec2/subnet:Subnet", `subnet-${zone}`, {
    vpcId: vpc.id,
    availabilityZone: `eu-central-1${zone}`,
    // Another range: replaced, and the old one only goes at the end.
    cidrBlock: `10.0.${at + (second && zone === "b" ? 10 : 0)}.0/24`,
  }),
);
make("aws:ec2/securityGroup:SecurityGroup", "group", { vpcId: vpc.id, description: second ? "two" : "one" }, subnets);
const topic = make("aws:sns/topic:Topic", "topic", {});
make("aws:sqs/queue:Queue", "queue", { visibilityTimeoutSeconds: second ? 60 : 30 }, [topic]);
make("aws:ecr/repository:Repository", "images", {}, [topic]);
// A name of its own and another encryption: deleted before it is made again.
make("aws:cloudwatch/logGroup:LogGroup", "log", {
  name: "audit",
  logGroupClass: second ? "INFREQUENT_ACCESS" : "STANDARD",
});
make("aws:s3/bucket:Bucket", "bucket", {}, subnets);
if (!second) make("aws:sqs/queue:Queue", "dropped", {}, [topic]);
else make("aws:sns/topic:Topic", "added", {}, [topic]);
