import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { enumNames, enumOf, namesFile, operationsOf, type SdkNames } from "../../../sandbox/aws/spec/sdk-names";
import { allEntries } from "../../../sandbox/aws/types";
import { lives } from "./lives";

const sdk = JSON.parse(readFileSync(join(__dirname, "../../..", namesFile), "utf8")) as SdkNames;

/** Values for which the SDK has a plain text, or that are the provider's own. */
const noEnum = [
  "aws:ec2/allowedImagesSettings:AllowedImagesSettings state",
  // One enumeration for each state: BlockNewSharing and Unblocked.
  "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess state",
  // `Disabled` is what the provider says of a bucket that never had versions.
  "aws:s3/bucketVersioning:BucketVersioning versioningConfiguration.status",
  "aws:s3/bucketVersioningV2:BucketVersioningV2 versioningConfiguration.status",
  "aws:eks/accessEntry:AccessEntry type",
  "aws:ecr/accountSetting:AccountSetting name",
  // The provider's own: the API has an operation for each direction.
  "aws:ec2/securityGroupRule:SecurityGroupRule type",
];

/** Operations that do not exist, as nothing of the kind is asked of AWS: what a VPC came with is adopted and given back, sets are put together. */
const noOperation = [
  /^aws:ec2\/default/,
  /^aws:iam\/role\w+Exclusive:/,
  /^aws:ec2\/capacityBlockReservation:\S+ Delete/,
  /^aws:s3\/bucket(Acl|RequestPaymentConfiguration|AccelerateConfiguration)(V2)?:\S+ Delete/,
  /^aws:ecr\/(registryScanningConfiguration|accountSetting):\S+ Delete/,
  /^aws:guardduty\/organizationConfigurationFeature:\S+ Delete/,
];

/** Types of which AWS changes something in place. */
const changing = new Set(lives.filter((life) => life.change !== undefined).map((life) => life.type));

describe(`names of the table and the AWS SDK (${sdk.sources.length} packages)`, () => {
  it("agree on every value that the table allows", () => {
    const wrong = allEntries().flatMap((entry) =>
      Object.entries(entry.enums ?? {}).flatMap(([path, values]) => {
        const name = enumOf(entry, path);
        if (name === undefined) return noEnum.includes(`${entry.type} ${path}`) ? [] : [`${entry.type} ${path}: ?`];
        const known = sdk.enums[`${entry.api} ${name}`] ?? [];
        return values.filter((value) => !known.includes(value)).map((value) => `${entry.type} ${path}: ${value}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("compare nothing that the table does not have", () => {
    const has = allEntries().flatMap((entry) =>
      Object.keys(entry.enums ?? {}).map((path) => `${entry.type.replace("aws:", "")} ${path}`),
    );
    expect(Object.keys(enumNames).filter((name) => !has.includes(name))).toEqual([]);
  });

  it("agree on the operations that refusals name", () => {
    const wrong = allEntries().flatMap((entry) => {
      const [create, update, remove] = operationsOf(entry) as [string, string, string];
      // Where everything else replaces the resource, no update can be refused.
      const updates = entry.operations?.update === undefined && !changing.has(entry.type) ? [] : [update];
      return [create, ...updates, remove]
        .filter((name) => !(sdk.operations[entry.api] ?? []).includes(name))
        .map((name) => `${entry.type} ${name}`)
        .filter((text) => !noOperation.some((pattern) => pattern.test(text)));
    });
    expect(wrong).toEqual([]);
  });
});
