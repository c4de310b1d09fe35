import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const addon = (addonVersion?: Plain): ExampleResource[] => [
  {
    type: "aws:eks/addon:Addon",
    name: "network",
    properties: {
      addonName: "vpc-cni",
      clusterName: "training",
      ...(addonVersion === undefined ? {} : { addonVersion }),
    },
  },
];

export const addonVersionPinned = rule({
  id: "aws-eks-addon-version-pinned",
  title: "Add-ons of EKS run a version that was chosen",
  severity: "medium",
  rationale:
    "Add-ons run with rights over nodes and network; without a version the day of installation decides which code that is.",
  remediation: "Set addonVersion as EKS lists it, for example v1.21.1-eksbuild.1, and raise it in a reviewed change.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-2" },
    { framework: "NIST 800-53r5", control: "CM-3" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    "aws:eks/addon:Addon": ({ properties }) => {
      const version = properties.get("addonVersion");
      const text = version.text();
      if (text === UNKNOWN) return [undecided(version)];
      if (text === undefined) return [fail(version, "is not set, so the day of installation decides the version")];
      return /\d/.test(text) ? [] : [fail(version, "is no version")];
    },
  },
  examples: [
    { title: "a version", verdict: "pass", resources: addon("v1.21.1-eksbuild.1") },
    { title: "nothing said", verdict: "fail", absent: true, resources: addon() },
    { title: "whatever is newest", verdict: "fail", resources: addon("latest") },
    { title: "version known only later", verdict: "undecided", resources: addon(UNKNOWN) },
  ],
});
