import { afterEach, describe, expect, it } from "vitest";
import { type Bench, bench } from "./client";

const keyType = "aws:kms/key:Key";
const role = "arn:aws:iam::123456789012:role/publisher";
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
    { Effect: "Allow", Principal: { AWS: role }, Action: "kms:Encrypt", Resource: "*" },
  ],
});

describe("a role that no stack makes", () => {
  let b: Bench;
  afterEach(() => b.end());

  it("is unknown to KMS, unless it is taken to exist; the report then names it", async () => {
    b = await bench({}, { region: "eu-central-1" });
    await expect(b.client.create(keyType, "weights", { policy })).rejects.toThrow(/publisher does not exist/);
    expect(b.twin.report().assumedPrincipals).toEqual([]);
    await b.end();
    b = await bench({ assumedPrincipals: [role, `${role}-unused`] }, { region: "eu-central-1" });
    await b.client.create(keyType, "weights", { policy });
    expect(b.twin.report().assumedPrincipals).toEqual([role]);
  });
});
