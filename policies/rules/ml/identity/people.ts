import { matchesPattern, type PrincipalMatch, type StatementModel } from "gabion-knowledge";
import { boundsNothing } from "../../../kit/managed-policies";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import type { PropertiesOf } from "../../../kit/resource-types";
import { hasTag, isNamed } from "../../../kit/roles";
import { type ExampleResource, type Finding, fail, type RuleContext, rule, undecided } from "../../../kit/rule";
import type { StackIndex } from "../../../kit/stack-index";
import { allows, every, isFor, principalKind, some, type Ternary } from "../../../kit/statements";
import { askedOf } from "../../../kit/training-network";
import { hasSecondFactor, someTrust } from "../../../kit/trust";

const roleType = "aws:iam/role:Role";
const policyType = "aws:iam/policy:Policy";
type Properties = Property<PropertiesOf<typeof roleType>>;
type Config = RuleContext["config"];

const trust = (Principal: Plain, Action = "sts:AssumeRole", more: Record<string, Plain> = {}) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action, ...more }] });
const signIn = trust({ Federated: "arn:aws:iam::111122223333:saml-provider/idp" }, "sts:AssumeRoleWithSAML");
const service = trust({ Service: "pods.eks.amazonaws.com" });
const account = { AWS: "arn:aws:iam::111122223333:root" };
const boundary = "arn:aws:iam::111122223333:policy/people";
const role = (properties: Record<string, Plain>): ExampleResource => ({
  type: roleType,
  name: "research",
  properties: { assumeRolePolicy: signIn, permissionsBoundary: boundary, ...properties },
});
const { permissionsBoundary: _, ...unbounded } = role({}).properties;
const without: ExampleResource = { ...role({}), properties: unbounded };

export const people = rule({
  id: "ml-35-people",
  title: "Roles that people take have a permissions boundary, and end within four hours",
  severity: "medium",
  rationale:
    "Whoever takes over a researcher's session keeps it until it ends, and a role that may make policies for training gives itself any right unless a boundary holds it.",
  remediation:
    "Set permissionsBoundary to a policy that names what people may ever do, and maxSessionDuration to at most the configured seconds; roles of people that the trust does not show are told by a tag or by their names.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-12" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
    { framework: "ISO 27001:2022", control: "A.5.18" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.8" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.6" },
  ],
  levels: { baseline: "advisory" },
  config: {
    maximumSeconds: {
      type: "integer",
      description: "Longest session in seconds.",
      default: 14_400,
      minimum: 3600,
      maximum: 43_200,
    },
    boundaries: {
      type: "array",
      description:
        "ARNs, or patterns of ARNs, of the policies that count as boundaries; the first that is no pattern is what remediation sets. Empty: any but those of AWS that bound nothing.",
      items: { type: "string" },
      default: [],
    },
    peopleTags: {
      type: "array",
      description: "Keys of tags that roles of people have.",
      items: { type: "string" },
      default: ["gabion:human"],
    },
    roles: {
      type: "array",
      description: "Names, or patterns of names, of roles that people take.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    [roleType]: ({ properties }, { config }) => {
      const found = findings(properties, config, isForPeople(properties, config));
      // What is known only later may come from the stack itself: its check says so.
      return found.filter(({ verdict }) => verdict === "fail");
    },
  },
  remedies: {
    [roleType]: ({ properties }, { config }) => {
      const given = boundaryFindings(properties, config).length === 0;
      const boundary = given ? undefined : (config.boundaries as string[]).find((arn) => !/[*?]/.test(arn));
      if (!given && boundary === undefined) return undefined;
      const long = durationFindings(properties, config).length > 0;
      return {
        ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
        ...(long ? { maxSessionDuration: config.maximumSeconds as number } : {}),
      };
    },
  },
  observes: [policyType],
  stack: (index, { config }) =>
    index.ofType(roleType).flatMap((resource) => {
      const properties = askedOf(resource);
      const trustSources = resource.sources.assumeRolePolicy ?? [];
      const found = findings(properties, config, isForPeople(properties, config, trustOf(index, trustSources)));
      const ownBoundary =
        (config.boundaries as string[]).length === 0 &&
        (resource.sources.permissionsBoundary ?? []).some((urn) => index.find(urn)?.type === policyType);
      return found
        .filter(({ verdict, path }) => verdict === "undecided" && !(ownBoundary && path === "permissionsBoundary"))
        .map((finding) => ({ ...finding, resource }));
    }),
  examples: [
    { title: "a boundary, and an hour", verdict: "pass", resources: [role({})] },
    {
      title: "a boundary of the same program",
      verdict: "pass",
      resources: [
        { type: policyType, name: "people", properties: {} },
        { ...role({ permissionsBoundary: UNKNOWN }), dependencies: { permissionsBoundary: ["people"] } },
      ],
    },
    {
      title: "a role of pods",
      verdict: "pass",
      resources: [{ ...without, properties: { assumeRolePolicy: service, maxSessionDuration: 43_200 } }],
    },
    { title: "no boundary", verdict: "fail", absent: true, resources: [without] },
    { title: "twelve hours", verdict: "fail", resources: [role({ maxSessionDuration: 43_200 })] },
    {
      title: "a boundary that bounds nothing",
      verdict: "fail",
      resources: [role({ permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" })],
    },
    {
      title: "another boundary than those of the list",
      verdict: "fail",
      config: { boundaries: ["arn:aws:iam::111122223333:policy/researchers"] },
      resources: [role({})],
    },
    {
      title: "people who come from Identity Center",
      verdict: "fail",
      resources: [
        {
          ...without,
          properties: {
            assumeRolePolicy: trust(account, "sts:AssumeRole", {
              Condition: {
                ArnLike: {
                  "aws:PrincipalArn": "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_R*",
                },
              },
            }),
          },
        },
      ],
    },
    {
      title: "people who show a second factor",
      verdict: "fail",
      resources: [
        {
          ...without,
          properties: {
            assumeRolePolicy: trust(account, "sts:AssumeRole", {
              Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
            }),
          },
        },
      ],
    },
    {
      title: "people, by a tag",
      verdict: "fail",
      resources: [{ ...without, properties: { assumeRolePolicy: trust(account), tags: { "gabion:human": "true" } } }],
    },
    {
      title: "people, by the role's name",
      verdict: "fail",
      config: { roles: ["research-*"] },
      resources: [{ ...without, properties: { assumeRolePolicy: trust(account), name: "research-lead" } }],
    },
    { title: "boundary known only later", verdict: "undecided", resources: [role({ permissionsBoundary: UNKNOWN })] },
    {
      title: "trust known only later",
      verdict: "undecided",
      resources: [{ ...without, properties: { assumeRolePolicy: UNKNOWN } }],
    },
  ],
});

function findings(properties: Properties, config: Config, forPeople: Ternary): Finding[] {
  if (forPeople === false) return [];
  const found = [...boundaryFindings(properties, config), ...durationFindings(properties, config)];
  if (forPeople === true) return found;
  return found.map(({ path }) => undecided(path, "whether people take this role is known only after deployment"));
}

function boundaryFindings(properties: Properties, config: Config): Finding[] {
  const property = properties.get("permissionsBoundary");
  const arn = property.text();
  if (arn === UNKNOWN) return [undecided(property)];
  if (arn === undefined) return [fail(property, "is not set, for a role that people take")];
  if (boundsNothing(arn)) return [fail(property, "bounds nothing")];
  const allowed = config.boundaries as string[];
  const isListed = allowed.length === 0 || allowed.some((pattern) => matchesPattern(pattern, arn));
  return isListed ? [] : [fail(property, "is not in the rule's list of boundaries")];
}

function durationFindings(properties: Properties, config: Config): Finding[] {
  const property = properties.get("maxSessionDuration");
  const seconds = property.number();
  const maximum = config.maximumSeconds as number;
  if (seconds === UNKNOWN) return [undecided(property)];
  return seconds !== undefined && seconds > maximum
    ? [fail(property, `is ${seconds} and must be at most ${maximum}, for a role that people take`)]
    : [];
}

/** Whether people take a role: by its trust, a tag, or its name. `openTrust` is what an unknown trust is taken for. */
function isForPeople(properties: Properties, config: Config, openTrust: Ternary = "unknown"): Ternary {
  const names = config.roles as string[];
  const name = properties.get("name").text();
  return some(
    hasTag(properties, config.peopleTags as string[]),
    names.length === 0 || name === undefined ? false : isNamed(name, names),
    someTrust(properties.get("assumeRolePolicy"), letsPeopleIn, openTrust),
  );
}

function letsPeopleIn(statement: StatementModel): Ternary {
  const fromIdentityCenter = statement.conditions.some(
    ({ key, negated, values }) =>
      key.toLowerCase() === "aws:principalarn" && !negated && values.some((value) => value.includes("AWSReservedSSO_")),
  );
  return every(allows(statement), some(isFor(statement, isPerson), fromIdentityCenter, hasSecondFactor(statement)));
}

function isPerson({ type, value }: PrincipalMatch): boolean {
  if (type.toLowerCase() === "federated") return value.includes(":saml-provider/");
  return principalKind(value) === "user" || value.includes("AWSReservedSSO_");
}

/** A trust that is made of nothing but resources of the stack that are no way for people to sign in is not for them. */
function trustOf(index: StackIndex, sources: readonly string[]): Ternary {
  const types = sources.map((urn) => index.find(urn)?.type);
  const isOther = (type: string | undefined) =>
    type?.startsWith("aws:") === true && !/^aws:(iam\/(samlProvider|user):|ssoadmin\/|identitystore\/)/.test(type);
  return types.length > 0 && types.every(isOther) ? false : "unknown";
}
