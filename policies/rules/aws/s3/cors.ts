import { argument, bucketAspectParts, bucketExample, settingExample } from "../../../kit/bucket-aspects";
import { eachItem, texts } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

const corsTypes = [
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2",
] as const;
const split = (allowedOrigins: Plain) =>
  settingExample(corsTypes[0], { corsRules: [{ allowedMethods: ["GET"], allowedOrigins }] });

export const bucketCors = rule({
  id: "aws-s3-cors-named-origins",
  title: "Buckets answer browsers of named origins only",
  severity: "low",
  rationale: "With any origin allowed a foreign page can read objects through the browser of someone who may.",
  remediation: "Name the origins in allowedOrigins, with their scheme.",
  mappings: [{ framework: "NIST 800-53r5", control: "AC-4" }],
  ...bucketAspectParts({
    inline: "corsRules",
    split: corsTypes,
    judgeInline: originFindings,
    judgeSplit: (properties) => originFindings(argument(properties, "corsRules")),
  }),
  examples: [
    { title: "one origin", verdict: "pass", resources: [split(["https://labels.example.com"])] },
    { title: "no browsers at all", verdict: "pass", absent: true, resources: [bucketExample()] },
    { title: "any origin", verdict: "fail", resources: [split(["*"])] },
    {
      title: "any origin, in the bucket's own arguments",
      verdict: "fail",
      resources: [bucketExample({ corsRules: [{ allowedMethods: ["GET"], allowedOrigins: ["https://*"] }] })],
    },
    { title: "origins known only later", verdict: "undecided", resources: [split(UNKNOWN)] },
  ],
});

function originFindings(rules: Property<unknown>): Finding[] {
  return eachItem(rules, (item) => {
    const origins = argument(item, "allowedOrigins");
    const { values, open } = texts(origins);
    if (values.some((value) => /^(https?:\/\/)?\*$/i.test(value))) return [fail(origins, "admits any origin")];
    return open || item.isUnknown ? [undecided(origins)] : [];
  });
}
