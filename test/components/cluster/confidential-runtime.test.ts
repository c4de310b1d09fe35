import { beforeAll, describe, expect, it } from "vitest";
import { ConfidentialRuntime, type ConfidentialRuntimeArgs, SandboxRuntime } from "../../../components";
import { readPolicy } from "../../../knowledge/iam/statement-model";
import { decides } from "../../knowledge/kms/decides";
import { type Made, make, policyOf, problemsOf, scope, UNKNOWN } from "../support";

const hex = (digit: string) => digit.repeat(96);
const args: ConfidentialRuntimeArgs = {
  ...scope,
  clusterName: "test",
  clusterVersion: "1.36",
  namespace: "inference",
  serviceAccount: "model",
  instanceTypes: ["m7i.4xlarge"],
  measurements: [{ PCR17: hex("a") }, { PCR17: hex("b") }],
  publishers: ["arn:aws:iam::111122223333:role/publisher"],
};
const podRole = "arn:aws:iam::111122223333:role/test-runtime-pod";

describe("ConfidentialRuntime", () => {
  let runtime: Made;
  beforeAll(async () => {
    runtime = await make("ConfidentialRuntime", () => new ConfidentialRuntime("test-runtime", args));
  });

  it("makes a role by Pod Identity, and a key that the role alone opens", () => {
    expect(runtime.children).toEqual([
      "aws:eks/podIdentityAssociation:PodIdentityAssociation test-runtime",
      "aws:iam/role:Role test-runtime",
      "gabion:index:AttestedKey test-runtime",
    ]);
    expect(runtime.child("PodIdentityAssociation").inputs).toEqual({
      clusterName: "test",
      namespace: "inference",
      serviceAccount: "model",
      roleArn: UNKNOWN,
      tags: { Name: "test-runtime" },
    });
    const { assumeRolePolicy: _, ...role } = runtime.child("Role").inputs;
    expect(role).toEqual({ name: "test-runtime-pod", description: "inference/model in Nitro Sandboxes" });
    expect(policyOf(runtime.child("Role"), "assumeRolePolicy").Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:111122223333:cluster/test",
            "aws:RequestTag/kubernetes-namespace": "inference",
            "aws:RequestTag/kubernetes-service-account": "model",
          },
        },
      },
    ]);
  });

  it("has the key's policy say PCR17, known in a preview, and the key wait for the role it names", () => {
    const key = runtime.recording.registrations.find(({ type }) => type === "aws:kms/key:Key");
    const read = readPolicy(key?.inputs.policy);
    if (key === undefined || read.kind !== "read") throw new Error("no policy");
    expect(key.inputs.tags).toEqual({ Name: "test-runtime", "gabion:attestation": "nitro-sandbox" });
    expect(runtime.dependsOn(key)).toContain("Role test-runtime");
    const answer = (pcr17?: string, principal = podRole) =>
      decides(read.policy.statements, {
        principal,
        action: "kms:Decrypt",
        context: pcr17 === undefined ? {} : { "kms:RecipientAttestation:PCR17": pcr17 },
      });
    expect([answer(hex("a")), answer(hex("b")), answer(hex("c")), answer()]).toEqual([
      "allow",
      "allow",
      "deny",
      "deny",
    ]);
    expect(answer(hex("a"), "arn:aws:iam::111122223333:role/other")).toBe("nothing");
  });

  it("says what its pool and the platform layer need", () => {
    const { runtimeClassManifest, unverified, ...outputs } = runtime.outputs;
    expect(outputs).toEqual({
      podRoleArn: UNKNOWN,
      podRoleName: "test-runtime-pod",
      attestedKeyArn: UNKNOWN,
      runtimeClassName: "confidential-sandbox",
      policyAnnotation: "sandbox.amazonaws.com/policy",
      pool: {
        enclavesEnabled: true,
        amiType: "CUSTOM",
        labels: { "gabion.dev/sandbox": "confidential-sandbox" },
        taints: [{ key: "gabion.dev/sandbox", value: "confidential-sandbox", effect: "NO_SCHEDULE" }],
      },
    });
    expect(JSON.parse(runtimeClassManifest as string)).toEqual({
      apiVersion: "node.k8s.io/v1",
      kind: "RuntimeClass",
      metadata: { name: "confidential-sandbox" },
      handler: "confidential-sandbox",
      scheduling: {
        nodeSelector: { "gabion.dev/sandbox": "confidential-sandbox" },
        tolerations: [
          { key: "gabion.dev/sandbox", operator: "Equal", value: "confidential-sandbox", effect: "NoSchedule" },
        ],
      },
    });
    expect(unverified).toHaveLength(3);
  });

  it("makes no key for isolated pods, nor without measurements", async () => {
    const { measurements: _, publishers: __, ...plain } = args;
    const isolated = await make(
      "ConfidentialRuntime",
      () => new ConfidentialRuntime("test-runtime", { ...plain, runtime: SandboxRuntime.Isolated }),
    );
    expect(isolated.recording.registrations.filter(({ type }) => type.startsWith("aws:kms/"))).toEqual([]);
    expect(isolated.outputs).toMatchObject({ attestedKeyArn: "", runtimeClassName: "isolated-sandbox" });
  });

  it.each<[Partial<Record<keyof ConfidentialRuntimeArgs, unknown>>, string[]]>([
    [{ clusterVersion: "1.35" }, ["clusterVersion: EKS has Nitro Sandboxes from Kubernetes 1.36 on"]],
    [{ clusterVersion: "1.4" }, ["clusterVersion: EKS has Nitro Sandboxes from Kubernetes 1.36 on"]],
    [{ clusterVersion: "latest" }, ["clusterVersion: it is not a minor version of Kubernetes"]],
    [{ instanceTypes: [] }, ["instanceTypes: sandboxes need nodes with Nitro Enclaves"]],
    [
      { instanceTypes: ["m7i.large"] },
      ["instanceTypes[0]: m7i.large has no Nitro Enclaves, which sandboxes are made of"],
    ],
    [
      { instanceTypes: ["g6.2xlarge"] },
      ["instanceTypes[0]: AWS documents no accelerator in a sandbox, so the L4 of g6.2xlarge would lie idle"],
    ],
    [
      { region: "eu-central-2", instanceTypes: ["m7a.4xlarge"] },
      ["instanceTypes[0]: m7a.4xlarge is not offered in eu-central-2"],
    ],
    [
      { runtime: "isolated-sandbox" },
      ["measurements: only a confidential sandbox has an attestation document, so no isolated pod could open the key"],
    ],
    [{ runtime: "kata" }, ["runtime: it is not one of the known values"]],
    [{ measurements: undefined }, ["publishers: no key is made without measurements"]],
    [
      { measurements: [{ PCR0: hex("a") }] },
      ["measurements[0]: these registers do not identify the software on a nitro-sandbox"],
    ],
    [
      { measurements: [{ NitroTPMPCR7: hex("a") }] },
      [
        "measurements[0].NitroTPMPCR7: that is the name for NitroTPM, and documents of nitro-sandbox have no register of that name",
      ],
    ],
    [{ administrators: [podRole] }, ["administrators: the same role administers the key"]],
    [
      { namespace: "A", serviceAccount: "b_c" },
      ["namespace: it is not a name of Kubernetes", "serviceAccount: it is not a name of Kubernetes"],
    ],
    [{ clusterName: "" }, ["clusterName: it is needed"]],
  ])("refuses %j", (wrong, problems) => {
    const construct = () => new ConfidentialRuntime("test-runtime", { ...args, ...wrong } as ConfidentialRuntimeArgs);
    expect(problemsOf(construct)).toEqual(problems);
  });
});
