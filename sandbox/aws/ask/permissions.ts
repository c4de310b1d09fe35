import { coversAction, matchesPattern, type PrincipalMatch, readPolicy, type StatementModel } from "gabion-knowledge";
import { endpointType } from "../types/ec2/routing";
import { attachmentType, keyPolicyType, keyTypes, policyType, rolePolicyType, roleType } from "../types/kit";
import { list, object, text, texts } from "../types/templates";
import type { Inventory } from "../world/out-of-band";
import { conditionsHold, type RequestValues } from "./conditions";
import { type Answer, type AskedWorld, allOf, anyOf } from "./world";

export interface PermissionQuestion {
  /** ARN of a role of this account. */
  role: string;
  /** As IAM writes it: `kms:Decrypt`. */
  action: string;
  /** ARN of what it is done to; `*` for actions without a resource. */
  resource: string;
  /** What is known of the request's condition keys, besides those that follow from the role. */
  values?: RequestValues;
  /** Id of the VPC endpoint that the request takes. */
  through?: string;
}

export interface PermissionAnswer {
  answer: Answer;
  /** For a person: what each kind of policy says. */
  because: string[];
}

/** What a set of policies says: an explicit denial, and a permission. */
interface Verdict {
  denied: Answer;
  allowed: Answer;
}

/**
 * Whether a role of the account may do something, by all policies that the account shows: the role's own, its boundary, the policy of the resource and that of
 * the endpoint. `depends`: a condition on values that are not known, or a managed policy of AWS whose text this account does not have. Policies of an
 * organisation are not asked. Throws `RangeError` when the role or the endpoint does not exist.
 */
export function mayDo(world: AskedWorld, question: PermissionQuestion): PermissionAnswer {
  const role = world.get([roleType], question.role);
  const request: Request = {
    ...question,
    principal: String(role.arn),
    account: String(role.arn).split(":")[4] ?? "",
    values: ownValues(role, question.values ?? {}),
  };
  const own = identityVerdict(world, role, request);
  const resource = resourceVerdict(world, request);
  const boundary = boundaryAnswer(world, role, request);
  const endpoint = endpointVerdict(world, request);
  const denials = [own, resource, endpoint].map((one) => one?.denied ?? "no");
  const denied = anyOf(denials);
  const permitted = permission(request, own, resource);
  const because = [
    `policies of the role: ${show(own)}`,
    `policy of the resource: ${resource === undefined ? "none" : show(resource)}`,
    `boundary: ${boundary}`,
    `endpoint: ${endpoint === undefined ? "none asked" : show(endpoint)}`,
  ];
  const not: Answer = denied === "yes" ? "no" : denied === "no" ? "yes" : "depends";
  return { answer: allOf([not, permitted, boundary, endpoint?.allowed ?? "yes"]), because };
}

const show = ({ denied, allowed }: Verdict): string => (denied === "yes" ? "denied" : `allowed: ${allowed}`);

interface Request {
  principal: string;
  account: string;
  action: string;
  resource: string;
  values: RequestValues;
  through?: string;
}

/** Keys that follow from who asks. Source: IAM user guide, global condition keys. */
function ownValues(role: Inventory, values: RequestValues): RequestValues {
  const arn = String(role.arn);
  return {
    "aws:PrincipalArn": arn,
    "aws:PrincipalAccount": arn.split(":")[4] ?? "",
    "aws:PrincipalType": "AssumedRole",
    "aws:PrincipalIsAWSService": "false",
    ...values,
  };
}

interface ResourcePermission extends Verdict {
  /** It allows the account, so that the role's own policies decide. */
  toAccount: Answer;
}

/** A key is used by who its policy names, or by whom the account lets when the policy lets the account; elsewhere either policy is enough. */
function permission(request: Request, own: Verdict, resource: ResourcePermission | undefined): Answer {
  if (request.action.toLowerCase().startsWith("kms:") && resource !== undefined) {
    return anyOf([resource.allowed, allOf([resource.toAccount, own.allowed])]);
  }
  return anyOf([own.allowed, resource?.allowed ?? "no"]);
}

function verdictOf(statements: readonly StatementModel[], request: Request): Verdict {
  const answers = (effect: "Allow" | "Deny") =>
    anyOf(statements.filter((one) => one.effect === effect).map((one) => applies(one, request)));
  return { denied: answers("Deny"), allowed: answers("Allow") };
}

/** Whether a statement is about a request, its principals apart. */
function applies(statement: StatementModel, request: Request): Answer {
  const action = coversAction(statement, request.action);
  const about: Answer = action === "unknown" ? "depends" : action ? "yes" : "no";
  const named = statement.resources.length === 0 && statement.notResources.length === 0;
  const covers = (pattern: string) => matchesPattern(pattern, request.resource);
  const isIn =
    named ||
    statement.resources.some(covers) ||
    (statement.notResources.length > 0 && !statement.notResources.some(covers));
  const variable = statement.resources.some((pattern) => pattern.includes("${"));
  const where: Answer = isIn ? "yes" : variable ? "depends" : "no";
  return allOf([about, where, conditionsHold(statement.conditions, request.values)]);
}

function statementsIn(document: unknown): readonly StatementModel[] {
  const read = readPolicy(document);
  return read.kind === "read" ? read.policy.statements : [];
}

function attachedTo(world: AskedWorld, role: Inventory): string[] {
  const attached = world
    .all(attachmentType)
    .filter((one) => one.outputs.role === role.id)
    .map((one) => String(one.outputs.policyArn));
  return [...new Set([...attached, ...texts(role.outputs.managedPolicyArns)])];
}

const administrator = "AdministratorAccess";

function identityVerdict(world: AskedWorld, role: Inventory, request: Request): Verdict {
  const attached = attachedTo(world, role);
  const inline = world.all(rolePolicyType).filter((one) => one.outputs.role === role.id);
  const documents = [
    ...inline.map((one) => one.outputs.policy),
    ...list(role.outputs.inlinePolicies).map((one) => object(one).policy),
    ...attached.map((arn) => world.find([policyType], arn)?.outputs.policy),
  ];
  const verdict = verdictOf(documents.flatMap(statementsIn), request);
  const ofAws = attached.filter((arn) => arn.split(":")[4] === "aws").map((arn) => arn.slice(arn.lastIndexOf("/") + 1));
  const byAws: Answer = ofAws.includes(administrator) ? "yes" : ofAws.length > 0 ? "depends" : "no";
  return { ...verdict, allowed: anyOf([verdict.allowed, byAws]) };
}

function boundaryAnswer(world: AskedWorld, role: Inventory, request: Request): Answer {
  const arn = text(role.outputs.permissionsBoundary);
  if (arn === undefined) return "yes";
  const own = world.find([policyType], arn);
  if (own === undefined) return arn.endsWith(`/${administrator}`) ? "yes" : "depends";
  const { denied, allowed } = verdictOf(statementsIn(own.outputs.policy), request);
  return denied === "yes" ? "no" : allOf([allowed, denied === "no" ? "yes" : "depends"]);
}

function endpointVerdict(world: AskedWorld, request: Request): Verdict | undefined {
  if (request.through === undefined) return undefined;
  const endpoint = world.get([endpointType], request.through);
  const apart = world
    .all("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy")
    .find((one) => one.outputs.vpcEndpointId === endpoint.id);
  return verdictOf(meant(statementsIn(apart?.outputs.policy ?? endpoint.outputs.policy), request, "both"), request);
}

/** Statements whose principals mean the role, the account, or either. */
function meant(statements: readonly StatementModel[], request: Request, whom: "role" | "account" | "both") {
  const isRole = ({ type, value }: PrincipalMatch) =>
    value === "*" || (type === "AWS" && (value === request.principal || isSession(value, request.principal)));
  const isAccount = ({ type, value }: PrincipalMatch) =>
    type === "AWS" && (value === request.account || value.endsWith(`:${request.account}:root`));
  const isMeant = (one: PrincipalMatch) =>
    whom === "role" ? isRole(one) : whom === "account" ? isAccount(one) : isRole(one) || isAccount(one);
  return statements.filter(({ principals, notPrincipals }) =>
    notPrincipals.length > 0 ? !notPrincipals.some(isRole) : principals.some(isMeant),
  );
}

/** A session of the role: what IAM sees is the role behind it. */
const isSession = (value: string, role: string): boolean =>
  value.includes(":assumed-role/") && value.split("/")[1] === role.slice(role.lastIndexOf("/") + 1);

function resourceVerdict(world: AskedWorld, request: Request): ResourcePermission | undefined {
  const document = resourcePolicy(world, request.resource);
  if (document === undefined) return undefined;
  const statements = statementsIn(document);
  return {
    // A denial means everyone that it names, the account's principals included.
    denied: verdictOf(meant(statements, request, "both"), request).denied,
    allowed: verdictOf(meant(statements, request, "role"), request).allowed,
    toAccount: verdictOf(meant(statements, request, "account"), request).allowed,
  };
}

/** Policies that stand apart from what they are about: type, property that names it, property of the document. */
const apart: [string, string, string][] = [
  ["aws:s3/bucketPolicy:BucketPolicy", "bucket", "policy"],
  ["aws:secretsmanager/secretPolicy:SecretPolicy", "secretArn", "policy"],
  ["aws:ecr/repositoryPolicy:RepositoryPolicy", "repository", "policy"],
  ["aws:sns/topicPolicy:TopicPolicy", "arn", "policy"],
  ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl", "policy"],
  [keyPolicyType, "keyId", "policy"],
];

const holders = [
  ...keyTypes,
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
  "aws:ecr/repository:Repository",
  "aws:sns/topic:Topic",
  "aws:sqs/queue:Queue",
];

function resourcePolicy(world: AskedWorld, arn: string): unknown {
  // An object is under the policy of its bucket.
  const owner = /^arn:[^:]+:s3:::/.test(arn) ? (arn.split("/")[0] ?? arn) : arn;
  const resource = world.find(holders, owner);
  if (resource === undefined) return undefined;
  for (const [type, name, property] of apart) {
    const found = world.all(type).find(({ outputs }) => [resource.id, resource.arn].includes(text(outputs[name])));
    if (found !== undefined) return found.outputs[property];
  }
  return text(resource.outputs.policy);
}
