import * as autoscaling from "@pulumi/aws/autoscaling";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as vpc from "@pulumi/aws/vpc";
import * as pulumi from "@pulumi/pulumi";
import { refuseArguments } from "../arguments/input-error";
import { accessArgumentProblems, DEFAULT_RUNNER_TYPE, type PrivateAccessArgs } from "./access-args";
import { documentNames, makeShell, makeTunnel } from "./access-documents";
import { ACCESS_TAG, operatorPolicy, operatorTrust, runnerPolicy, runnerTrust } from "./access-policies";
import { logGroup } from "./log-delivery";

/**
 * The way into a private network: runners that nothing can connect to and that have no keys, and tunnels through them to the hosts that are
 * named, opened by Systems Manager for who may assume a role.
 *
 * Runners are instances of an Auto Scaling group: tunnels need a machine with the SSM agent, which CodeBuild in a VPC is not while no build
 * runs. They live for hours and are replaced by fresh ones; scaled to zero, nothing runs and nothing costs. Endpoints of the consumer
 * `session-manager` must exist: give them in `dependsOn`.
 */
export class PrivateAccess extends pulumi.ComponentResource {
  /** The ARN of the role by which operators open sessions. */
  public readonly operatorRoleArn: pulumi.Output<string>;
  /** The ARN of the runners' role. */
  public readonly runnerRoleArn: pulumi.Output<string>;
  /** The name of the runners' Auto Scaling group. */
  public readonly runnerGroupName: pulumi.Output<string>;
  /** The security group of the runners. */
  public readonly securityGroupId: pulumi.Output<string>;
  /** Names of the documents that sessions are started with, by tunnel; `shell` where shells are allowed. */
  public readonly documents: pulumi.Output<Record<string, string>>;

  /** @throws InputError with everything that is wrong with the arguments. */
  constructor(name: string, args: PrivateAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseArguments("PrivateAccess", name, accessArgumentProblems(name, args));
    super("gabion:index:PrivateAccess", name, args, opts);

    const documents = makeDocuments(name, args, this);
    const operator = operatorRole(name, args, this);
    const group = runnerSecurityGroup(name, args, this);
    const { role, ready } = runnerRole(name, args, this);
    const profile = new iam.InstanceProfile(`${name}-runner`, { role: role.name }, { parent: this });
    const template = launchTemplate(name, args, group, profile, this);
    const runners = runnerGroup(name, args, template, [ready], opts?.dependsOn, this);

    this.operatorRoleArn = operator.arn;
    this.runnerRoleArn = role.arn;
    this.runnerGroupName = runners.name;
    this.securityGroupId = group.id;
    this.documents = pulumi.output(documents);
    this.registerOutputs({
      operatorRoleArn: this.operatorRoleArn,
      runnerRoleArn: this.runnerRoleArn,
      runnerGroupName: this.runnerGroupName,
      securityGroupId: this.securityGroupId,
      documents: this.documents,
    });
  }

  /** The log groups of an access of that name, for the policy of their key. */
  static logGroups(name: string): string[] {
    return [sessionLogGroup(name)];
  }
}

function sessionLogGroup(name: string): string {
  return `/gabion/${name}/sessions`;
}

function makeDocuments(
  name: string,
  args: PrivateAccessArgs,
  parent: pulumi.Resource,
): Record<string, pulumi.Output<string>> {
  const tunnels = (args.tunnels ?? []).map(
    (target, index) => [target.name, makeTunnel(name, target, index, parent).name] as const,
  );
  if (args.shell !== true) return Object.fromEntries(tunnels);
  const delivery = { keyArn: args.logKeyArn, retentionDays: args.logRetentionDays, parent };
  logGroup(`${name}-sessions`, sessionLogGroup(name), delivery);
  const shell = makeShell(name, sessionLogGroup(name), args.logKeyArn, parent);
  return Object.fromEntries([...tunnels, ["shell", shell.name] as const]);
}

function operatorRole(name: string, args: PrivateAccessArgs, parent: pulumi.Resource): iam.Role {
  const role = new iam.Role(
    `${name}-operator`,
    {
      description: `Opens sessions by ${name}`,
      assumeRolePolicy: operatorTrust(args.operators),
      // The time in which new sessions can be opened; a session itself ends with its runner.
      maxSessionDuration: 3600,
    },
    { parent },
  );
  const policy = withShellKey(args, (keyArn) => operatorPolicy(name, args, documentNames(name, args), keyArn));
  new iam.RolePolicy(`${name}-operator`, { role: role.name, policy }, { parent });
  return role;
}

/** Nothing comes in. Out go HTTPS to endpoints, to the cluster's API, to S3, and to the hosts of tunnels in the network. */
function runnerSecurityGroup(name: string, args: PrivateAccessArgs, parent: pulumi.Resource): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(
    `${name}-runner`,
    { description: "Runners: nothing in, named places out", vpcId: args.vpcId, tags: { Name: `${name}-runner` } },
    { parent },
  );
  const out = (suffix: string, description: string, target: Partial<vpc.SecurityGroupEgressRuleArgs>) =>
    new vpc.SecurityGroupEgressRule(
      `${name}-${suffix}`,
      { securityGroupId: group.id, description, ipProtocol: "tcp", fromPort: 443, toPort: 443, ...target },
      { parent },
    );
  out("endpoints", "AWS services", { referencedSecurityGroupId: args.endpointSecurityGroupId });
  if (args.s3PrefixListId !== undefined) out("s3", "S3 by its gateway", { prefixListId: args.s3PrefixListId });
  for (const { name: tunnel, port, securityGroupId } of args.tunnels ?? []) {
    if (securityGroupId === undefined) continue;
    const ports = { fromPort: port ?? 443, toPort: port ?? 443 };
    out(`tunnel-${tunnel}`, `Tunnel to ${tunnel}`, { ...ports, referencedSecurityGroupId: securityGroupId });
  }
  if (args.clusterSecurityGroupId === undefined) return group;
  out("cluster", "The cluster's API", { referencedSecurityGroupId: args.clusterSecurityGroupId });
  new vpc.SecurityGroupIngressRule(
    `${name}-cluster`,
    {
      securityGroupId: args.clusterSecurityGroupId,
      description: `Runners of ${name}`,
      referencedSecurityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    { parent },
  );
  return group;
}

/** A policy that names the key of shells where there are any. Without them it waits for no key, and is known in a preview. */
function withShellKey(args: PrivateAccessArgs, write: (keyArn?: string) => string): pulumi.Input<string> {
  return args.shell === true ? pulumi.output(args.logKeyArn).apply(write) : write();
}

function runnerRole(name: string, args: PrivateAccessArgs, parent: pulumi.Resource) {
  const role = new iam.Role(
    `${name}-runner`,
    { description: `Runners of ${name}`, assumeRolePolicy: runnerTrust() },
    { parent },
  );
  const policy = withShellKey(args, (keyArn) => runnerPolicy(args, sessionLogGroup(name), keyArn));
  const ready = new iam.RolePolicy(`${name}-runner`, { role: role.name, policy }, { parent });
  return { role, ready };
}

function launchTemplate(
  name: string,
  args: PrivateAccessArgs,
  group: ec2.SecurityGroup,
  profile: iam.InstanceProfile,
  parent: pulumi.Resource,
): ec2.LaunchTemplate {
  const tags = { Name: `${name}-runner`, [ACCESS_TAG]: name };
  return new ec2.LaunchTemplate(
    `${name}-runner`,
    {
      description: `Runners of ${name}`,
      updateDefaultVersion: true,
      imageId: args.imageId,
      instanceType: args.instanceType ?? DEFAULT_RUNNER_TYPE,
      iamInstanceProfile: { arn: profile.arn },
      instanceInitiatedShutdownBehavior: "terminate",
      userData: userData(args.lifetimeHours ?? 8),
      networkInterfaces: [
        { deviceIndex: 0, associatePublicIpAddress: "false", deleteOnTermination: "true", securityGroups: [group.id] },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            encrypted: "true",
            kmsKeyId: args.volumeKeyArn,
            volumeType: "gp3",
            volumeSize: 20,
            deleteOnTermination: "true",
          },
        },
      ],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      tags: { Name: `${name}-runner` },
    },
    { parent },
  );
}

/** A runner ends itself, whatever else happens. Nobody logs in by SSH, so the service is off where the image has it. */
function userData(hours: number): string {
  const script = [
    "#!/bin/bash",
    "set -eu",
    `shutdown -h +${hours * 60}`,
    "systemctl disable --now sshd.service || true",
    "",
  ].join("\n");
  return Buffer.from(script).toString("base64");
}

function runnerGroup(
  name: string,
  args: PrivateAccessArgs,
  template: ec2.LaunchTemplate,
  own: pulumi.Resource[],
  given: pulumi.ComponentResourceOptions["dependsOn"],
  parent: pulumi.Resource,
): autoscaling.Group {
  return new autoscaling.Group(
    `${name}-runner`,
    {
      vpcZoneIdentifiers: args.subnetIds,
      minSize: 0,
      maxSize: args.maxRunners ?? 2,
      desiredCapacity: args.runners ?? 1,
      launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      healthCheckType: "EC2",
      // A day is AWS's shortest; the runner's own end comes first.
      maxInstanceLifetime: 86_400,
      tags: [{ key: "Name", value: `${name}-runner`, propagateAtLaunch: false }],
    },
    {
      parent,
      dependsOn: pulumi.output(given ?? []).apply((before) => [...[before].flat(), ...own]),
      ignoreChanges: ["desiredCapacity"],
    },
  );
}
