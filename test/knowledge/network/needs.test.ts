import { describe, expect, it } from "vitest";
import { ENDPOINTS, type EndpointConsumer, endpointHosts, endpointsFor } from "../../../knowledge/network/endpoints";
import { endpointNeedProblems, type NetworkReach, needsOf, WORKLOADS } from "../../../knowledge/network/needs";

const region = "eu-central-1";
const problems = (api: string, reach: Partial<NetworkReach> = {}) =>
  endpointNeedProblems([{ component: "Tool", api }], { region, endpoints: [], ...reach });

describe("endpointNeedProblems", () => {
  it("names component, API and endpoint, and every way out", () => {
    expect(problems("kms:Decrypt")).toEqual([
      {
        path: "needs[0]",
        found: '"kms:Decrypt", which Tool calls',
        reason: 'the network has no endpoint "kms", and no egress lets the call through',
        remedy:
          'Add "encryption" to consumers, or "kms" to additionalEndpoints, let an egress firewall pass kms.eu-central-1.amazonaws.com, or do without Tool',
      },
    ]);
  });

  it.each([
    ["ecr:GetAuthorizationToken", ["ecr.api"]],
    ["ecr:BatchGetImage", ["ecr.api", "ecr.dkr"]],
    ["sagemaker:InvokeEndpoint", ["sagemaker.runtime"]],
    ["sagemaker:CreateModel", ["sagemaker.api"]],
    ["sagemaker:PutRecord", ["sagemaker.featurestore-runtime"]],
    ["bedrock:InvokeModel", ["bedrock-runtime"]],
    ["bedrock:CreateGuardrail", ["bedrock"]],
    ["guardduty-data", ["guardduty-data"]],
    ["S3:GetObject", ["s3"]],
  ])("%s travels by %j", (api, keys) => {
    expect(problems(api).map(({ reason }) => /endpoint "([^"]+)"/.exec(reason)?.[1])).toEqual(keys);
    expect(problems(api, { endpoints: keys })).toEqual([]);
    for (const left of keys) {
      expect(problems(api, { endpoints: keys.filter((key) => key !== left) })).toHaveLength(1);
    }
  });

  it("is met by an egress that lets the host through, and by no other name", () => {
    expect(problems("kms:Decrypt", { egressNames: ["kms.eu-central-1.amazonaws.com"] })).toEqual([]);
    expect(problems("kms:Decrypt", { egressNames: ["kms.eu-west-1.amazonaws.com", ".pypi.org"] })).toHaveLength(1);
    expect(problems("organizations:ListAccounts")).toMatchObject([
      { remedy: "Let an egress firewall pass organizations.us-east-1.amazonaws.com, or do without Tool" },
    ]);
    expect(problems("organizations:ListAccounts", { egressNames: ["organizations.us-east-1.amazonaws.com"] })).toEqual(
      [],
    );
  });

  it("never sends image layers or objects by an egress that would let everybody's through", () => {
    for (const api of ["s3:GetObject", "ecr:BatchGetImage"]) {
      const open = problems(api, { egressNames: [".amazonaws.com"] });
      expect(open).not.toEqual([]);
      const own = open.filter(({ reason }) => /"(s3|ecr\.dkr)"/.test(reason));
      expect(own).toHaveLength(1);
      expect(own[0]?.remedy).not.toContain("egress firewall");
    }
  });

  it.each(["iam", "route53"])("says that the endpoint of %s exists only in the control-plane Region", (key) => {
    expect(problems(`${key}:Call`)).toMatchObject([
      {
        reason: `the endpoint "${key}" exists only in us-east-1, and no egress lets the call through`,
        remedy: `Make it there and reach it by peering or a transit gateway, let an egress firewall pass ${key}.amazonaws.com, or do without Tool`,
      },
    ]);
    expect(problems(`${key}:Call`, { egressNames: [`${key}.amazonaws.com`] })).toEqual([]);
    expect(problems(`${key}:Call`, { region: "us-east-1", endpoints: [key] })).toEqual([]);
  });

  it("leaves a Region that is none to the check of Regions", () => {
    expect(problems("kms:Decrypt", { region: "nowhere" })).toEqual([]);
  });
});

describe("what workloads call", () => {
  it("is met by the endpoints of their consumers, for each that is a consumer", () => {
    const consumers = new Set([...ENDPOINTS.values()].flatMap(({ neededBy }) => neededBy));
    const both = WORKLOADS.filter((name) => consumers.has(name as EndpointConsumer));
    expect(both).toContain("karpenter");
    for (const name of both) {
      // Some describe instances and subnets, whose endpoint every cluster has.
      const endpoints = ["ec2", ...endpointsFor([name as EndpointConsumer])];
      expect([name, endpointNeedProblems(needsOf(name), { region, endpoints })]).toEqual([name, []]);
    }
  });

  it("is met by the catalogue's consumers of a cluster for its pools, and by none for a name without needs", () => {
    const endpoints = endpointsFor(["cluster", "pod-identity", "encryption"]);
    for (const name of ["PrivateCluster", "NodePool", "GpuNodePool", "AttestedNodePool", "vpc-cni", "AttestedKey"]) {
      expect(needsOf(name)).not.toEqual([]);
      expect(endpointNeedProblems(needsOf(name), { region, endpoints })).toEqual([]);
    }
    expect(needsOf("constructor")).toEqual([]);
  });

  it("knows the host of every endpoint", () => {
    expect(endpointHosts("ecr.api", region)).toEqual(["api.ecr.eu-central-1.amazonaws.com"]);
    expect(endpointHosts("s3", region)).toEqual(["s3.eu-central-1.amazonaws.com", "*.s3.eu-central-1.amazonaws.com"]);
    expect(endpointHosts("kinesis-firehose", "cn-north-1")).toEqual(["firehose.cn-north-1.amazonaws.com.cn"]);
    for (const key of ENDPOINTS.keys()) expect(endpointHosts(key, region)[0]).toMatch(/^[a-z0-9.*-]+\.amazonaws\.com$/);
  });
});
