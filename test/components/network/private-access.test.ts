import { beforeAll, describe, expect, it } from "vitest";
import { PrivateAccess, type PrivateAccessArgs } from "../../../components";
import { keyArn, type Made, make, policyOf, problemsOf, scope } from "../support";

const operator = "arn:aws:iam::111122223333:role/platform-engineers";
const args: PrivateAccessArgs = {
  ...scope,
  vpcId: "vpc-1",
  subnetIds: ["subnet-a", "subnet-b"],
  endpointSecurityGroupId: "sg-endpoints",
  clusterSecurityGroupId: "sg-cluster",
  s3PrefixListId: "pl-s3",
  tunnels: [
    { name: "kubernetes", host: "https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com" },
    { name: "vault", host: "vault.internal", port: 8200, securityGroupId: "sg-vault" },
  ],
  operators: [operator],
  imageId: "ami-0123456789abcdef0",
  volumeKeyArn: keyArn,
  logKeyArn: keyArn,
};
const made = (more: Partial<PrivateAccessArgs> = {}, preview = false) =>
  make("PrivateAccess", () => new PrivateAccess("way-in", { ...args, ...more }), { preview });

describe("PrivateAccess", () => {
  let access: Made;
  beforeAll(async () => {
    access = await made();
  });

  it("makes runners, a role for operators, a document for each tunnel, and no way in", () => {
    expect(access.children).toEqual([
      "aws:autoscaling/group:Group way-in-runner",
      "aws:ec2/launchTemplate:LaunchTemplate way-in-runner",
      "aws:ec2/securityGroup:SecurityGroup way-in-runner",
      "aws:iam/instanceProfile:InstanceProfile way-in-runner",
      "aws:iam/role:Role way-in-operator",
      "aws:iam/role:Role way-in-runner",
      "aws:iam/rolePolicy:RolePolicy way-in-operator",
      "aws:iam/rolePolicy:RolePolicy way-in-runner",
      "aws:ssm/document:Document way-in-kubernetes",
      "aws:ssm/document:Document way-in-vault",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule way-in-cluster",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule way-in-endpoints",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule way-in-s3",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule way-in-tunnel-vault",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule way-in-cluster",
    ]);
    // The one rule inwards is the cluster's.
    expect(access.child("SecurityGroupIngressRule").inputs).toMatchObject({
      securityGroupId: "sg-cluster",
      referencedSecurityGroupId: "sg-way-in-runner",
      fromPort: 443,
      toPort: 443,
    });
    for (const [name, target] of [
      ["cluster", { referencedSecurityGroupId: "sg-cluster" }],
      ["endpoints", { referencedSecurityGroupId: "sg-endpoints" }],
      ["s3", { prefixListId: "pl-s3" }],
      ["tunnel-vault", { referencedSecurityGroupId: "sg-vault", fromPort: 8200, toPort: 8200 }],
    ] as const) {
      const { description, ...inputs } = access.child("SecurityGroupEgressRule", `way-in-${name}`).inputs;
      expect(inputs).toEqual({
        securityGroupId: "sg-way-in-runner",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        ...target,
      });
    }
  });

  it("starts runners without key or public address, with sessions of metadata, an encrypted volume and an end", () => {
    const { userData, tagSpecifications, ...inputs } = access.child("LaunchTemplate").inputs;
    expect(inputs).toEqual({
      description: "Runners of way-in",
      updateDefaultVersion: true,
      imageId: "ami-0123456789abcdef0",
      instanceType: "m7g.medium",
      iamInstanceProfile: { arn: expect.any(String) },
      instanceInitiatedShutdownBehavior: "terminate",
      networkInterfaces: [
        {
          deviceIndex: 0,
          associatePublicIpAddress: "false",
          deleteOnTermination: "true",
          securityGroups: ["sg-way-in-runner"],
        },
      ],
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { encrypted: "true", kmsKeyId: keyArn, volumeType: "gp3", volumeSize: 20, deleteOnTermination: "true" },
        },
      ],
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        instanceMetadataTags: "disabled",
      },
      tags: { Name: "way-in-runner" },
    });
    expect(Buffer.from(String(userData), "base64").toString()).toContain("shutdown -h +480\n");
    expect(tagSpecifications).toContainEqual({
      resourceType: "instance",
      tags: { Name: "way-in-runner", "gabion:access": "way-in" },
    });
    expect(access.child("Group").inputs).toMatchObject({
      vpcZoneIdentifiers: ["subnet-a", "subnet-b"],
      minSize: 0,
      maxSize: 2,
      desiredCapacity: 1,
      maxInstanceLifetime: 86400,
      launchTemplate: { id: "lt-way-in-runner", version: "1" },
    });
    expect(access.child("Group").ignoreChanges).toEqual(["desiredCapacity"]);
    expect(access.dependsOn(access.child("Group"))).toContain("RolePolicy way-in-runner");
  });

  it("fixes host and port of each tunnel in its document, the caller's own port aside", () => {
    const content = (name: string) => JSON.parse(String(access.child("Document", `way-in-${name}`).inputs.content));
    expect(content("kubernetes")).toMatchObject({
      schemaVersion: "1.0",
      sessionType: "Port",
      properties: {
        type: "LocalPortForwarding",
        host: "0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
        portNumber: "443",
        localPortNumber: "{{ localPortNumber }}",
      },
    });
    expect(content("vault").properties).toMatchObject({ host: "vault.internal", portNumber: "8200" });
    for (const name of ["kubernetes", "vault"]) {
      const { parameters } = content(name);
      expect(Object.keys(parameters)).toEqual(["localPortNumber"]);
      const allowed = new RegExp(parameters.localPortNumber.allowedPattern);
      for (const port of ["0", "80", "8443", "65535"]) expect(allowed.test(port)).toBe(true);
      for (const port of ["", "65536", "00", "80;reboot", "-1"]) expect(allowed.test(port)).toBe(false);
    }
  });

  it("lets operators open these sessions on these instances, and end their own", () => {
    expect(policyOf(access.child("Role", "way-in-operator"), "assumeRolePolicy").Statement).toEqual([
      { Effect: "Allow", Principal: { AWS: operator }, Action: "sts:AssumeRole" },
    ]);
    expect(access.child("Role", "way-in-operator").inputs.maxSessionDuration).toBe(3600);
    const document = (name: string) => `arn:aws:ssm:eu-central-1:111122223333:document/way-in-${name}`;
    expect(policyOf(access.child("RolePolicy", "way-in-operator")).Statement).toEqual([
      {
        Sid: "OnRunners",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: "arn:aws:ec2:eu-central-1:111122223333:instance/*",
        Condition: {
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
          StringEquals: { "ssm:resourceTag/gabion:access": "way-in" },
        },
      },
      {
        Sid: "ByDocuments",
        Effect: "Allow",
        Action: "ssm:StartSession",
        Resource: [document("kubernetes"), document("vault")],
      },
      {
        Sid: "OwnSessions",
        Effect: "Allow",
        Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
        Resource: `arn:aws:ssm:eu-central-1:111122223333:session/${"$"}{aws:userid}-*`,
      },
      {
        Sid: "FindRunners",
        Effect: "Allow",
        Action: ["ec2:DescribeInstances", "ssm:DescribeSessions"],
        Resource: "*",
      },
    ]);
  });

  it("gives runners the agent's channels and nothing else", () => {
    expect(policyOf(access.child("RolePolicy", "way-in-runner")).Statement.map(({ Sid }) => Sid)).toEqual(["Sessions"]);
  });

  it("records shells where they are allowed, and lets runners assume what is named", async () => {
    const role = "arn:aws:iam::111122223333:role/deploy-platform";
    const open = await made({ shell: true, assumableRoleArns: [role] });
    expect(PrivateAccess.logGroups("way-in")).toEqual(["/gabion/way-in/sessions"]);
    expect(open.child("LogGroup").inputs).toEqual({
      name: "/gabion/way-in/sessions",
      retentionInDays: 365,
      kmsKeyId: keyArn,
    });
    expect(JSON.parse(String(open.child("Document", "way-in-shell").inputs.content))).toMatchObject({
      sessionType: "Standard_Stream",
      inputs: {
        cloudWatchLogGroupName: "/gabion/way-in/sessions",
        cloudWatchEncryptionEnabled: true,
        kmsKeyId: keyArn,
        idleSessionTimeout: "10",
        maxSessionDuration: "60",
      },
    });
    const statements = policyOf(open.child("RolePolicy", "way-in-runner")).Statement;
    expect(statements.map(({ Sid }) => Sid)).toEqual(["Sessions", "Record", "FindRecord", "EncryptSessions", "Deploy"]);
    expect(statements.at(-1)).toMatchObject({ Action: "sts:AssumeRole", Resource: role });
    expect(open.outputs.documents).toEqual({
      kubernetes: "way-in-kubernetes",
      vault: "way-in-vault",
      shell: "way-in-shell",
    });
  });

  it("refuses a host that is known only later and is none", async () => {
    const later = Promise.resolve("not a host");
    await expect(made({ tunnels: [{ name: "odd", host: later }] })).rejects.toThrow(
      'tunnels[0].host is "not a host": it is no host of the network',
    );
  });

  it.each<[Partial<Record<keyof PrivateAccessArgs, unknown>>, string[]]>([
    [{ operators: undefined }, ["operators: it is needed"]],
    [{ operators: [] }, ["operators: nobody could open a tunnel"]],
    [{ operators: ["*"] }, ["operators[0]: it is not the ARN of an IAM role"]],
    [
      { imageId: "resolve:ssm:/aws/latest" },
      ["imageId: it is not the id of an image, and an alias would be another image tomorrow"],
    ],
    [{ instanceType: "t4g.small" }, ["instanceType: its traffic to other instances is not encrypted by the hardware"]],
    [{ instanceType: "p5.48xlarge" }, ["instanceType: a runner has no use for accelerators"]],
    [{ instanceType: "m7g.tiny" }, ["instanceType: the instance matrix does not have it"]],
    [{ tunnels: [] }, ["tunnels: there is nothing to have access to"]],
    [{ tunnels: [{ name: "shell", host: "a.internal" }] }, ["tunnels[0].name: it is kept for the document of shells"]],
    [
      { tunnels: [{ name: "a b", host: "localhost", port: 0 }] },
      [
        "tunnels[0].name: a document is named after it",
        "tunnels[0].port: it is out of range",
        "tunnels[0].host: it is no host of the network",
      ],
    ],
    [{ runners: 3 }, ["runners: it is out of range"]],
    [{ lifetimeHours: 25 }, ["lifetimeHours: it is out of range"]],
    [
      { volumeKeyArn: "x", logKeyArn: "y" },
      ["volumeKeyArn: it is not the ARN of a KMS key", "logKeyArn: it is not the ARN of a KMS key"],
    ],
    [
      { assumableRoleArns: ["arn:aws:iam::111122223333:user/x"] },
      ["assumableRoleArns[0]: it is not the ARN of an IAM role"],
    ],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new PrivateAccess("way-in", { ...args, ...wrong } as PrivateAccessArgs))).toEqual(problems);
  });
});
