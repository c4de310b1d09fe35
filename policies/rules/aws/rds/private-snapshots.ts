import { texts } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { fail, type Remedy, rule, undecided } from "../../../kit/rule";
import { at, sameCheck } from "../../../kit/same-check";
import { exampleOf, failuresOf } from "../../../kit/store-examples";

const types = [
  "aws:rds/clusterSnapshot:ClusterSnapshot",
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
  "aws:rds/snapshot:Snapshot",
  "aws:rds/snapshotCopy:SnapshotCopy",
] as const;
const snapshot = exampleOf("aws:rds/snapshot:Snapshot", "features");

/** Takes the world out and leaves the accounts. */
const remedy: Remedy<(typeof types)[number]> = ({ properties }) => {
  const { values, open } = texts(at(properties, "sharedAccounts"));
  return open ? undefined : { sharedAccounts: values.filter((account) => !isWorld(account)) };
};

export const rdsPrivateSnapshots = rule({
  id: "aws-rds-private-snapshots",
  title: "No snapshot of a database is public",
  severity: "critical",
  rationale: "Anyone with an account of AWS may restore a public snapshot and read everything in it.",
  remediation: 'Take "all" out of sharedAccounts and name the accounts that are to have the snapshot.',
  mappings: [
    { framework: "AWS FSBP", control: "RDS.1" },
    { framework: "NIST 800-53r5", control: "AC-3" },
  ],
  checks: sameCheck(types, (properties) => {
    const { items, complete } = at(properties, "sharedAccounts").items();
    const wide = items.filter((item: Property<unknown>) => isWorld(item.text()));
    if (wide.length > 0) return wide.map((item) => fail(item, "is everyone"));
    const open = items.filter((item) => item.isUnknown).map((item) => undecided(item));
    return complete ? open : [undecided(at(properties, "sharedAccounts"))];
  }),
  remedies: Object.fromEntries(types.map((type) => [type, remedy])),
  examples: [
    { title: "one account", verdict: "pass", resources: snapshot({ sharedAccounts: ["111122223333"] }) },
    { title: "nobody else", verdict: "pass", absent: true, resources: snapshot() },
    ...failuresOf(types, "everyone", { sharedAccounts: ["111122223333", "all"] }),
    { title: "everyone beside an unknown", verdict: "fail", resources: snapshot({ sharedAccounts: [UNKNOWN, "all"] }) },
    { title: "accounts known only later", verdict: "undecided", resources: snapshot({ sharedAccounts: UNKNOWN }) },
  ],
});

function isWorld(account: unknown): boolean {
  return typeof account === "string" && account.trim().toLowerCase() === "all";
}
