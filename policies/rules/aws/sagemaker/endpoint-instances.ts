import { eachItem } from "../../../kit/checks";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { endpoint, endpointType } from "../../../kit/sagemaker-examples";
import { at } from "../../../kit/same-check";

export const endpointInstances = rule({
  id: "aws-sagemaker-endpoint-instances",
  title: "Variants of an endpoint begin with more than one instance",
  severity: "low",
  rationale: "SageMaker spreads instances over zones; one alone stands still with its zone, and with each patch.",
  remediation: "Set initialInstanceCount of each variant to 2 or more, or give it a serverlessConfig.",
  mappings: [
    { framework: "AWS FSBP", control: "SageMaker.4" },
    { framework: "NIST 800-53r5", control: "CP-10" },
    { framework: "ISO 27001:2022", control: "A.8.14" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [endpointType]: ({ properties }) => {
      const variants = properties.get("productionVariants");
      return eachItem(variants, (variant) => countFindings(variant));
    },
  },
  examples: [
    { title: "two instances", verdict: "pass", resources: endpoint({ initialInstanceCount: 2 }) },
    {
      title: "a serverless one, which has none",
      verdict: "pass",
      resources: endpoint({ serverlessConfig: { maxConcurrency: 20, memorySizeInMb: 4096 } }),
    },
    { title: "nothing said", verdict: "fail", absent: true, resources: endpoint({ instanceType: "ml.m7i.large" }) },
    { title: "one instance", verdict: "fail", resources: endpoint({ initialInstanceCount: 1 }) },
    { title: "count known only later", verdict: "undecided", resources: endpoint({ initialInstanceCount: UNKNOWN }) },
  ],
});

function countFindings(variant: Property<unknown>): Finding[] {
  const serverless = at(variant, "serverlessConfig");
  if (!serverless.isAbsent && !serverless.isUnknown) return [];
  const place = at(variant, "initialInstanceCount");
  const count = place.number();
  if (count === UNKNOWN) return [undecided(place)];
  if (count !== undefined && count > 1) return [];
  if (serverless.isUnknown) return [undecided(serverless)];
  return [fail(place, count === undefined ? "is not set" : `is ${count}`)];
}
