import {
  balancerChecks,
  balancerExample,
  balancerTypes,
  classicExample,
  classicType,
  remedyOf,
} from "../../../kit/balancers";
import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";

export const desyncMitigation = rule({
  id: "aws-elb-desync-mitigation",
  title: "Load balancers stop requests that two servers would read in two ways",
  severity: "medium",
  rationale:
    "A request smuggled inside another one is answered with somebody else's session, or poisons what others get.",
  remediation: 'Leave desyncMitigationMode out, or set it to "defensive" or "strictest".',
  mappings: [
    { framework: "AWS FSBP", control: "ELB.12" },
    { framework: "AWS FSBP", control: "ELB.14" },
    { framework: "NIST 800-53r5", control: "SI-10" },
  ],
  checks: {
    ...balancerChecks(["application"], (properties) => modeFindings(properties.get("desyncMitigationMode"))),
    [classicType]: ({ properties }) => modeFindings(properties.get("desyncMitigationMode")),
  },
  remedies: remedyOf([...balancerTypes, classicType], { desyncMitigationMode: "defensive" }),
  examples: [
    { title: "strictest", verdict: "pass", resources: [balancerExample({ desyncMitigationMode: "strictest" })] },
    { title: "nothing said, which is defensive", verdict: "pass", absent: true, resources: [balancerExample({})] },
    { title: "only watched", verdict: "fail", resources: [balancerExample({ desyncMitigationMode: "monitor" })] },
    {
      title: "only watched, under the other name of the type",
      verdict: "fail",
      resources: [balancerExample({ desyncMitigationMode: "monitor" }, balancerTypes[0])],
    },
    {
      title: "a classic one that only watches",
      verdict: "fail",
      resources: [classicExample({ desyncMitigationMode: "monitor" })],
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: [balancerExample({ desyncMitigationMode: UNKNOWN })],
    },
  ],
});

function modeFindings(mode: Property<string>): Finding[] {
  const value = mode.text();
  if (value === UNKNOWN) return [undecided(mode)];
  return value === "monitor" ? [fail(mode, "is monitor, which lets such requests through")] : [];
}
