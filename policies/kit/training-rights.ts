import { matchesPattern, patternsMeet, reachesAll, type StatementModel } from "gabion-knowledge";
import { type Finding, fail, undecided } from "./rule";
import { allows, every, isAdministrator, isNarrowedBy, mentions, not, reaches, some, type Ternary } from "./statements";

/** Policies of AWS that give all of a service, or all buckets and keys that there are. */
const broad =
  /^(AdministratorAccess.*|PowerUserAccess|ReadOnlyAccess|AmazonS3ReadOnlyAccess|DataScientist|.*PowerUser|.*FullAccess(V\d+)?|(Database|Network|System)Administrator)$/;

/** Whether a policy of AWS, by its name, is wider than any one job of training needs. */
export function isBroadPolicy(name: string): boolean {
  return broad.test(name);
}

/** Actions of services with data that are on no single resource, and give none of what is in one. */
const onNothing: ReadonlySet<string> = new Set([
  "kms:generaterandom",
  "kms:listaliases",
  "kms:listkeys",
  "s3:getaccountpublicaccessblock",
  "s3:listaccesspoints",
  "s3:listallmybuckets",
  "secretsmanager:getrandompassword",
  "secretsmanager:listsecrets",
]);

/** Services whose resources are to be named, with what stands before the names of these in ARNs. */
const dataServices = {
  kms: ["key/"],
  s3: ["", "every-bucket/", "accesspoint/"],
  secretsmanager: ["secret:"],
} as const;

/** Conditions that name the keys, buckets or secrets where Resource does not. */
const scopes =
  /^(aws:resourcetag\/.+|kms:(resourcealiases|requestalias)|kms:encryptioncontext:.+|s3:dataaccesspointarn)$/;

/** What a statement gives that no role of training may have; `passable`: patterns of ARNs of roles that it may pass. */
export function excessFindings(statement: StatementModel, where: string, passable: readonly string[]): Finding[] {
  const allowed = allows(statement);
  const excess = excessesOf(statement, passable).map(([text, given]) => [text, every(allowed, given)] as const);
  const certain = excess.filter(([, given]) => given === true).map(([text]) => fail(where, `allows ${text}`));
  if (certain.length > 0) return certain;
  const isOpen = excess.some(([, given]) => given === "unknown");
  return isOpen ? [undecided(where, "what the statement allows is known only after deployment")] : [];
}

function excessesOf(statement: StatementModel, passable: readonly string[]): (readonly [string, Ternary])[] {
  if (isAdministrator(statement)) return [["every action on everything", true]];
  const isListed = (role: string) => passable.some((pattern) => matchesPattern(pattern, role));
  return [
    ["all actions but those it names", mentions(statement, "notActions")],
    ["all actions of a service", mentions(statement, "actions", isWholeService)],
    ["more of IAM than to read it", mentions(statement, "actions", changesIdentities)],
    [
      "iam:PassRole for roles that the rule's passableRoles do not list",
      every(
        mentions(statement, "actions", (action) => patternsMeet(action, "iam:PassRole", true)),
        reaches(statement, (role) => !isListed(role)),
      ),
    ],
    ...Object.entries(dataServices).map(
      ([service, kinds]) =>
        [
          `actions of ${service} on whatever there is`,
          every(
            some(
              mentions(statement, "notActions"),
              mentions(statement, "actions", (action) => isOnData(action, service)),
            ),
            reaches(statement, (resource) => kinds.some((kind) => reachesAll(resource, service, kind))),
            not(isNarrowedBy(statement, { key: (key) => scopes.test(key) })),
          ),
        ] as const,
    ),
  ];
}

/** Actions whose name, or whose service, is a wildcard; a beginning of names such as `s3:Get*` is none. */
function isWholeService(action: string): boolean {
  const [service = "", name] = action.split(":");
  return /[*?]/.test(service) || (name !== undefined && /^[*?]*$/.test(name));
}

function changesIdentities(action: string): boolean {
  const [service = "", name] = action.split(":");
  if (name === undefined || !patternsMeet(service, "iam", true)) return false;
  return !/^(get|list|passrole$)/i.test(name);
}

function isOnData(action: string, service: string): boolean {
  return !onNothing.has(action.toLowerCase()) && patternsMeet(action, `${service}:*`, true);
}
