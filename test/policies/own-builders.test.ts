import { describe, expect, it } from "vitest";
import { policyJson } from "../../knowledge/iam/policy-document";
import { attestedKeyPolicy, dataKeyPolicy } from "../../knowledge/kms/key-policy";
import { endpointPolicy } from "../../knowledge/network/endpoint-policy";
import { ENDPOINTS } from "../../knowledge/network/endpoints";
import { compileRules } from "../../policies/kit/compile";
import { rules } from "../../policies/rules";
import { Analyzer } from "./support/analyzer";

const scope = { region: "eu-central-1", accountId: "111122223333" };
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const analyzer = new Analyzer(compileRules(rules, { profile: "isolated", today: "2026-11-24", preview: true }));
const hex = (digit: string) => digit.repeat(96);

describe("what the knowledge package builds passes every rule", () => {
  it.each([...ENDPOINTS.keys()])("policy of the endpoint %s", async (key) => {
    for (const owner of [{ organizationId: "o-abcdefghij" }, { trustedAccountIds: ["444455556666"] }]) {
      const policy = policyJson(endpointPolicy(key, { ...scope, ...owner }));
      expect(
        await analyzer.resource({ type: "aws:ec2/vpcEndpoint:VpcEndpoint", name: key, properties: { policy } }),
      ).toEqual([]);
    }
  });

  it("policy of a data key", async () => {
    const policy = policyJson(
      dataKeyPolicy({
        ...scope,
        administrators: [role("admin")],
        users: [role("training")],
        viaServices: ["s3"],
        logGroups: ["/gabion/*"],
        services: ["cloudtrail"],
        autoScaling: true,
      }),
    );
    const key = { type: "aws:kms/key:Key", name: "data", properties: { enableKeyRotation: true, policy } };
    expect(await analyzer.resource(key)).toEqual([]);
  });

  it.each([
    [
      "nitro-tpm",
      [
        { 4: hex("a"), 12: hex("b") },
        { 4: hex("c"), 12: hex("d") },
      ],
    ],
    ["nitro-tpm", [{ 7: hex("a") }]],
    ["nitro-enclave", [{ 0: hex("a") }]],
    ["nitro-sandbox", [{ 17: hex("a") }]],
  ] as const)("policy of a key attested by %s, and none of its Denies can be left out", async (root, measurements) => {
    const statements = attestedKeyPolicy({
      ...scope,
      root,
      measurements,
      openers: [role("inference")],
      publishers: [role("publisher")],
      administrators: [role("admin")],
    });
    const judge = (list: typeof statements) =>
      analyzer.resource({
        type: "aws:kms/key:Key",
        name: "weights",
        properties: { enableKeyRotation: true, policy: policyJson(list), tags: { "gabion:attestation": root } },
      });
    expect(await judge(statements)).toEqual([]);
    const open = { sid: "Open", principals: { AWS: [role("other")] }, actions: ["kms:Decrypt"], resources: ["*"] };
    const withoutDenies = statements.filter((statement) => !statement.sid?.startsWith("DenyUnattested"));
    expect(await judge([...statements, open])).toEqual([]);
    expect((await judge([...withoutDenies, open])).map((diagnostic) => diagnostic.policyName)).toEqual([
      "ml-09-attested-key-conditions",
    ]);
  });
});
