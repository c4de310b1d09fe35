import { argument } from "./bucket-aspects";
import { type Plain, type Property, UNKNOWN } from "./property";
import { type Example, type ExampleResource, type Finding, fail, type Rule, undecided } from "./rule";

const detectorType = "aws:guardduty/detector:Detector";
const featureType = "aws:guardduty/detectorFeature:DetectorFeature";

/** A protection of GuardDuty, which is a feature of a detector and, for some, a data source inside it. */
export interface Protection {
  /** Names of the feature; each of them is enough. */
  readonly features: readonly string[];
  /** Where the older form has it: properties below `datasources`, the last of which holds `enable`. */
  readonly datasource?: readonly string[];
}

/** The checks of a rule that does not let a protection be switched off, in the form it has. */
export function protectionChecks({ features, datasource }: Protection): Pick<Rule, "checks"> {
  return {
    checks: {
      [featureType]: ({ properties }) => {
        const name = properties.get("name").text();
        if (name !== UNKNOWN && !features.includes(name ?? "")) return [];
        const findings = statusFindings(properties.get("status"));
        return name === UNKNOWN ? findings.map(({ path }) => undecided(path)) : findings;
      },
      ...(datasource === undefined
        ? {}
        : {
            [detectorType]: ({ properties }: { readonly properties: Property<unknown> }) =>
              datasourceFindings(argument(properties, "datasources"), datasource),
          }),
    },
  };
}

/** What is not said stays as GuardDuty has it; only what is switched off is found. */
function datasourceFindings(datasources: Property<unknown>, path: readonly string[]): Finding[] {
  const enable = [...path, "enable"].reduce(argument, datasources);
  const value = enable.flag();
  if (value === UNKNOWN) return [undecided(enable)];
  return value === false ? [fail(enable, "switches the protection off")] : [];
}

export function statusFindings(status: Property<unknown>): Finding[] {
  const value = status.text();
  if (value === UNKNOWN) return [undecided(status)];
  return value === "ENABLED" ? [] : [fail(status, "is not ENABLED")];
}

/** A feature of the example's detector. */
export function featureExample(
  name: Plain,
  status: Plain = "ENABLED",
  more: Record<string, Plain> = {},
): ExampleResource {
  return {
    type: featureType,
    name: "feature",
    properties: { detectorId: UNKNOWN, name, status, ...more },
    dependencies: { detectorId: ["detector"] },
  };
}

/** A detector, for examples. */
export function detectorExample(properties: Readonly<Record<string, Plain>> = {}): ExampleResource {
  return { type: detectorType, name: "detector", properties };
}

/** The examples that all rules about protections have in common. */
export function protectionExamples({ features, datasource }: Protection): Example[] {
  const [name = ""] = features;
  const inline = (enable: Plain) => {
    const nested = [...(datasource ?? [])].reverse().reduce<Plain>((value, key) => ({ [key]: value }), { enable });
    return [detectorExample({ datasources: nested })];
  };
  const old: Example[] =
    datasource === undefined
      ? []
      : [
          { title: "switched off in the older form", verdict: "fail", resources: inline(false) },
          { title: "switched on in the older form", verdict: "pass", resources: inline(true) },
          { title: "older form, known only later", verdict: "undecided", resources: inline(UNKNOWN) },
        ];
  return [
    { title: "switched on", verdict: "pass", resources: [detectorExample(), featureExample(name)] },
    { title: "another feature", verdict: "pass", resources: [featureExample("AI_ANALYST", "DISABLED")] },
    {
      title: "not named: GuardDuty switches it on with a new detector",
      verdict: "pass",
      absent: true,
      resources: [detectorExample()],
    },
    { title: "switched off", verdict: "fail", resources: [detectorExample(), featureExample(name, "DISABLED")] },
    { title: "known only later", verdict: "undecided", resources: [featureExample(name, UNKNOWN)] },
    ...old,
  ];
}
