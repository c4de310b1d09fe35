import { detectorExample, featureExample, statusFindings } from "../../../kit/guardduty-features";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, type StackFinding, undecided } from "../../../kit/rule";

const features: readonly string[] = ["RUNTIME_MONITORING", "EKS_RUNTIME_MONITORING"];
const featureType = "aws:guardduty/detectorFeature:DetectorFeature";

export const runtimeMonitoring = rule({
  id: "aws-guardduty-runtime-monitoring",
  title: "GuardDuty watches processes on nodes",
  severity: "medium",
  rationale: "A shell in a serving container makes no call to AWS: only an agent on the node sees it.",
  remediation:
    "Add a DetectorFeature RUNTIME_MONITORING with status ENABLED; unlike other features, GuardDuty never switches it on by itself.",
  mappings: [
    { framework: "AWS AI Security Framework", control: "AISF-DETECT-02" },
    { framework: "NIST 800-53r5", control: "SI-4" },
  ],
  // It is paid by the vCPU, and clusters may have another sensor.
  levels: { baseline: "advisory" },
  checks: {},
  observes: ["aws:guardduty/detector:Detector", featureType],
  stack: (index) =>
    index.ofType("aws:guardduty/detector:Detector").flatMap((detector): StackFinding[] => {
      const links = index.linksTo(detector as never, [featureType], "detectorId", ["id"]);
      const named = links.map(({ resource, certainty }) => {
        const properties = resource.inputs ?? resource.properties;
        const name = properties.get("name").text();
        return { name, certainty, properties, resource };
      });
      const own = named.filter(({ name }) => typeof name === "string" && features.includes(name));
      if (own.length > 0) {
        return own.flatMap(({ properties, resource }) =>
          statusFindings(properties.get("status")).map((finding) => ({ ...finding, resource: resource as never })),
        );
      }
      const text = "the detector has no feature RUNTIME_MONITORING";
      const open = named.some(({ name }) => name === UNKNOWN);
      return [{ ...(open ? undecided("", `${text} for sure`) : fail("", text)), resource: detector as never }];
    }),
  examples: [
    { title: "switched on", verdict: "pass", resources: [detectorExample(), featureExample("RUNTIME_MONITORING")] },
    {
      title: "the older one, for clusters alone",
      verdict: "pass",
      resources: [detectorExample(), featureExample("EKS_RUNTIME_MONITORING")],
    },
    { title: "not named: off", verdict: "fail", absent: true, resources: [detectorExample()] },
    {
      title: "switched off",
      verdict: "fail",
      resources: [detectorExample(), featureExample("RUNTIME_MONITORING", "DISABLED")],
    },
    {
      title: "status known only later",
      verdict: "undecided",
      resources: [detectorExample(), featureExample("RUNTIME_MONITORING", UNKNOWN)],
    },
  ],
});
