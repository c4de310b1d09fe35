import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import { principalAccount } from "../../../kit/statements";

const own = "arn:aws:iam::111122223333:role/training";
const foreign = "arn:aws:iam::444455556666:role/datasets";
const association = (targetRoleArn?: Plain, roleArn: Plain = own): ExampleResource[] => [
  {
    type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    name: "training",
    properties: {
      clusterName: "training",
      namespace: "training",
      serviceAccount: "trainer",
      roleArn,
      ...(targetRoleArn === undefined ? {} : { targetRoleArn }),
    },
  },
];
const config = { accounts: ["444455556666"] };

export const podIdentityAccounts = rule({
  id: "aws-eks-pod-identity-accounts",
  title: "Pods get roles of other accounts only where these are listed",
  severity: "high",
  rationale:
    "A target role gives whoever runs the pod rights in another account, past all that this account's boundaries and logs hold.",
  remediation: "Remove targetRoleArn, or list the account of its role in the rule's accounts.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-4" },
    { framework: "NIST 800-53r5", control: "AC-20" },
  ],
  levels: { baseline: "advisory" },
  config: {
    accounts: {
      type: "array",
      description: "Ids of the accounts whose roles pods may get, besides the cluster's own.",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:eks/podIdentityAssociation:PodIdentityAssociation": ({ properties }, { config }) => {
      const target = properties.get("targetRoleArn");
      const arn = target.text();
      if (arn === undefined) return [];
      if (arn === UNKNOWN) return [undecided(target)];
      const account = principalAccount(arn);
      if (account !== undefined && (config.accounts as string[]).includes(account)) return [];
      const role = properties.get("roleArn").text();
      if (role === UNKNOWN) return [undecided(properties.get("roleArn"))];
      const same = account !== undefined && role !== undefined && principalAccount(role) === account;
      return same ? [] : [fail(target, "is a role of an account that is not listed")];
    },
  },
  examples: [
    { title: "no target", verdict: "pass", absent: true, resources: association() },
    { title: "a role of the own account", verdict: "pass", resources: association(`${own}-data`) },
    { title: "a role of a listed account", verdict: "pass", config, resources: association(foreign) },
    { title: "a role of another account", verdict: "fail", resources: association(foreign) },
    { title: "target known only later", verdict: "undecided", resources: association(UNKNOWN) },
    { title: "own role known only later", verdict: "undecided", resources: association(foreign, UNKNOWN) },
  ],
});
