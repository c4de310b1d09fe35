import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { trailExample } from "../../../kit/trails";

export const organizationTrail = rule({
  id: "aws-cloudtrail-organization-trail",
  title: "Every trail is one of the organisation, which members cannot change",
  severity: "low",
  rationale: "Who takes over an account stops its own trail first; one of the organisation goes on.",
  remediation: "Make the trail in the organisation's management account with isOrganizationTrail true.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-9" },
    { framework: "NIST 800-53r5", control: "AU-12(1)" },
  ],
  // Only stacks of an organisation's management account can have one: the rule is chosen there.
  levels: { baseline: "disabled", regulated: "disabled", isolated: "disabled" },
  checks: {
    "aws:cloudtrail/trail:Trail": ({ properties }) =>
      requireTrue(properties.get("isOrganizationTrail"), "the trail is one of this account alone"),
  },
  examples: [
    { title: "of the organisation", verdict: "pass", resources: [trailExample({ isOrganizationTrail: true })] },
    { title: "nothing said: of the account", verdict: "fail", absent: true, resources: [trailExample()] },
    { title: "known only later", verdict: "undecided", resources: [trailExample({ isOrganizationTrail: UNKNOWN })] },
  ],
});
