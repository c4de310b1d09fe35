import { requireFalse, requireTrue } from "../../../kit/checks";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import { trailExample, trailType } from "../../../kit/trails";

const storeType = "aws:cloudtrail/eventDataStore:EventDataStore";
const store = (suspend: Plain): ExampleResource => ({ type: storeType, name: "lake", properties: { suspend } });

export const trailLoggingOn = rule({
  id: "aws-cloudtrail-logging-on",
  title: "Trails and event stores that exist record",
  severity: "high",
  rationale: "A trail that is switched off looks like one in every list, and holds nothing when it is needed.",
  remediation: "Leave enableLogging of the Trail out or true, and suspend of the EventDataStore out or false.",
  mappings: [
    { framework: "AWS FSBP", control: "CloudTrail.3" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.1" },
    { framework: "NIST 800-53r5", control: "AU-12" },
    { framework: "ISO 27001:2022", control: "A.8.15" },
  ],
  checks: {
    [trailType]: ({ properties }) => {
      const logging = properties.get("enableLogging");
      return logging.isAbsent ? [] : requireTrue(logging, "switches the trail off");
    },
    [storeType]: ({ properties }) => requireFalse(properties.get("suspend"), "takes in no more events"),
  },
  remedies: { [trailType]: () => ({ enableLogging: true }), [storeType]: () => ({ suspend: "false" }) },
  examples: [
    { title: "nothing said, which means on", verdict: "pass", absent: true, resources: [trailExample()] },
    { title: "an event store that takes in events", verdict: "pass", resources: [store("false")] },
    { title: "switched off", verdict: "fail", resources: [trailExample({ enableLogging: false })] },
    { title: "an event store that is suspended", verdict: "fail", resources: [store("true")] },
    { title: "known only later", verdict: "undecided", resources: [trailExample({ enableLogging: UNKNOWN })] },
  ],
});
