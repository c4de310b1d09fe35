import { describe, expect, it } from "vitest";
import { POLICY_SIZE_LIMITS, policyJson } from "../../../knowledge/iam/policy-document";
import { matchesPattern, readPolicy } from "../../../knowledge/iam/statement-model";
import { eksImageAccount, endpointPolicy } from "../../../knowledge/network/endpoint-policy";
import {
  ENDPOINTS,
  endpoint,
  endpointExistsIn,
  endpointFor,
  endpointServiceName,
  endpointsFor,
} from "../../../knowledge/network/endpoints";

const region = "eu-central-1";
const scope = { region, accountId: "111122223333", organizationId: "o-abcdefghij" };

describe("the endpoint catalogue", () => {
  it("has what a cluster without internet needs, the pair that old lists lack included", () => {
    expect(endpointsFor(["cluster", "pod-identity"])).toEqual([
      "ec2",
      "ecr.api",
      "ecr.dkr",
      "s3",
      "eks",
      "eks-auth",
      "sts",
    ]);
  });

  it("tells a source of every row, and what to check where it is unsure", () => {
    for (const fact of ENDPOINTS.values()) {
      expect(fact.source.name).not.toBe("");
      expect(fact.apis.length).toBeGreaterThan(0);
      if (fact.source.sureness === "unsure") expect(fact.source.note).toBeTruthy();
    }
  });

  it("finds endpoints by API and by action", () => {
    expect(endpointFor("ecr:BatchGetImage")).toEqual(["ecr.api", "ecr.dkr"]);
    expect(endpointFor("KMS")).toEqual(["kms"]);
    expect(endpointFor("organizations:ListAccounts")).toEqual([]);
  });

  it("builds service names, global ones without a Region", () => {
    expect(endpointServiceName("ecr.api", region)).toBe("com.amazonaws.eu-central-1.ecr.api");
    expect(endpointServiceName("iam", "us-east-1")).toBe("com.amazonaws.iam");
    expect(endpointServiceName("route53", "us-gov-west-1")).toBe("com.amazonaws.route53");
    expect([
      endpointExistsIn("iam", region),
      endpointExistsIn("iam", "us-east-1"),
      endpointExistsIn("s3", region),
    ]).toEqual([false, true, true]);
  });

  it.each([
    ["iam", region, "the endpoint of iam exists only in us-east-1"],
    ["s3", "cn-north-1", "service names of the partition aws-cn differ"],
    ["s3", "nowhere", "not the code of an AWS Region"],
  ] as const)("refuses %s in %s", (key, where, reason) => {
    expect(() => endpointServiceName(key, where)).toThrow(reason);
  });

  it("refuses a key that it does not have", () => {
    expect(() => endpoint("ngc")).toThrow("not in the endpoint catalogue");
  });
});

describe("endpointPolicy", () => {
  const statements = (key: Parameters<typeof endpointPolicy>[0], more = {}) => {
    const read = readPolicy(endpointPolicy(key, { ...scope, ...more }));
    if (read.kind !== "read") throw new Error(read.kind);
    return read.policy.statements;
  };

  it.each([...ENDPOINTS.keys()])("%s: fits the limit, allows no other API, and holds identities", (key) => {
    expect(policyJson(endpointPolicy(key, scope)).length).toBeLessThan(POLICY_SIZE_LIMITS.endpointPolicy);
    if (key === "guardduty-data") return;
    const apis = endpoint(key).apis;
    for (const statement of statements(key)) {
      expect(statement.effect).toBe("Allow");
      for (const action of statement.actions) expect(apis).toContain(action.split(":")[0]);
      const keys = statement.conditions.map((condition) => condition.key);
      // What no identity of ours signs: layers under ECR's own signature, packages of AWS, and a web identity that has no account yet.
      const excepted = ["ImageLayers", "PackagesAndAgents", "WebIdentities"].includes(statement.sid ?? "");
      if (!excepted) expect(keys).toContain("aws:PrincipalOrgID");
    }
  });

  it("excepts the layers of ECR from the organisation's conditions, and nothing else of S3", () => {
    const layers = statements("s3").find((statement) => statement.sid === "ImageLayers");
    expect(layers).toMatchObject({
      actions: ["s3:GetObject"],
      resources: ["arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/*"],
      conditions: [],
    });
    expect(statements("s3").map((statement) => statement.sid)).toEqual(["OwnIdentities", "ImageLayers"]);
    expect(statements("s3", { awsOwnedBuckets: true }).map((statement) => statement.sid)).toContain(
      "PackagesAndAgents",
    );
  });

  it("lets the images of EKS's add-ons through, from their account alone", () => {
    const images = statements("ecr.api").find((statement) => statement.sid === "AddOnImages");
    expect(images?.resources).toEqual(["arn:aws:ecr:eu-central-1:602401143452:repository/*"]);
    expect(eksImageAccount("ap-east-1")).toBe("800184023465");
    expect(eksImageAccount("cn-north-1")).toBeUndefined();
  });

  it("falls back to the account, and the accounts it trusts, without an organisation", () => {
    const own = readPolicy(
      endpointPolicy("kms", { region, accountId: "111122223333", trustedAccountIds: ["444455556666"] }),
    );
    const conditions = own.kind === "read" ? own.policy.statements[0]?.conditions : undefined;
    expect(conditions?.map(({ key, values }) => [key, values])).toEqual([
      ["aws:PrincipalAccount", ["111122223333", "444455556666"]],
      ["aws:ResourceAccount", ["111122223333", "444455556666"]],
    ]);
  });

  it("has GuardDuty's own form for its data endpoint", () => {
    const [allow, deny] = statements("guardduty-data");
    expect([allow?.effect, deny?.effect]).toEqual(["Allow", "Deny"]);
    expect(deny?.conditions).toMatchObject([
      { operator: "stringnotequals", key: "aws:PrincipalAccount", values: ["111122223333"] },
    ]);
  });

  it("narrows actions when asked to, and refuses those of another service", () => {
    expect(statements("kms", { actions: ["kms:Decrypt"] })[0]?.actions).toEqual(["kms:Decrypt"]);
    expect(() => endpointPolicy("kms", { ...scope, actions: ["s3:GetObject"] })).toThrow(
      "this endpoint carries kms only",
    );
  });

  it("refuses a scope that is none", () => {
    expect(() => endpointPolicy("s3", { region, accountId: "1" })).toThrow("not an account id");
    expect(() => endpointPolicy("s3", { ...scope, organizationId: "org" })).toThrow("not the id of an organisation");
    expect(() => endpointPolicy("s3", { ...scope, trustedAccountIds: ["444455556666"] })).toThrow(
      "is the scope already",
    );
  });

  it("never allows a bucket of strangers", () => {
    for (const statement of statements("s3", { awsOwnedBuckets: true })) {
      const open = statement.conditions.length === 0;
      const covers = statement.resources.some((pattern) => matchesPattern(pattern, "arn:aws:s3:::strangers/object"));
      expect(open && covers).toBe(false);
    }
  });
});
