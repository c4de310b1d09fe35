import { argument } from "../../../kit/bucket-aspects";
import { detectorExample, detectorType, featureExample, featureType } from "../../../kit/detector-features";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";
import { inputsOf } from "../../../kit/trails";

/** The second is the older one, of EKS alone; a detector has one of them. */
const features = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];

export const guarddutyRuntime = rule({
  id: "aws-guardduty-runtime-monitoring",
  title: "GuardDuty watches what runs on nodes and instances",
  severity: "medium",
  rationale: "What a process does inside a container, such as a shell that opens a connection, is in no log of AWS.",
  remediation:
    'Add a DetectorFeature RUNTIME_MONITORING with the status "ENABLED" for the Detector; new detectors do not have it.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SI-4" },
    { framework: "ISO 27001:2022", control: "A.8.16" },
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
    { framework: "AWS AI Security Framework", control: "AISF-RUNTIME-01" },
  ],
  levels: { baseline: "advisory" },
  checks: {},
  observes: [detectorType, featureType],
  stack: (index) =>
    index.ofType(detectorType).flatMap((resource) => {
      const links = index.linksTo(resource, [featureType], "detectorId", ["id"]);
      const found = some(
        ...links.map(({ resource: feature, certainty }) =>
          every(
            certainty === "sure" || "unknown",
            isOneOf(argument(inputsOf(feature), "name").text(), features),
            isOneOf(argument(inputsOf(feature), "status").text(), ["ENABLED"]),
          ),
        ),
      );
      if (found === true) return [];
      const text = "no feature of the detector switches runtime monitoring on";
      return [{ ...(found === "unknown" ? undecided("", `${text} for sure`) : fail("", text)), resource }];
    }),
  examples: [
    { title: "on", verdict: "pass", resources: [detectorExample(), featureExample("RUNTIME_MONITORING", "ENABLED")] },
    {
      title: "on for EKS, in the older way",
      verdict: "pass",
      resources: [detectorExample(), featureExample("EKS_RUNTIME_MONITORING", "ENABLED")],
    },
    { title: "nothing said, which means off", verdict: "fail", absent: true, resources: [detectorExample()] },
    { title: "off", verdict: "fail", resources: [detectorExample(), featureExample("RUNTIME_MONITORING", "DISABLED")] },
    {
      title: "another protection alone",
      verdict: "fail",
      resources: [detectorExample(), featureExample("S3_DATA_EVENTS", "ENABLED")],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [detectorExample(), featureExample("RUNTIME_MONITORING", UNKNOWN)],
    },
  ],
});

function isOneOf(value: string | undefined | typeof UNKNOWN, wanted: readonly string[]): Ternary {
  return value === UNKNOWN ? "unknown" : value !== undefined && wanted.includes(value);
}
