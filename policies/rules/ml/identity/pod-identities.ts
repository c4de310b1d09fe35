import { eachItem } from "../../../kit/checks";
import { explainedReferenceParts } from "../../../kit/explained-references";
import { podIdentityTypes, type RoleHolder, roleHolders, sharesRole } from "../../../kit/pod-identities";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { policyAt } from "../../../kit/public-access";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import { at } from "../../../kit/same-check";
import { isAdministrator } from "../../../kit/statements";

const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const addonType = "aws:eks/addon:Addon";

const role = "arn:aws:iam::111122223333:role/trainer";
const association = (more: Record<string, Plain> = {}, name = "trainer"): ExampleResource => ({
  type: associationType,
  name,
  properties: { clusterName: "ml", namespace: "training", serviceAccount: name, roleArn: role, ...more },
});
const made: ExampleResource = { type: "aws:iam/role:Role", name: "shared", properties: {} };
const ofMade = (name: string): ExampleResource => ({
  ...association({ roleArn: UNKNOWN }, name),
  dependencies: { roleArn: ["shared"] },
});
const addon = (serviceAccount: Plain, roleArn: Plain = role): ExampleResource => ({
  type: addonType,
  name: "volumes",
  properties: {
    clusterName: "ml",
    addonName: "aws-ebs-csi-driver",
    podIdentityAssociations: [{ serviceAccount, roleArn }],
  },
});
const session = (Resource: string, Action: Plain = "s3:GetObject") => ({
  disableSessionTags: true,
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] }),
});

const named = explainedReferenceParts([associationType], ["namespace", "serviceAccount"], (properties) => [
  ...nameFindings(at(properties, "namespace")),
  ...accountFindings(at(properties, "serviceAccount")),
]);

export const podIdentities = rule({
  id: "ml-30-pod-identities",
  title: "Each workload has a role of its own, by the exact name of its service account, with its session tags",
  severity: "high",
  rationale:
    "Workloads with one role have each other's data, and every pod of a namespace has what its default account may; without session tags neither policies nor logs tell them apart.",
  remediation:
    "Name namespace and serviceAccount, give each association a role (or a targetRoleArn) of its own, and leave disableSessionTags out, except where a session policy needs it: associations that share a role each have a policy that narrows it.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "NIST 800-53r5", control: "IA-9" },
    { framework: "ISO 27001:2022", control: "A.5.16" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0012" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0091" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.1" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [associationType]: (view, context) => [
      ...(named.checks[associationType]?.(view, context) ?? []),
      ...tagFindings(view.properties),
    ],
    [addonType]: ({ properties }) => {
      const list = properties.get("podIdentityAssociations");
      return eachItem(list, (item) => accountFindings(item.get("serviceAccount")));
    },
  },
  observes: podIdentityTypes,
  stack: (index, context) => {
    const all = roleHolders(index);
    return [...(named.stack?.(index, context) ?? []), ...all.flatMap((holder) => sharedFindings(holder, all))];
  },
  examples: [
    {
      title: "a role for each",
      verdict: "pass",
      resources: [association(), association({ roleArn: `${role}-2` }, "resumer")],
    },
    {
      title: "one workload in two clusters",
      verdict: "pass",
      resources: [association(), { ...association({ clusterName: "standby" }), name: "standby" }],
    },
    {
      title: "one role, narrowed for each by a session policy, which needs the tags off",
      verdict: "pass",
      resources: [
        association(session("arn:aws:s3:::vision/*")),
        association(session("arn:aws:s3:::speech/*"), "resumer"),
      ],
    },
    {
      title: "one role to start from, each with its own to end in",
      verdict: "pass",
      resources: [
        association({ targetRoleArn: "arn:aws:iam::111122223333:role/vision" }),
        association({ targetRoleArn: "arn:aws:iam::111122223333:role/speech" }, "resumer"),
      ],
    },
    {
      title: "nothing said of session tags, so they are on",
      verdict: "pass",
      absent: true,
      resources: [association()],
    },
    { title: "tags off", verdict: "fail", resources: [association({ disableSessionTags: true })] },
    {
      title: "tags off for a session policy that narrows nothing",
      verdict: "fail",
      resources: [association(session("*", "*"))],
    },
    { title: "a pattern of namespaces", verdict: "fail", resources: [association({ namespace: "training-*" })] },
    {
      title: "the account that pods have which name none",
      verdict: "fail",
      resources: [association({ serviceAccount: "default" })],
    },
    { title: "the default account, for an add-on", verdict: "fail", resources: [addon("default")] },
    { title: "one role for two workloads", verdict: "fail", resources: [association(), association({}, "resumer")] },
    {
      title: "one role of the program for two workloads",
      verdict: "fail",
      resources: [made, ofMade("trainer"), ofMade("resumer")],
    },
    {
      title: "a session policy for one of two alone",
      verdict: "fail",
      resources: [association(session("arn:aws:s3:::vision/*")), association({}, "resumer")],
    },
    {
      title: "one role in the end",
      verdict: "fail",
      resources: [
        association({ targetRoleArn: "arn:aws:iam::111122223333:role/data" }),
        association({ roleArn: `${role}-2`, targetRoleArn: "arn:aws:iam::111122223333:role/data" }, "resumer"),
      ],
    },
    {
      title: "the role of an add-on",
      verdict: "fail",
      resources: [association(), addon("ebs-csi-controller-sa")],
    },
    {
      title: "the role of nodes",
      verdict: "fail",
      resources: [
        association(),
        { type: "aws:eks/nodeGroup:NodeGroup", name: "nodes", properties: { nodeRoleArn: role } },
      ],
    },
    {
      title: "service account known only later",
      verdict: "undecided",
      resources: [association({ serviceAccount: UNKNOWN })],
    },
    {
      title: "roles known only later",
      verdict: "undecided",
      resources: [association({ roleArn: UNKNOWN }), association({ roleArn: UNKNOWN }, "resumer")],
    },
    {
      title: "session policy known only later",
      verdict: "undecided",
      resources: [association({ disableSessionTags: true, policy: UNKNOWN })],
    },
  ],
});

/** Names of Kubernetes have no other characters; EKS compares them whole, so a pattern is a mistake about what it does. */
function nameFindings(property: Property<unknown>): Finding[] {
  const name = property.text();
  if (name === UNKNOWN) return [undecided(property)];
  return name !== undefined && /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)
    ? []
    : [fail(property, "is not the exact name of anything in Kubernetes")];
}

function accountFindings(property: Property<unknown>): Finding[] {
  if (property.text() === "default") return [fail(property, "is the account of all pods that name none")];
  return nameFindings(property);
}

function tagFindings(properties: Property<unknown>): Finding[] {
  const off = at(properties, "disableSessionTags");
  const policy = at(properties, "policy");
  if (policy.isAbsent) {
    if (off.flag() === UNKNOWN) return [undecided(off)];
    return off.flag() === true ? [fail(off, "takes the session tags away, and no session policy needs that")] : [];
  }
  const read = policyAt(policy);
  if (read.findings !== undefined) return [...read.findings];
  return read.policy.statements.some(isAdministrator) ? [fail(policy, "allows everything, so it narrows nothing")] : [];
}

function sharedFindings(holder: RoleHolder, all: readonly RoleHolder[]): StackFinding[] {
  const { resource, place, workload } = holder;
  const shared = workload === undefined ? false : sharesRole(holder, all);
  if (shared === false) return [];
  const finding =
    shared === true
      ? fail(place, "is the role of something else as well")
      : undecided(place, "may be the role of something else as well, which is known only after deployment");
  return [{ ...finding, resource }];
}
