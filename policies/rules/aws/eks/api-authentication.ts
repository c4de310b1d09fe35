import { requireFalse, requireOneOf } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const cluster = (accessConfig?: Plain): ExampleResource[] => [
  { type: "aws:eks/cluster:Cluster", name: "training", properties: accessConfig === undefined ? {} : { accessConfig } },
];

export const apiAuthentication = rule({
  id: "aws-eks-api-authentication",
  title: "Access to EKS is given by access entries alone, and not to whoever made the cluster",
  severity: "high",
  rationale:
    "The aws-auth map is edited inside the cluster, outside of review, and the creator's hidden rights outlive the pipeline's role.",
  remediation:
    'Set accessConfig.authenticationMode to "API" and bootstrapClusterCreatorAdminPermissions to false, and give access by AccessEntry.',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-2" },
    { framework: "NIST 800-53r5", control: "AC-6(5)" },
  ],
  levels: { baseline: "advisory" },
  deviation: "eks-api-authentication",
  checks: {
    "aws:eks/cluster:Cluster": ({ properties }) => {
      const config = properties.get("accessConfig");
      return [
        ...requireOneOf(config.get("authenticationMode"), ["API"], 'is not "API"'),
        ...requireFalse(
          config.get("bootstrapClusterCreatorAdminPermissions"),
          "is true",
          "is not set, and AWS then makes the creator an administrator",
        ),
      ];
    },
  },
  examples: [
    {
      title: "access entries alone",
      verdict: "pass",
      profile: "regulated",
      resources: cluster({ authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false }),
    },
    { title: "nothing said", verdict: "fail", absent: true, profile: "regulated", resources: cluster() },
    {
      title: "both ways",
      verdict: "fail",
      profile: "regulated",
      resources: cluster({ authenticationMode: "API_AND_CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false }),
    },
    {
      title: "creator made an administrator",
      verdict: "fail",
      profile: "regulated",
      resources: cluster({ authenticationMode: "API" }),
    },
    {
      title: "mode known only later",
      verdict: "undecided",
      profile: "regulated",
      resources: cluster({ authenticationMode: UNKNOWN, bootstrapClusterCreatorAdminPermissions: false }),
    },
  ],
});
