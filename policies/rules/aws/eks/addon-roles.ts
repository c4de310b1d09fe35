import { type AddonFact, addon as addonFact } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { every, some, type Ternary } from "../../../kit/statements";
import { askedOf } from "../../../kit/training-network";

const addonType = "aws:eks/addon:Addon";
const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
type Addon = StackResource<typeof addonType>;

const role = "arn:aws:iam::111122223333:role/volumes";
const addon = (more: Record<string, Plain> = {}, addonName: Plain = "aws-ebs-csi-driver"): ExampleResource => ({
  type: addonType,
  name: "volumes",
  properties: { addonName, clusterName: "training", ...more },
});
const association = (serviceAccount: Plain, clusterName: Plain = "training"): ExampleResource => ({
  type: associationType,
  name: "volumes",
  properties: { clusterName, namespace: "kube-system", serviceAccount, roleArn: role },
});

export const addonRoles = rule({
  id: "aws-eks-addon-roles",
  title: "Add-ons that call AWS have roles of their own",
  severity: "medium",
  rationale:
    "Without a role of its own an add-on uses the node's, so every pod that gets at the node's credentials may do what the add-on may.",
  remediation:
    "Set podIdentityAssociations (or serviceAccountRoleArn) on the Addon, or make a PodIdentityAssociation for its service account.",
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.2.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: [addonType, associationType],
  stack: (index) =>
    index
      .ofType(addonType)
      .flatMap((resource) => addonFindings(index, resource).map((finding) => ({ ...finding, resource }))),
  examples: [
    {
      title: "by Pod Identity",
      verdict: "pass",
      resources: [addon({ podIdentityAssociations: [{ roleArn: UNKNOWN, serviceAccount: "ebs-csi-controller-sa" }] })],
    },
    { title: "by a role of its service account", verdict: "pass", resources: [addon({ serviceAccountRoleArn: role })] },
    {
      title: "by an association of its own",
      verdict: "pass",
      resources: [addon(), association("ebs-csi-controller-sa")],
    },
    { title: "an add-on that calls no AWS API", verdict: "pass", resources: [addon({}, "coredns")] },
    { title: "the role of nodes", verdict: "fail", absent: true, resources: [addon()] },
    { title: "an association of another workload", verdict: "fail", resources: [addon(), association("trainer")] },
    {
      title: "an association in another cluster",
      verdict: "fail",
      resources: [addon(), association("ebs-csi-controller-sa", "serving")],
    },
    {
      title: "associations known only later",
      verdict: "undecided",
      resources: [addon({ podIdentityAssociations: UNKNOWN })],
    },
  ],
});

function addonFindings(index: StackIndex, resource: Addon): Finding[] {
  const properties = askedOf(resource);
  const name = properties.get("addonName");
  const text = name.text();
  const account = text === UNKNOWN || text === undefined ? undefined : addonFact(text)?.serviceAccount;
  if (text !== UNKNOWN && account === undefined) return [];
  const inline = properties.get("podIdentityAssociations");
  const { items, complete } = inline.items();
  // A role of the same program has no ARN yet.
  if (items.length > 0 || properties.get("serviceAccountRoleArn").text() !== undefined) return [];
  if (!complete) return [undecided(inline)];
  if (account === undefined) return [undecided(name)];
  const associated = some(...index.ofType(associationType).map((other) => isAssociated(resource, other, account)));
  if (associated === true) return [];
  return [
    associated === "unknown" ? undecided(inline) : fail(inline, "gives the add-on no role, so it has that of nodes"),
  ];
}

function isAssociated(
  resource: Addon,
  association: StackResource<typeof associationType>,
  account: NonNullable<AddonFact["serviceAccount"]>,
): Ternary {
  const properties = askedOf(association);
  return every(
    equal(properties.get("namespace").text(), account.namespace),
    equal(properties.get("serviceAccount").text(), account.name),
    sameCluster(resource, association),
  );
}

function sameCluster(one: StackResource, other: StackResource): Ternary {
  const [sources, others] = [one.sources.clusterName ?? [], other.sources.clusterName ?? []];
  if (sources.some((urn) => others.includes(urn))) return true;
  const [name, otherName] = [one, other].map((resource) => askedOf(resource).entry("clusterName").text());
  return name === UNKNOWN ? "unknown" : equal(otherName, name ?? "");
}

function equal(text: string | undefined | typeof UNKNOWN, wanted: string): Ternary {
  return text === UNKNOWN ? "unknown" : text === wanted;
}
