import fs from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import { beforeAll, describe, expect, it } from "vitest";
import * as gabion from "../../components";

interface Property {
  readonly description?: string;
}

interface Schema {
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly inputProperties: Readonly<Record<string, Property>>;
        readonly properties: Readonly<Record<string, Property>>;
      }
    >
  >;
}

const folder = path.join(__dirname, "..", "..", "components");
const components = Object.values(gabion).filter(
  (exported) => typeof exported === "function" && exported.prototype instanceof pulumi.ComponentResource,
) as unknown as ConstructorParameters<typeof ComponentProvider>[0]["components"];

describe("the package for other languages", () => {
  let schema: Schema;
  beforeAll(async () => {
    const provider = new ComponentProvider({ components, dirname: folder, name: "gabion" });
    schema = JSON.parse(await provider.getSchema()) as Schema;
  });

  it("has every exported component under its token", () => {
    expect(components.length).toBeGreaterThan(7);
    expect(Object.keys(schema.resources).sort()).toEqual(components.map(({ name }) => `gabion:index:${name}`).sort());
  });

  it("describes every argument and every output", () => {
    const bare = Object.entries(schema.resources).flatMap(([token, { inputProperties, properties }]) =>
      Object.entries({ ...inputProperties, ...properties })
        .filter(([, property]) => (property.description ?? "") === "")
        .map(([name]) => `${token}.${name}`),
    );
    expect(bare).toEqual([]);
  });

  it("shows outputs only, and no field that a component keeps for itself", () => {
    const outputs = Object.entries(schema.resources).map(([token, { properties }]) => [
      token.split(":")[2],
      Object.keys(properties).sort(),
    ]);
    expect(Object.fromEntries(outputs)).toEqual({
      AttestedKey: ["aliasName", "keyArn", "keyId", "rootOfTrust"],
      AttestedNodePool: [
        "attestationLabels",
        "attestedKeyArn",
        "efaSecurityGroupId",
        "nodeGroupName",
        "nodeRoleArn",
        "taints",
      ],
      ClusterAddons: ["versions"],
      ConfidentialRuntime: [
        "attestedKeyArn",
        "podRoleArn",
        "podRoleName",
        "policyAnnotation",
        "pool",
        "runtimeClassManifest",
        "runtimeClassName",
        "unverified",
      ],
      DataBucket: ["bucketArn", "bucketName"],
      DataKey: ["aliasName", "keyArn", "keyId"],
      EgressFirewall: ["endpointIds", "firewallArn"],
      GpuNodePool: ["efaSecurityGroupId", "nodeGroupName", "nodeRoleArn"],
      NodePool: ["nodeGroupName", "nodeRoleArn"],
      PrivateAccess: ["documents", "operatorRoleArn", "runnerGroupName", "runnerRoleArn", "securityGroupId"],
      PatchRings: ["nextRing", "nextRingNotBefore", "ringReleases", "stateMachineArn"],
      PrivateCluster: [
        "certificateAuthority",
        "clusterArn",
        "clusterName",
        "clusterSecurityGroupId",
        "endpoint",
        "kubeconfig",
        "oidcProviderArn",
        "serviceCidr",
        "version",
      ],
      PrivateNetwork: [
        "cidr",
        "controlPlaneSubnetIds",
        "endpointSubnetIds",
        "inspectionSubnetIds",
        "podSubnetIds",
        "publicRouteTableIds",
        "routeTableIds",
        "vpcId",
        "workloadSubnetIds",
      ],
      ServiceEndpoints: ["endpointIds", "s3PrefixListId", "securityGroupId"],
    });
  });

  it("gives every optional argument its default", () => {
    const withoutDefault = sources(folder).flatMap((file) => {
      const text = fs.readFileSync(file, "utf8");
      return [...text.matchAll(/((?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?) {2}(\w+)\?: /g)]
        .filter(([, doc]) => !doc?.includes("@default"))
        .map(([, , name]) => `${path.basename(file)}: ${name}`);
    });
    // Not arguments of components.
    expect(
      withoutDefault.filter((line) => !/^(bucket-class|checks|protection|acl-rules|existing-network)\.ts/.test(line)),
    ).toEqual([]);
  });
});

function sources(directory: string): string[] {
  return fs.readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" ? [] : sources(file);
    return entry.name.endsWith(".ts") ? [file] : [];
  });
}
