import { fleetExample, launchChecks, launchExample } from "../../../kit/launches";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";

export const noKeyPair = rule({
  id: "aws-ec2-no-key-pair",
  title: "Instances are launched without a key pair",
  severity: "medium",
  rationale: "A key pair is a password that never expires, is shared, and leaves no trail of who used it.",
  remediation: "Leave keyName out. For an emergency use Session Manager.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-17" },
    { framework: "ISO 27001:2022", control: "A.8.20" },
  ],
  deviation: "ec2-key-pair",
  checks: launchChecks((launch) => {
    const key = launch.get("keyName");
    if (key.isUnknown) return [undecided(key)];
    return key.text() === undefined ? [] : [fail(key, "gives whoever holds the key pair a shell")];
  }),
  examples: [
    { title: "no key pair", verdict: "pass", absent: true, resources: launchExample({ imageId: "ami-1" }) },
    { title: "a key pair", verdict: "fail", resources: launchExample({ keyName: "ops" }) },
    { title: "a key pair in a fleet", verdict: "fail", resources: fleetExample({ keyName: "ops" }) },
    {
      title: "a name known only later",
      verdict: "undecided",
      resources: launchExample({ keyName: UNKNOWN }, "aws:ec2/instance:Instance"),
    },
  ],
});
