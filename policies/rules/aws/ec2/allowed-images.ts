import { requireOneOf } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:ec2/allowedImagesSettings:AllowedImagesSettings";
interface Criterion {
  imageProviders?: string[];
  marketplaceProductCodes?: string[];
}

const images = (state: Plain, ...imageCriterions: Plain[]): ExampleResource[] => [
  { type, name: "images", properties: { state, imageCriterions } },
];
const ours = { imageProviders: ["amazon", "111122223333"] };

export const allowedImages = rule({
  id: "aws-ec2-allowed-images",
  title: "The account launches images of named owners only",
  severity: "medium",
  rationale:
    "Anyone can publish an image under a name that sounds like a vendor's; who launches it runs a stranger's code as a node.",
  remediation: 'Set state of AllowedImagesSettings to "enabled", and imageProviders in each of imageCriterions.',
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-7(5)" },
    { framework: "NIST 800-53r5", control: "SR-11" },
    { framework: "ISO 27001:2022", control: "A.8.19" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [type]: ({ properties }) => {
      const criteria = properties.get("imageCriterions") as Property<Criterion[]>;
      const { items, complete } = criteria.items();
      return [
        ...requireOneOf(properties.get("state"), ["enabled"], "only records what it would refuse"),
        // Without any criterion only images of the account itself are left.
        ...(complete ? items.flatMap(criterionFindings) : [undecided(criteria)]),
      ];
    },
  },
  examples: [
    { title: "Amazon's and one's own", verdict: "pass", resources: images("enabled", ours) },
    {
      title: "a product of the marketplace",
      verdict: "pass",
      resources: images("enabled", { marketplaceProductCodes: ["abcdefghijklmnopqrstuvwxy"] }),
    },
    { title: "no criterion: images of the account alone", verdict: "pass", absent: true, resources: images("enabled") },
    { title: "audit mode", verdict: "fail", resources: images("audit-mode", ours) },
    {
      title: "a name that anyone may give an image",
      verdict: "fail",
      resources: images("enabled", ours, { imageNames: ["al2023-ami-*"] }),
    },
    { title: "state known only later", verdict: "undecided", resources: images(UNKNOWN, ours) },
  ],
});

function criterionFindings(criterion: Property<Criterion>): Finding[] {
  const owners = criterion.get("imageProviders");
  const places = [owners, criterion.get("marketplaceProductCodes")];
  const lists = places.map((place) => place.items());
  if (lists.some(({ items }) => items.length > 0)) return [];
  const open = lists.some(({ complete }) => !complete);
  return [open ? undecided(owners) : fail(owners, "is not set, so everyone's images fit")];
}
