import { someText } from "../../../kit/kubernetes/rbac";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const type = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding";
const binding = (more: Record<string, Plain>): ExampleResource[] => [
  { type, name: "digests", properties: { metadata: { name: "digests" }, spec: { policyName: "digests", ...more } } },
];

export const admissionPoliciesDeny = rule({
  id: "k8s-access-admission-policies-deny",
  title: "Bound admission policies refuse what they find",
  severity: "medium",
  rationale: "A policy that only warns or writes to the audit log looks like a control and stops nothing.",
  remediation: 'Put "Deny" among validationActions of the binding.',
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
    { framework: "NIST 800-53r5", control: "SI-7" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const actions = properties.get("spec").get("validationActions");
      const denies = someText(actions, (action) => action === "Deny");
      if (denies === UNKNOWN) return [undecided(actions)];
      return denies === true ? [] : [fail(actions, "refuses nothing")];
    },
  },
  examples: [
    { title: "refuse and record", verdict: "pass", resources: binding({ validationActions: ["Deny", "Audit"] }) },
    { title: "warn", verdict: "fail", resources: binding({ validationActions: ["Warn"] }) },
    { title: "no action", verdict: "fail", absent: true, resources: binding({}) },
    { title: "known only later", verdict: "undecided", resources: binding({ validationActions: UNKNOWN }) },
  ],
});
