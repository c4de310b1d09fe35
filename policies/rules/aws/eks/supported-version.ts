import { eksVersionProblems } from "gabion-knowledge";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const cluster = (version?: Plain): ExampleResource[] => [
  { type: "aws:eks/cluster:Cluster", name: "training", properties: version === undefined ? {} : { version } },
];

export const supportedVersion = rule({
  id: "aws-eks-supported-version",
  title: "EKS runs a pinned Kubernetes version in standard support",
  severity: "high",
  rationale:
    "Versions out of standard support cost more, get fewer patches, and are upgraded by AWS on a day not of your choosing.",
  remediation:
    "Set version to one in standard support, between quotes, and plan the next upgrade before that support ends.",
  mappings: [{ framework: "AWS FSBP", control: "EKS.2" }],
  deviation: "eks-extended-support",
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }, { today }) => {
      const version = properties.get("version");
      const text = version.text();
      if (text === UNKNOWN) return [undecided(version)];
      if (text === undefined) return [fail(version, "is not set, so the day of creation decides the version")];
      const [problem] = eksVersionProblems(text, today);
      return problem === undefined ? [] : [fail(version, problem.reason)];
    },
  },
  examples: [
    { title: "standard support", verdict: "pass", today: "2026-11-24", resources: cluster("1.35") },
    { title: "extended support", verdict: "fail", today: "2026-12-02", resources: cluster("1.34") },
    { title: "not pinned", verdict: "fail", absent: true, resources: cluster() },
    { title: "version known only later", verdict: "undecided", resources: cluster(UNKNOWN) },
  ],
});
