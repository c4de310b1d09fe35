import { requireOneOf } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const type = "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess";
const block = (properties: Record<string, Plain>): ExampleResource[] => [{ type, name: "images", properties }];
const blocked = "block-new-sharing";

export const imageBlockPublicAccess = rule({
  id: "aws-ec2-image-block-public-access",
  title: "The account lets nobody share an image with everyone",
  severity: "high",
  rationale: "Images hold code, models and forgotten credentials; one wrong launch permission gives them to the world.",
  remediation: 'Set state of ImageBlockPublicAccess to "block-new-sharing".',
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-3" },
    { framework: "NIST 800-53r5", control: "SC-7" },
    { framework: "ISO 27001:2022", control: "A.8.12" },
  ],
  checks: {
    [type]: ({ properties }) => requireOneOf(properties.get("state"), [blocked], "lets images be shared with everyone"),
  },
  remedies: { [type]: () => ({ state: blocked }) },
  examples: [
    { title: "sharing blocked", verdict: "pass", resources: block({ state: blocked }) },
    { title: "not blocked", verdict: "fail", resources: block({ state: "unblocked" }) },
    { title: "no state", verdict: "fail", absent: true, resources: block({}) },
    { title: "known only later", verdict: "undecided", resources: block({ state: UNKNOWN }) },
  ],
});
