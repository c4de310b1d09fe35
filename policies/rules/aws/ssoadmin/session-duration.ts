import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const set = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:ssoadmin/permissionSet:PermissionSet",
    name: "research",
    properties: { name: "research", ...properties },
  },
];

export const ssoSessionDuration = rule({
  id: "aws-ssoadmin-session-duration",
  title: "Sessions of permission sets end after a few hours",
  severity: "medium",
  rationale: "A session that was stolen from a browser or a laptop works until it ends.",
  remediation:
    "Leave sessionDuration out, which gives an hour, or set it to no more than the configured minutes, such as PT4H.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-12" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  deviation: "sso-session-duration",
  config: {
    maximumMinutes: {
      type: "integer",
      description: "Longest session in minutes",
      default: 240,
      minimum: 60,
      maximum: 720,
    },
  },
  checks: {
    "aws:ssoadmin/permissionSet:PermissionSet": ({ properties }, { config }) => {
      const property = properties.get("sessionDuration");
      const text = property.text();
      if (text === UNKNOWN) return [undecided(property)];
      if (text === undefined) return [];
      const minutes = minutesOf(text);
      const maximum = config.maximumMinutes as number;
      if (minutes === undefined) return [fail(property, "is not a duration of the form PT4H")];
      return minutes > maximum ? [fail(property, `is ${minutes} minutes and must be at most ${maximum}`)] : [];
    },
  },
  examples: [
    { title: "nothing said, so an hour", verdict: "pass", absent: true, resources: set({}) },
    { title: "four hours", verdict: "pass", resources: set({ sessionDuration: "PT4H" }) },
    { title: "ninety minutes", verdict: "pass", resources: set({ sessionDuration: "PT1H30M" }) },
    { title: "twelve hours", verdict: "fail", resources: set({ sessionDuration: "PT12H" }) },
    { title: "no duration", verdict: "fail", resources: set({ sessionDuration: "4h" }) },
    { title: "known only later", verdict: "undecided", resources: set({ sessionDuration: UNKNOWN }) },
  ],
});

/** A duration as ISO 8601 has it, in days, hours, minutes and seconds. */
function minutesOf(text: string): number | undefined {
  const match = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (match === null) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return days * 1440 + hours * 60 + minutes + seconds / 60;
}
