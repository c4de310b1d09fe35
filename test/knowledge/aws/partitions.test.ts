import { describe, expect, it } from "vitest";
import { arns, formatArn, parseArn, requireArn } from "../../../knowledge/aws/arns";
import {
  accountIdProblems,
  isAccountId,
  isRegion,
  isZone,
  partitionOf,
  regionOfZone,
  regionProblems,
  servicePrincipal,
} from "../../../knowledge/aws/partitions";

describe("Regions and zones", () => {
  it.each([
    ["eu-central-1", "aws"],
    ["us-east-1", "aws"],
    ["mx-central-1", "aws"],
    ["il-central-1", "aws"],
    ["us-gov-west-1", "aws-us-gov"],
    ["cn-northwest-1", "aws-cn"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-iso-east-1", "aws-iso"],
    ["us-isob-east-1", "aws-iso-b"],
  ])("%s belongs to %s", (region, partition) => {
    expect(partitionOf(region)?.name).toBe(partition);
  });

  it.each(["eu-central", "eu-central-1a", "EU-CENTRAL-1", "xx-central-1", "", "euc1-az1"])(
    "%j is no Region",
    (text) => {
      expect(isRegion(text)).toBe(false);
    },
  );

  it("names the Region of a zone that stands where a Region belongs", () => {
    expect(regionProblems("eu-central-1a")).toEqual([
      {
        path: "region",
        found: '"eu-central-1a"',
        reason: "not the code of an AWS Region",
        remedy: 'That is an Availability Zone; its Region is "eu-central-1"',
      },
    ]);
    expect(regionProblems("eu-central-1")).toEqual([]);
  });

  it("knows zones by name and id", () => {
    for (const zone of ["eu-central-1a", "us-gov-west-1b", "us-west-2-lax-1a", "euc1-az1", "usw2-lax1-az1"]) {
      expect(isZone(zone)).toBe(true);
    }
    for (const text of ["eu-central-1", "eu-central-1ab", "a", "euc1"]) expect(isZone(text)).toBe(false);
    expect(regionOfZone("us-west-2-lax-1a")).toBe("us-west-2");
    expect(regionOfZone("euc1-az1")).toBeUndefined();
  });
});

describe("account ids", () => {
  it("are texts of twelve digits", () => {
    expect(isAccountId("012345678901")).toBe(true);
    for (const value of [12345678901, "12345678901", "0123456789012", "01234567890a", undefined]) {
      expect(isAccountId(value)).toBe(false);
    }
  });

  it("explain a number that YAML made of one", () => {
    expect(accountIdProblems(12345678901)[0]?.remedy).toContain("quotes");
    expect(accountIdProblems("dev")[0]?.remedy).toContain("twelve digits");
  });
});

describe("ARNs", () => {
  const scope = { region: "us-gov-west-1", accountId: "111122223333" };

  it("carry the partition of the Region", () => {
    expect(arns.role(scope, "service/deploy")).toBe("arn:aws-us-gov:iam::111122223333:role/service/deploy");
    expect(arns.bucketObjects(scope, "data", "raw/")).toBe("arn:aws-us-gov:s3:::data/raw/*");
    expect(arns.key(scope, "1")).toBe("arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1");
    expect(arns.parameter(scope, "/gabion/dev")).toBe(
      "arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/gabion/dev",
    );
    expect(arns.managedPolicy(scope, "AmazonEKS_CNI_Policy")).toBe(
      "arn:aws-us-gov:iam::aws:policy/AmazonEKS_CNI_Policy",
    );
  });

  it("are read back as they were written", () => {
    for (const build of Object.values(arns)) {
      const text = (build as (scope: unknown, ...names: string[]) => string)(scope, "a:b/c", "d");
      expect(formatArn(requireArn(text))).toBe(text);
    }
  });

  it("are not read from other text", () => {
    for (const text of ["", "arn:aws:s3", "arn:aws:iam::1:", "aws:s3:::x:y:z"]) expect(parseArn(text)).toBeUndefined();
    expect(() => requireArn("x", "roleArn")).toThrow('ARN: roleArn is "x": not an Amazon Resource Name.');
  });
});

describe("servicePrincipal", () => {
  it("is regional only where a Region is given", () => {
    expect(servicePrincipal("eks")).toBe("eks.amazonaws.com");
    expect(servicePrincipal("logs", "eu-central-1")).toBe("logs.eu-central-1.amazonaws.com");
  });
});
