import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { servicePrincipal } from "../../../knowledge/aws/partitions";
import {
  AUDIT_SWITCHES,
  ESCALATIONS,
  SERVICES_NAMING_THEIR_SOURCE,
  serviceOfPrincipal,
} from "../../../knowledge/iam/escalation";

describe("tables of actions", () => {
  it("name each action once, in the form of IAM", () => {
    const actions = [...ESCALATIONS.map(({ action }) => action), ...AUDIT_SWITCHES];
    expect(new Set(actions).size).toBe(actions.length);
    for (const action of actions) expect(action).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/);
  });
});

describe("serviceOfPrincipal", () => {
  it("finds the service of every principal in the table, with a Region or without", () => {
    const service = fc.constantFrom(...SERVICES_NAMING_THEIR_SOURCE.map(({ principal }) => principal));
    const region = fc.constantFrom(undefined, "eu-central-1", "us-gov-west-1", "ap-southeast-2");
    fc.assert(
      fc.property(service, region, (name, place) => {
        expect(serviceOfPrincipal(servicePrincipal(name, place))).toBe(name);
      }),
    );
  });

  it.each([
    ["ec2.amazonaws.com.cn", "ec2"],
    ["delivery.logs.amazonaws.com", "delivery.logs"],
    ["arn:aws:iam::111122223333:root", undefined],
    ["example.com", undefined],
  ])("takes %s apart", (principal, service) => {
    expect(serviceOfPrincipal(principal)).toBe(service);
  });
});
