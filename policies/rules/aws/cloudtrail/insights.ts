import { argument } from "../../../kit/bucket-aspects";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { trailExample } from "../../../kit/trails";

const wanted = ["ApiCallRateInsight", "ApiErrorRateInsight"] as const;
const chosen = (...types: readonly string[]) =>
  trailExample({ insightSelectors: types.map((insightType) => ({ insightType })) });

export const insights = rule({
  id: "aws-cloudtrail-insights",
  title: "Every trail looks for unusual rates of calls and of errors",
  severity: "low",
  rationale:
    "Somebody who tries out what stolen credentials can do shows in the rate of denied calls long before harm is done.",
  remediation: `Give the Trail insightSelectors of the insightTypes ${wanted.join(" and ")}.`,
  mappings: [
    { framework: "NIST 800-53r5", control: "AU-6(1)" },
    { framework: "NIST 800-53r5", control: "SI-4(4)" },
  ],
  // Insights are paid by the event.
  levels: { baseline: "disabled", regulated: "advisory", isolated: "advisory" },
  checks: {
    "aws:cloudtrail/trail:Trail": ({ properties }) => {
      const selectors = properties.get("insightSelectors");
      const { items, complete } = selectors.items();
      const types = items.map((item) => argument(item, "insightType").text());
      return wanted
        .filter((type) => !types.includes(type))
        .map((type) =>
          complete && !types.includes(UNKNOWN) ? fail(selectors, `${type} is not among them`) : undecided(selectors),
        );
    },
  },
  examples: [
    { title: "both", verdict: "pass", resources: [chosen(...wanted)] },
    { title: "none", verdict: "fail", absent: true, resources: [trailExample()] },
    { title: "calls alone", verdict: "fail", resources: [chosen("ApiCallRateInsight")] },
    { title: "known only later", verdict: "undecided", resources: [trailExample({ insightSelectors: UNKNOWN })] },
  ],
});
