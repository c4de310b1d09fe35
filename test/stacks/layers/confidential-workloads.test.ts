import { expect, it } from "vitest";
import { protectedNames } from "../../../stacks/settings/protected";
import { FULLEST, read } from "../documents";
import { OWN_IMAGES, resource, runFoundation } from "./foundation-run";

it("workloads in sandboxes get a role, a key for their policies alone, and what the next layer must know", async () => {
  const { foundation } = FULLEST;
  const recording = await runFoundation(foundation, { preview: false, account: OWN_IMAGES });
  expect(resource(recording, "PodIdentityAssociation", "dev-tokeniser").inputs).toMatchObject({
    clusterName: "dev",
    namespace: "serving",
    serviceAccount: "tokeniser",
  });
  const policy = resource(recording, "Key", "dev-tokeniser").inputs.policy as string;
  expect(policy).toContain('"kms:RecipientAttestation:PCR17":["');
  expect(policy).toContain("role/dev-tokeniser-pod");
  expect(policy).toContain("role/publisher");
  const outputs = recording.outputs.get("urn:pulumi:test::gabion::pulumi:pulumi:Stack::gabion-test");
  expect(outputs?.confidentialWorkloads).toMatchObject({
    tokeniser: { runtimeClassName: "confidential-sandbox", policyAnnotation: "sandbox.amazonaws.com/policy" },
  });
  expect(resource(recording, "NodeGroup", "dev-sandboxes").inputs.labels).toMatchObject({
    "gabion.dev/sandbox": "confidential-sandbox",
  });
  const result = read({ ...foundation, deletionProtection: true });
  expect(result.ok && protectedNames(result.settings)).toContain("dev-tokeniser");
});
