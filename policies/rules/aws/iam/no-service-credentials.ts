import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const bedrock = (properties: Record<string, Plain>): ExampleResource[] => [
  {
    type: "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
    name: "bedrock",
    properties: { userName: "ada", serviceName: "bedrock.amazonaws.com", ...properties },
  },
];

export const noServiceCredentials = rule({
  id: "aws-iam-no-service-credentials",
  title: "No credential of a user for a single service lives long",
  severity: "high",
  rationale:
    "A key for Bedrock, for repositories or for tables works from anywhere, and its secret is in the state of the program that made it.",
  remediation:
    "Use a role; where a key for a service is needed, set credentialAgeDays to no more than the configured days; set status Inactive for others.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  levels: { baseline: "advisory" },
  deviation: "iam-service-credential",
  config: {
    maximumDays: {
      type: "integer",
      description: "For how many days at most such a credential works",
      default: 30,
      minimum: 1,
      maximum: 36_600,
    },
  },
  checks: {
    "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": ({ properties }, { config }) => {
      const days = properties.get("credentialAgeDays");
      const age = days.number();
      if (typeof age === "number" && age > 0 && age <= (config.maximumDays as number)) return [];
      const findings = activeFindings(properties.get("status"));
      return age === UNKNOWN && findings.length > 0 ? [undecided(days)] : findings;
    },
    "aws:iam/signingCertificate:SigningCertificate": ({ properties }) => activeFindings(properties.get("status")),
    "aws:iam/sshKey:SshKey": ({ properties }) => activeFindings(properties.get("status")),
  },
  examples: [
    { title: "a key for a week", verdict: "pass", resources: bedrock({ credentialAgeDays: 7 }) },
    { title: "a key that was switched off", verdict: "pass", resources: bedrock({ status: "Inactive" }) },
    { title: "a key without an end", verdict: "fail", absent: true, resources: bedrock({}) },
    { title: "a key for a year", verdict: "fail", resources: bedrock({ credentialAgeDays: 365 }) },
    {
      title: "an SSH key for repositories",
      verdict: "fail",
      resources: [
        {
          type: "aws:iam/sshKey:SshKey",
          name: "ada",
          properties: { username: "ada", encoding: "SSH", status: "Active" },
        },
      ],
    },
    {
      title: "a signing certificate",
      verdict: "fail",
      resources: [
        { type: "aws:iam/signingCertificate:SigningCertificate", name: "ada", properties: { userName: "ada" } },
      ],
    },
    { title: "an age known only later", verdict: "undecided", resources: bedrock({ credentialAgeDays: UNKNOWN }) },
  ],
});

function activeFindings(status: Property<unknown>): Finding[] {
  const text = status.text();
  if (text === UNKNOWN) return [undecided(status)];
  return text === "Inactive" ? [] : [fail("", "makes a credential that works until it is deleted")];
}
