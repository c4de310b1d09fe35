import { texts } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const wanted = ["RootCredentialsManagement", "RootSessions"] as const;
const features = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "aws:iam/organizationsFeatures:OrganizationsFeatures", name: "root", properties },
];

export const centralRootAccess = rule({
  id: "aws-iam-central-root-access",
  title: "The organisation manages root access of its accounts centrally",
  severity: "medium",
  rationale:
    "Otherwise each account keeps a root user with a password and keys of its own, which nobody uses and nobody watches.",
  remediation: `Set enabledFeatures to ${wanted.join(" and ")}.`,
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.1.1" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-04" },
  ],
  checks: {
    "aws:iam/organizationsFeatures:OrganizationsFeatures": ({ properties }) => {
      const list = properties.get("enabledFeatures");
      const { values, open } = texts(list);
      const missing = wanted.filter((feature) => !values.includes(feature));
      if (missing.length === 0) return [];
      return [open ? undecided(list) : fail(list, `lacks ${missing.join(" and ")}`)];
    },
  },
  examples: [
    { title: "both features", verdict: "pass", resources: features({ enabledFeatures: [...wanted] }) },
    {
      title: "credentials are managed, but sessions are not",
      verdict: "fail",
      resources: features({ enabledFeatures: ["RootCredentialsManagement"] }),
    },
    { title: "no features", verdict: "fail", absent: true, resources: features({}) },
    { title: "features known only later", verdict: "undecided", resources: features({ enabledFeatures: UNKNOWN }) },
  ],
});
