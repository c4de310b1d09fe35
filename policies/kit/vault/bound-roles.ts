import { texts } from "../checks";
import { type Property, UNKNOWN } from "../property";
import type { PropertiesOf } from "../resource-types";
import { type Finding, fail, undecided } from "../rule";
import { unboundFindings } from "./roles";

/** A role of pods must name service accounts and namespaces, and tokens must be made for Vault. */
export function podRoleFindings(
  role: Property<PropertiesOf<"vault:kubernetes/authBackendRole:AuthBackendRole">>,
): Finding[] {
  return [
    ...unboundFindings(
      role.get("boundServiceAccountNames"),
      "lets in every service account",
      "names no service account",
    ),
    ...namespaceFindings(role.get("boundServiceAccountNamespaces"), role.get("boundServiceAccountNamespaceSelector")),
    ...given(role.get("audience"), "is not set, so that a token made for any other service is accepted"),
  ];
}

function namespaceFindings(names: Property<unknown>, selector: Property<unknown>): Finding[] {
  const own = unboundFindings(names, "lets in every namespace");
  const text = selector.text();
  if (text === UNKNOWN) return [...own, undecided(selector)];
  if (text === undefined) return own.length > 0 ? own : unboundFindings(names, "", "names no namespace");
  const selects =
    /["']?match(Labels|Expressions)["']?\s*:\s*[^\s{[]|match(Labels|Expressions)["']?\s*:\s*[{[]\s*[^\s}\]]/.test(text);
  return selects ? own : [...own, fail(selector, "selects every namespace")];
}

/** A role for tokens of an identity provider must say for whom they are made, and whose. */
export function jwtRoleFindings(role: Property<PropertiesOf<"vault:jwt/authBackendRole:AuthBackendRole">>): Finding[] {
  const kind = role.get("roleType").text();
  const audiences =
    // With OIDC the audience is always Vault's own client.
    kind === "jwt" || kind === UNKNOWN
      ? unboundFindings(
          role.get("boundAudiences"),
          "accepts tokens for every service",
          "is not set, so that a token made for any other service is accepted",
        )
      : unboundFindings(role.get("boundAudiences"), "accepts tokens for every service");
  return [
    ...(kind === UNKNOWN
      ? audiences.map(({ path }) =>
          undecided(path, "counts for roles of type jwt, and the type is known only after deployment"),
        )
      : audiences),
    ...holderFindings(role),
  ];
}

function holderFindings(role: Property<PropertiesOf<"vault:jwt/authBackendRole:AuthBackendRole">>): Finding[] {
  const subject = role.get("boundSubject");
  const claims = role.get("boundClaims");
  const raw = claims.raw();
  if (subject.text() === UNKNOWN) return [undecided(subject)];
  if (raw === UNKNOWN) return [undecided(claims)];
  const values = typeof raw === "object" && raw !== null ? Object.values(raw) : [];
  const glob = role.get("boundClaimsType").text();
  const wide = values.filter(
    (value) => typeof value === "string" && value.split(",").some((part) => /^\s*\*+\s*$/.test(part)),
  );
  const narrow = values.length > wide.length || (glob !== "glob" && glob !== UNKNOWN && values.length > 0);
  if (subject.text() !== undefined || narrow) {
    const open = values.includes(UNKNOWN) && values.length === 1 && subject.text() === undefined;
    return open ? [undecided(claims)] : [];
  }
  if (glob === UNKNOWN && values.length > 0) return [undecided(role.get("boundClaimsType"))];
  return [fail(claims, "neither a subject nor a claim says whose tokens are accepted")];
}

const awsBounds = [
  "boundAccountIds",
  "boundAmiIds",
  "boundIamInstanceProfileArns",
  "boundIamPrincipalArns",
  "boundIamRoleArns",
  "boundSubnetIds",
  "boundVpcIds",
] as const;

/** A role for AWS identities must name some, and not whole accounts by a wildcard. */
export function awsRoleFindings(role: Property<PropertiesOf<"vault:aws/authBackendRole:AuthBackendRole">>): Finding[] {
  const wide = (["boundIamPrincipalArns", "boundIamRoleArns", "boundIamInstanceProfileArns"] as const).flatMap(
    (name) => {
      const list = role.get(name);
      return texts(list).values.some((value) => /^\*|:\*$|^arn:[\w-]+:\w+::[\d*]*:[\w-]+\/\*$/.test(value))
        ? [fail(list, "a wildcard lets in every identity of an account")]
        : [];
    },
  );
  const lists = awsBounds.map((name) => texts(role.get(name)));
  const open = awsBounds.filter((_, index) => lists[index]?.open).map((name) => undecided(role.get(name)));
  const bound = lists.some(({ values, open }) => values.length > 0 || open);
  return [...wide, ...open, ...(bound ? [] : [fail("", "the role is bound to no identity")])];
}

/** A role for machines must ask for a secret id. */
export function appRoleFindings(
  role: Property<PropertiesOf<"vault:appRole/authBackendRole:AuthBackendRole">>,
): Finding[] {
  const bind = role.get("bindSecretId");
  if (bind.flag() === UNKNOWN) return [undecided(bind)];
  return bind.flag() === false ? [fail(bind, "the role id alone, which is no secret, lets in")] : [];
}

function given(property: Property<unknown>, otherwise: string): Finding[] {
  if (property.isUnknown) return [];
  return property.text() === undefined ? [fail(property, otherwise)] : [];
}
