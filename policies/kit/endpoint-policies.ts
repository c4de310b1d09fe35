import { isEveryone, type StatementModel } from "gabion-knowledge";
import { companionFindings } from "./companions";
import { type Property, UNKNOWN } from "./property";
import type { ExampleResource, StackFinding } from "./rule";
import type { StackIndex } from "./stack-index";

export const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const endpointPolicyType = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy";

/** What a key holds a statement to. */
const perimeterKeys: ReadonlyMap<string, Perimeter["kind"]> = new Map([
  ["aws:principalorgid", "organization"],
  ["aws:principalorgpaths", "organization"],
  ["aws:principalaccount", "account"],
  ["aws:principalarn", "identity"],
  ["aws:resourceorgid", "organization"],
  ["aws:resourceorgpaths", "organization"],
  ["aws:resourceaccount", "account"],
]);

/** A condition that holds a statement to one's own identities or resources. */
export interface Perimeter {
  readonly kind: "account" | "identity" | "organization";
  readonly values: readonly string[];
  /** Whether some value is known only later. */
  readonly open: boolean;
}

/** Load balancer, resource and service network endpoints take no policy. A type that is known only later may. */
export function takesPolicy(properties: Property<{ vpcEndpointType?: string }>): boolean {
  const type = properties.get("vpcEndpointType").text();
  return typeof type !== "string" || type === "Interface" || type === "Gateway";
}

/** Endpoints that have no policy, neither in their arguments nor as a resource of its own. */
export function absentPolicyFindings(index: StackIndex): StackFinding[] {
  return index.ofType(endpointType).flatMap((endpoint) => {
    const asked = endpoint.inputs ?? endpoint.properties;
    if (!takesPolicy(asked) || !asked.get("policy").isAbsent) return [];
    return companionFindings(index, endpoint, {
      types: [endpointPolicyType],
      property: "vpcEndpointId",
      identifiers: ["id"],
      missing: "the endpoint has no policy, so AWS allows everything",
    });
  });
}

/** Whether an Allow is for everyone on everything, with no condition and no Deny that keeps strangers out. */
export function isWideOpen(statement: StatementModel, all: readonly StatementModel[]): boolean {
  const everyone =
    statement.principals.some(isEveryone) || statement.notPrincipals.length > 0 || statement.unknown.has("principal");
  return (
    everyone && isForEverything(statement) && perimetersOf(statement).length === 0 && closingDenies(all).length === 0
  );
}

export function isForEverything(statement: StatementModel): boolean {
  return statement.resources.includes("*") || statement.notResources.length > 0 || statement.unknown.has("resource");
}

/** The conditions of an Allow that keep strangers out. */
export function perimetersOf(statement: StatementModel): Perimeter[] {
  return statement.conditions.flatMap(({ key, operator, negated, ifExists, quantifier, values, unknownValues }) => {
    const kind = perimeterKeys.get(key.toLowerCase());
    const equality = /^(string|arn)(equals|like|equalsignorecase)$/.test(operator) && !negated && !ifExists;
    // ForAllValues holds for a request that has no such key at all.
    const holds = kind !== undefined && equality && quantifier !== "forallvalues" && !values.includes("*");
    return holds ? [{ kind, values, open: unknownValues }] : [];
  });
}

/** A Deny for everyone outside, on everything, has the same effect as a condition on each Allow. */
export function closingDenies(statements: readonly StatementModel[]): Perimeter[] {
  return statements.flatMap((statement) => {
    const [condition, ...more] = statement.conditions;
    const isTotal =
      statement.effect === "Deny" &&
      statement.unknown.size === 0 &&
      statement.principals.some(isEveryone) &&
      statement.actions.includes("*") &&
      statement.resources.includes("*");
    if (!isTotal || condition === undefined || more.length > 0) return [];
    const kind = perimeterKeys.get(condition.key.toLowerCase());
    const closes = condition.operator === "stringnotequals" && !condition.ifExists && condition.values.length > 0;
    return kind !== undefined && closes ? [{ kind, values: condition.values, open: false }] : [];
  });
}

/** An endpoint of S3 with a policy, or without one, for examples. */
export function endpointExample(policy?: ExampleResource["properties"][string]): ExampleResource {
  return {
    type: endpointType,
    name: "s3",
    properties: {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.s3",
      ...(policy === undefined ? {} : { policy }),
    },
  };
}

/** A policy of an endpoint as a resource of its own, for examples. */
export function endpointPolicyExample(
  policy: ExampleResource["properties"][string],
  dependencies: ExampleResource["dependencies"] = { vpcEndpointId: ["s3"] },
): ExampleResource {
  const type = endpointPolicyType;
  return { type, name: "policy", properties: { vpcEndpointId: UNKNOWN, policy }, dependencies };
}
