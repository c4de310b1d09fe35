import { beforeAll, describe, expect, it } from "vitest";
import { PrivateCluster, type PrivateClusterArgs } from "../../../components";
import { deviation, keyArn, type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const logKeyArn = keyArn
  .replace(/1/g, "9")
  .replace("arn:aws:kms:eu-central-9:999922223333", "arn:aws:kms:eu-central-1:111122223333");
const args: PrivateClusterArgs = {
  ...scope,
  version: "1.35",
  controlPlaneSubnetIds: ["subnet-a", "subnet-b"],
  secretsKeyArn: keyArn,
  logKeyArn,
  today: "2026-11-24",
};
const made = (more: Partial<PrivateClusterArgs> = {}, preview = true) =>
  make("PrivateCluster", () => new PrivateCluster("test", { ...args, ...more }), { preview });
const admin = "arn:aws:iam::111122223333:role/teams/platform";
const reader = "arn:aws:iam::111122223333:role/teams/research";

describe("PrivateCluster", () => {
  let preview: Made;
  let update: Made;
  beforeAll(async () => {
    [preview, update] = await Promise.all([made(), made({ administrators: [admin] }, false)]);
  });

  it("makes the cluster, its role and log group, and the add-ons that nodes need", () => {
    expect(preview.children).toEqual([
      "aws:cloudwatch/logGroup:LogGroup test",
      "aws:eks/addon:Addon test-eks-node-monitoring-agent",
      "aws:eks/addon:Addon test-eks-pod-identity-agent",
      "aws:eks/addon:Addon test-kube-proxy",
      "aws:eks/addon:Addon test-vpc-cni",
      "aws:eks/cluster:Cluster test",
      "aws:iam/role:Role test",
      "aws:iam/role:Role test-vpc-cni",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment test",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment test-vpc-cni",
    ]);
  });

  it("is strict by default", () => {
    expect(preview.child("Cluster").inputs).toEqual({
      name: "test",
      version: "1.35",
      roleArn: UNKNOWN,
      vpcConfig: { subnetIds: ["subnet-a", "subnet-b"], endpointPrivateAccess: true, endpointPublicAccess: false },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      encryptionConfig: { resources: ["secrets"], provider: { keyArn } },
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      deletionProtection: true,
      tags: { Name: "test" },
    });
    expect(preview.child("Cluster").protect).toBe(true);
  });

  it("writes its logs to an encrypted group that is there before it", () => {
    expect(preview.child("LogGroup").inputs).toEqual({
      name: PrivateCluster.controlPlaneLogGroup("test"),
      retentionInDays: 365,
      kmsKeyId: logKeyArn,
    });
    expect(PrivateCluster.controlPlaneLogGroup("test")).toBe("/aws/eks/test/cluster");
    expect(preview.dependsOn(preview.child("Cluster"))).toEqual([
      "LogGroup test",
      "Role test",
      "RolePolicyAttachment test",
    ]);
  });

  it("has a role that EKS takes for this cluster alone", () => {
    expect(policyOf(preview.child("Role", "test"), "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "eks.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-central-1:111122223333:cluster/test" },
          StringEquals: { "aws:SourceAccount": "111122223333" },
        },
      },
    ]);
    expect(update.child("RolePolicyAttachment", "test").inputs).toEqual({
      role: "test-0000000",
      policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    });
  });

  it("pins its add-ons and gives the CNI a role of its own by Pod Identity", () => {
    expect(update.child("Addon", "test-vpc-cni").inputs).toEqual({
      clusterName: "test",
      addonName: "vpc-cni",
      addonVersion: "v1.21.1-eksbuild.1",
      configurationValues: '{"enableNetworkPolicy":"true"}',
      podIdentityAssociations: [
        { roleArn: "arn:aws:iam::111122223333:role/test-vpc-cni-0000000", serviceAccount: "aws-node" },
      ],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
    });
    expect(update.dependsOn(update.child("Addon", "test-vpc-cni"))).toContain("RolePolicyAttachment test-vpc-cni");
    expect(policyOf(preview.child("Role", "test-vpc-cni"), "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:111122223333:cluster/test",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": "aws-node",
          },
        },
      },
    ]);
    expect(update.child("Addon", "test-kube-proxy").inputs).toEqual({
      clusterName: "test",
      addonName: "kube-proxy",
      addonVersion: "v1.35.0-eksbuild.2",
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
    });
  });

  it("lets administrators in by access entries", () => {
    const name = "test-admin-111122223333-platform";
    expect(update.child("AccessEntry", name).inputs).toEqual({
      clusterName: "test",
      principalArn: admin,
      type: "STANDARD",
    });
    expect(update.child("AccessPolicyAssociation", name).inputs).toEqual({
      clusterName: "test",
      principalArn: admin,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
    expect(update.dependsOn(update.child("AccessPolicyAssociation", name))).toContain(`AccessEntry ${name}`);
  });

  it("gives its outputs", () => {
    expect(update.outputs).toEqual({
      clusterName: "test",
      clusterArn: "arn:aws:eks:eu-central-1:111122223333:cluster/test",
      endpoint: "https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com",
      certificateAuthority: "Q0EK",
      clusterSecurityGroupId: "sg-cluster",
      version: "1.35",
      serviceCidr: "172.20.0.0/16",
      kubeconfig: expect.stringContaining('"server":"https://0123456789ABCDEF.gr7.eu-central-1.eks.amazonaws.com"'),
    });
    expect(preview.outputs).toMatchObject({ clusterName: "test", version: "1.35", endpoint: UNKNOWN });
    expect(preview.recording.invokes).toEqual([]);
  });

  it("opens its API to named blocks with a deviation that shows in its tags", async () => {
    const open = await made({
      version: "1.34",
      publicAccess: { cidrs: ["203.0.113.0/24"], deviation },
      extendedSupport: { ...deviation, ticket: "SEC-9" },
      deletionProtection: false,
      logRetentionDays: 90,
    });
    expect(open.child("Cluster").inputs).toMatchObject({
      vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] },
      deletionProtection: false,
      tags: { "gabion:deviation": "eks-public-endpoint:SEC-123:2027-01-31 eks-extended-support:SEC-9:2027-01-31" },
    });
    expect(open.child("Cluster").protect).toBeUndefined();
    expect(open.child("LogGroup").inputs.retentionInDays).toBe(90);
  });

  it("stays on a version past its standard support only where a deviation says why", async () => {
    const { inputs } = (await made({ version: "1.33", extendedSupport: deviation })).child("Cluster");
    expect(inputs).toMatchObject({ upgradePolicy: { supportType: "EXTENDED" }, version: "1.33" });
  });

  it("warns of the end of standard support, and of nothing else", async () => {
    const warnings = async (more: Partial<PrivateClusterArgs>) =>
      (await made(more, false)).recording.logs
        .filter(({ message }) => !message.startsWith("Undefined value"))
        .map(({ message }) => message);
    expect(await warnings({ version: "1.34" })).toEqual([
      expect.stringContaining("Standard support of Kubernetes 1.34 ends on 2026-12-02."),
    ]);
    expect(await warnings({ version: "1.34", extendedSupport: deviation })).toEqual([]);
    expect(await warnings({})).toEqual([]);
  });

  it("holds dates against GABION_TODAY where no day is given", () => {
    const { today: _given, ...without } = args;
    const before = process.env.GABION_TODAY;
    try {
      process.env.GABION_TODAY = "2027-03-27";
      expect(problemsOf(() => new PrivateCluster("test", without))).toEqual([
        "version: standard support ended on 2027-03-27",
      ]);
      process.env.GABION_TODAY = "today";
      expect(problemsOf(() => new PrivateCluster("test", without))).toEqual(["today: it is not a day"]);
    } finally {
      if (before === undefined) delete process.env.GABION_TODAY;
      else process.env.GABION_TODAY = before;
    }
  });

  it("routes what the control plane calls, keeps few addresses ready and shifts no zone where that is said", async () => {
    const cluster = await made({
      controlPlaneEgressMode: "CUSTOMER_ROUTED",
      zonalShift: false,
      warmTargets: { minimumIps: 20, warmIps: 2 },
    });
    const { inputs } = cluster.child("Cluster");
    expect(inputs.vpcConfig).toMatchObject({ controlPlaneEgressMode: "CUSTOMER_ROUTED", endpointPublicAccess: false });
    expect(inputs.zonalShiftConfig).toBeUndefined();
    expect(cluster.child("Addon", "test-vpc-cni").inputs.configurationValues).toBe(
      '{"enableNetworkPolicy":"true","env":{"WARM_IP_TARGET":"2","MINIMUM_IP_TARGET":"20"}}',
    );
  });

  it("shifts zones by default only where AWS documents it", async () => {
    const china = await made({
      region: "cn-north-1",
      secretsKeyArn: keyArn.replace("arn:aws:kms:eu-central-1", "arn:aws-cn:kms:cn-north-1"),
      logKeyArn: keyArn.replace("arn:aws:kms:eu-central-1", "arn:aws-cn:kms:cn-north-1"),
    });
    expect(china.child("Cluster").inputs.zonalShiftConfig).toBeUndefined();
  });

  it("gives further roles what they are to do, in their namespaces", async () => {
    const cluster = await made(
      {
        accessEntries: [
          { roleArn: reader, level: "edit", namespaces: ["team-a", "team-a-*"], kubernetesGroups: ["research"] },
          { roleArn: admin, level: "view" },
          { roleArn: "arn:aws:iam::111122223333:role/ci", kubernetesGroups: ["ci"] },
        ],
      },
      false,
    );
    expect(cluster.child("AccessEntry", "test-access-111122223333-research").inputs).toEqual({
      clusterName: "test",
      principalArn: reader,
      type: "STANDARD",
      kubernetesGroups: ["research"],
    });
    expect(cluster.child("AccessPolicyAssociation", "test-access-111122223333-research").inputs).toEqual({
      clusterName: "test",
      principalArn: reader,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
      accessScope: { type: "namespace", namespaces: ["team-a", "team-a-*"] },
    });
    expect(cluster.child("AccessPolicyAssociation", "test-access-111122223333-platform").inputs).toMatchObject({
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      accessScope: { type: "cluster" },
    });
    expect(cluster.customs.filter(({ type }) => type.endsWith("AccessPolicyAssociation"))).toHaveLength(2);
    expect(cluster.customs.filter(({ type }) => type.endsWith("AccessEntry"))).toHaveLength(3);
  });

  it("has an identity provider for roles of service accounts only where that is asked for", async () => {
    const cluster = await made({ serviceAccountRoles: true }, false);
    expect(cluster.child("OpenIdConnectProvider").inputs).toEqual({
      url: "https://oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF",
      clientIdLists: ["sts.amazonaws.com"],
      tags: { Name: "test" },
    });
    expect(cluster.outputs.oidcProviderArn).toEqual(expect.stringContaining("arn:aws:iam:"));
    expect(preview.children.filter((child) => child.includes("openIdConnect"))).toEqual([]);
    expect(preview.outputs.oidcProviderArn).toBeUndefined();
  });

  it("takes other versions and settings of its add-ons, and further agents of nodes", async () => {
    const own = await made({
      addons: [
        { name: "vpc-cni", version: "v1.22.0-eksbuild.1", configuration: '{"env":{}}' },
        { name: "aws-guardduty-agent" },
      ],
    });
    expect(own.child("Addon", "test-vpc-cni").inputs).toMatchObject({
      addonVersion: "v1.22.0-eksbuild.1",
      configurationValues: '{"env":{}}',
    });
    expect(own.child("Addon", "test-aws-guardduty-agent").inputs).toMatchObject({ addonName: "aws-guardduty-agent" });
    expect(own.customs.filter(({ type }) => type === "aws:eks/addon:Addon")).toHaveLength(5);
  });

  it.each<[Partial<Record<keyof PrivateClusterArgs, unknown>>, string[]]>([
    [{ region: "x" }, ["region: not the code of an AWS Region"]],
    [{ accountId: "x" }, ["accountId: an account id is text of exactly twelve digits"]],
    [{ version: undefined }, ["version: it is needed"]],
    [{ version: 1.35 }, ["version: not a minor version of Kubernetes such as 1.35"]],
    [{ version: "1.12" }, ["version: its support dates are not in the version table"]],
    [{ version: "1.33" }, ["version: standard support ended on 2026-07-29"]],
    [{ today: "2026-12-02", version: "1.34" }, ["version: standard support ended on 2026-12-02"]],
    [{ today: "2027-03-27" }, ["version: standard support ended on 2027-03-27"]],
    [
      { today: "2026-11-26", version: "1.31", extendedSupport: deviation },
      ["version: all support ended on 2026-11-26"],
    ],
    [{ today: "yesterday" }, ["today: it is not a day"]],
    [
      { today: "2027-02-01", extendedSupport: deviation, publicAccess: { cidrs: ["203.0.113.0/24"], deviation } },
      [
        "publicAccess.deviation.expires: the deviation ended; today is 2027-02-01",
        "extendedSupport.expires: the deviation ended; today is 2027-02-01",
      ],
    ],
    [{ controlPlaneEgressMode: "NONE" }, ["controlPlaneEgressMode: it is not one of the known values"]],
    [
      { warmTargets: { warmIps: 0 } },
      ["warmTargets.warmIps: every new pod would wait for a call to EC2, and those are throttled"],
    ],
    [
      { warmTargets: { minimumIps: 10 }, addons: [{ name: "vpc-cni", configuration: "{}" }] },
      ["warmTargets: addons has settings of your own for vpc-cni, which stand alone"],
    ],
    [
      { administrators: [admin], accessEntries: [{ roleArn: admin, level: "view" }] },
      ["accessEntries[0].roleArn: it is one of the administrators, and EKS has one entry for a role"],
    ],
    [
      {
        accessEntries: [
          { roleArn: reader, level: "view" },
          { roleArn: reader, kubernetesGroups: ["a"] },
        ],
      },
      ["accessEntries[1].roleArn: it is named twice, and EKS has one entry for a role"],
    ],
    [
      {
        accessEntries: [
          { roleArn: "me", level: "edit", namespaces: ["*"], kubernetesGroups: ["system:masters"] },
          { roleArn: reader },
        ],
      },
      [
        "accessEntries[0].roleArn: it is not the ARN of an IAM role",
        "accessEntries[0].namespaces[0]: it holds kube-system, whose workloads have the rights of the cluster",
        "accessEntries[0].kubernetesGroups[0]: names that begin so belong to Kubernetes and AWS, and EKS refuses them",
        "accessEntries[1]: the role could do nothing",
      ],
    ],
    [
      { accessEntries: [{ roleArn: reader, namespaces: ["a"], kubernetesGroups: ["b"] }] },
      ["accessEntries[0].namespaces: namespaces bound what a level gives, and there is none"],
    ],
    [{ accessEntries: [{ level: "view" }] }, ["accessEntries[0].roleArn: it is not the ARN of an IAM role"]],
    [{ controlPlaneSubnetIds: undefined }, ["controlPlaneSubnetIds: it is needed"]],
    [{ secretsKeyArn: "key" }, ["secretsKeyArn: it is not the ARN of a KMS key"]],
    [{ secretsKeyArn: undefined }, ["secretsKeyArn: it is needed"]],
    [{ logKeyArn: "key" }, ["logKeyArn: it is not the ARN of a KMS key"]],
    [{ logKeyArn: null }, ["logKeyArn: it is needed"]],
    [{ logRetentionDays: 10 }, ["logRetentionDays: CloudWatch Logs has no such retention"]],
    [{ administrators: ["me"] }, ["administrators[0]: it is not the ARN of an IAM role"]],
    [{ administrators: [admin, admin] }, ["administrators[1]: it is named twice"]],
    [{ addons: [{ name: "dns" }] }, ["addons[0].name: it is not an add-on that Gabion knows"]],
    [{ addons: [{ name: "coredns" }] }, ["addons[0].name: its pods need nodes, so the cluster cannot wait for it"]],
    [{ addons: [{ name: "vpc-cni" }, { name: "vpc-cni" }] }, ["addons[1].name: it is named twice"]],
    [{ addons: [{ name: "vpc-cni", version: "latest" }] }, ["addons[0].version: not a version of an EKS add-on"]],
    [
      { addons: [{ name: "kube-proxy", version: "v1.34.1-eksbuild.2" }] },
      ["addons[0].version: kube-proxy follows the cluster, which is 1.35"],
    ],
    [{ addons: [{ name: "vpc-cni", configuration: "[]" }] }, ["addons[0].configuration: it is not a JSON object"]],
    [{ publicAccess: { cidrs: [], deviation } }, ["publicAccess.cidrs: AWS would open the API to the whole internet"]],
    [
      { publicAccess: { cidrs: ["0.0.0.0/0"], deviation } },
      ["publicAccess.cidrs[0]: it is the internet rather than somebody's network"],
    ],
    [{ publicAccess: { cidrs: ["office"], deviation } }, ["publicAccess.cidrs[0]: it is not an IPv4 block"]],
    [
      { publicAccess: { cidrs: ["203.0.113.0/24"] } },
      [
        "publicAccess.deviation.reason: a deviation needs a reason",
        "publicAccess.deviation.ticket: it names no ticket",
        "publicAccess.deviation.expires: a deviation ends on a day",
      ],
    ],
    [
      { extendedSupport: { ...deviation, reason: "because", expires: "2027-02-30" } },
      ["extendedSupport.reason: a deviation needs a reason", "extendedSupport.expires: a deviation ends on a day"],
    ],
  ])("refuses %o", (wrong, problems) => {
    expect(problemsOf(() => new PrivateCluster("test", { ...args, ...wrong } as PrivateClusterArgs))).toEqual(problems);
  });

  it("refuses names that names of its roles would be too long with", () => {
    expect(problemsOf(() => new PrivateCluster("c".repeat(49), args))).toHaveLength(1);
  });
});
