import { argument } from "./bucket-aspects";
import { type Plain, type Property, UNKNOWN } from "./property";
import {
  type Example,
  type ExampleResource,
  type Finding,
  fail,
  type ResourceCheck,
  type Rule,
  undecided,
} from "./rule";

export const detectorType = "aws:guardduty/detector:Detector";
export const featureType = "aws:guardduty/detectorFeature:DetectorFeature";
const memberFeatureType = "aws:guardduty/memberDetectorFeature:MemberDetectorFeature";

/** A protection of GuardDuty. */
interface Protection {
  /** Its name among the detector's features. */
  readonly feature: string;
  /** Where the detector's own argument `datasources`, which is older, switches it; undefined where that does not know it. */
  readonly inline?: readonly string[];
}

/**
 * The checks of a rule that a protection is on, wherever it is switched. GuardDuty switches all but runtime monitoring on in a new
 * detector, so that only what says otherwise fails.
 */
export function protectionChecks({ feature, inline }: Protection): Rule["checks"] {
  const own: ResourceCheck<typeof featureType | typeof memberFeatureType> = ({ properties }) =>
    featureFindings(properties, feature);
  const checks: Rule["checks"] = { [featureType]: own, [memberFeatureType]: own };
  if (inline === undefined) return checks;
  const detector: ResourceCheck<typeof detectorType> = ({ properties }) => {
    const place = inline.reduce<Property<unknown>>(argument, argument(properties, "datasources"));
    const isOn = place.flag();
    if (isOn === UNKNOWN) return [undecided(place)];
    return isOn === false ? [fail(place, "switches the protection off")] : [];
  };
  return { ...checks, [detectorType]: detector };
}

function featureFindings(properties: Property<unknown>, feature: string): Finding[] {
  const place = argument(properties, "name");
  const name = place.text();
  const state = argument(properties, "status");
  const status = state.text();
  if (status === "ENABLED" || (name !== UNKNOWN && name !== feature)) return [];
  if (name === UNKNOWN) return [undecided(place)];
  return [status === UNKNOWN ? undecided(state) : fail(state, "switches the protection off")];
}

/** A detector, for examples. */
export function detectorExample(properties: Readonly<Record<string, Plain>> = {}): ExampleResource {
  return { type: detectorType, name: "detector", properties };
}

/** A feature of the detector of {@link detectorExample}, for examples. */
export function featureExample(
  name: Plain,
  status: Plain = "ENABLED",
  more: Readonly<Record<string, Plain>> = {},
): ExampleResource {
  return {
    type: featureType,
    name: "feature",
    properties: { detectorId: UNKNOWN, name, status, ...more },
    dependencies: { detectorId: ["detector"] },
  };
}

/** Examples of a rule made with {@link protectionChecks}. */
export function protectionExamples({ feature, inline }: Protection): Example[] {
  const off = (path: readonly string[]) => path.reduceRight<Plain>((inner, key) => ({ [key]: inner }), false);
  const shown: Example[] = [
    { title: "on", verdict: "pass", resources: [detectorExample(), featureExample(feature, "ENABLED")] },
    { title: "nothing said, which means on", verdict: "pass", absent: true, resources: [detectorExample()] },
    { title: "off", verdict: "fail", resources: [detectorExample(), featureExample(feature, "DISABLED")] },
    {
      title: "off in an account of the organisation",
      verdict: "fail",
      resources: [{ ...featureExample(feature, "DISABLED"), type: memberFeatureType, dependencies: {} }],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [detectorExample(), featureExample(feature, UNKNOWN)],
    },
  ];
  if (inline === undefined) return shown;
  const older = detectorExample({ datasources: off(inline) });
  return [...shown, { title: "off by the detector's own argument", verdict: "fail", resources: [older] }];
}
