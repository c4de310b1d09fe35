import { requireTrue } from "../../../kit/checks";
import { clusterType, instanceType, isReplica } from "../../../kit/databases";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";
import { exampleOf } from "../../../kit/store-examples";
import { askedOf } from "../../../kit/training-network";

const memberType = "aws:rds/clusterInstance:ClusterInstance";
const instance = exampleOf(instanceType, "features");
const cluster = exampleOf(clusterType, "features");
const member = (name: string): ExampleResource => ({
  type: memberType,
  name,
  properties: { clusterIdentifier: UNKNOWN },
  dependencies: { clusterIdentifier: ["features"] },
});
const aurora = cluster({ engine: "aurora-mysql" });

export const rdsMultiAz = rule({
  id: "aws-rds-multi-az",
  title: "Databases stand in several availability zones",
  severity: "medium",
  rationale:
    "With one instance the failure of a zone, and every upgrade, takes the database away from all that needs it.",
  remediation: "Set multiAz to true on an Instance; give an Aurora cluster at least two ClusterInstances.",
  mappings: [
    { framework: "AWS FSBP", control: "RDS.5" },
    { framework: "AWS FSBP", control: "RDS.15" },
    { framework: "CIS AWS Foundations 7.0.0", control: "3.2.4" },
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "ISO 27001:2022", control: "A.8.14" },
  ],
  levels: { baseline: "disabled" },
  checks: {
    [instanceType]: ({ properties }) => (isReplica(properties) ? [] : requireTrue(properties.get("multiAz"))),
  },
  remedies: { [instanceType]: () => ({ multiAz: true }) },
  observes: [clusterType, memberType],
  stack: (index) =>
    index
      .ofType(clusterType)
      .flatMap((resource) => clusterFindings(index, resource).map((finding) => ({ ...finding, resource }))),
  examples: [
    { title: "a standby in another zone", verdict: "pass", resources: instance({ multiAz: true }) },
    { title: "a replica", verdict: "pass", resources: instance({ replicateSourceDb: "features" }) },
    {
      title: "a cluster whose three instances RDS makes itself",
      verdict: "pass",
      resources: cluster({ engine: "postgres", dbClusterInstanceClass: "db.r6gd.large" }),
    },
    {
      title: "an Aurora cluster with two instances",
      verdict: "pass",
      resources: [...aurora, member("a"), member("b")],
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: instance({ engine: "postgres" }) },
    { title: "one zone", verdict: "fail", resources: instance({ multiAz: false }) },
    { title: "an Aurora cluster with one instance", verdict: "fail", resources: [...aurora, member("a")] },
    { title: "known only later", verdict: "undecided", resources: instance({ multiAz: UNKNOWN }) },
    {
      title: "instances of a cluster that is known only later",
      verdict: "undecided",
      resources: [...aurora, { ...member("a"), dependencies: {} }, { ...member("b"), dependencies: {} }],
    },
  ],
});

function clusterFindings(index: StackIndex, cluster: StackResource<typeof clusterType>): Finding[] {
  const engine = askedOf(cluster).get("engine");
  const name = engine.text();
  // Clusters of other engines have instances in three zones, which RDS makes.
  if (typeof name !== "string" && name !== UNKNOWN) return [];
  if (typeof name === "string" && !name.startsWith("aurora")) return [];
  const links = index.linksTo(cluster, [memberType], "clusterIdentifier", ["id", "clusterIdentifier"]);
  if (links.filter(({ certainty }) => certainty === "sure").length > 1) return [];
  if (name === UNKNOWN) return [undecided(engine)];
  if (links.length > 1) return [undecided("", "which instances are the cluster's is known only after deployment")];
  return [fail("", "the cluster has fewer than two instances")];
}
