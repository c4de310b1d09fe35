import { describe, expect, it } from "vitest";
import type { PackSettings } from "../../policies/kit/settings";
import { endpointOrganisation } from "../../policies/rules/ml/network/endpoint-organisation";
import { findingsOf } from "./support/direct";

const settings: PackSettings = { profile: "regulated", today: "2026-11-24", preview: true };
const endpoint = (policy?: object) => ({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  name: "s3",
  properties: { vpcId: "vpc-1", ...(policy === undefined ? {} : { policy: JSON.stringify(policy) }) },
});
const open = { Statement: { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" } };

describe("endpoints without a perimeter", () => {
  it.each([
    ["no policy", endpoint()],
    ["a policy that is open to everyone", endpoint(open)],
  ])("are told once: %s", (_, resource) => {
    expect(findingsOf(endpointOrganisation, [resource], settings)).toEqual([]);
  });

  it.each<[string, Partial<PackSettings>]>([
    ["another group is chosen", { groups: ["ml"] }],
    ["it is disabled", { rules: { "aws-vpc-endpoint-policy": { level: "disabled", config: {} } } }],
  ])("are told by the ML rule where the AWS one does not run: %s", (_, more) => {
    for (const resource of [endpoint(), endpoint(open)]) {
      const found = findingsOf(endpointOrganisation, [resource], { ...settings, ...more });
      expect(found).toMatchObject([{ verdict: "fail" }]);
    }
  });
});
