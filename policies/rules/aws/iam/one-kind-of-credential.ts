import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackResource } from "../../../kit/stack-index";

const profile = (user: Plain): ExampleResource => ({
  type: "aws:iam/userLoginProfile:UserLoginProfile",
  name: "ada",
  properties: { user },
});
const key = (user: Plain, more: Record<string, Plain> = {}): ExampleResource => ({
  type: "aws:iam/accessKey:AccessKey",
  name: "ada",
  properties: { user, ...more },
});
const user: ExampleResource = { type: "aws:iam/user:User", name: "ada", properties: { name: "ada" } };

export const oneKindOfCredential = rule({
  id: "aws-iam-one-kind-of-credential",
  title: "No user has both a password and access keys",
  severity: "medium",
  rationale:
    "Who signs in to the console needs no key, and a program needs no password; the one that is not used is the one that is stolen unseen.",
  remediation: "Delete the AccessKey or the UserLoginProfile of the user.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-03" },
  ],
  deviation: "iam-two-credentials",
  checks: {},
  observes: ["aws:iam/accessKey:AccessKey", "aws:iam/user:User", "aws:iam/userLoginProfile:UserLoginProfile"],
  stack: (index) => {
    const profiles = index.ofType("aws:iam/userLoginProfile:UserLoginProfile");
    return index.ofType("aws:iam/accessKey:AccessKey").flatMap((resource): StackFinding[] => {
      const status = (resource.inputs ?? resource.properties).get("status").text();
      if (status === "Inactive") return [];
      const outcomes = profiles.map((other) => isSameUser(resource, other));
      const isOpen = status === UNKNOWN && outcomes.some((outcome) => outcome !== false);
      if (outcomes.includes(true) && !isOpen) return [{ ...fail("user", "has a password as well"), resource }];
      return isOpen || outcomes.includes("unknown") ? [{ ...undecided("user"), resource }] : [];
    });
  },
  examples: [
    { title: "a password alone", verdict: "pass", absent: true, resources: [user, profile("ada")] },
    { title: "of two users", verdict: "pass", resources: [profile("ada"), key("ci")] },
    {
      title: "a key that was switched off",
      verdict: "pass",
      resources: [profile("ada"), key("ada", { status: "Inactive" })],
    },
    { title: "both", verdict: "fail", resources: [profile("ada"), key("ada")] },
    {
      title: "both, of a user of the stack",
      verdict: "fail",
      resources: [
        user,
        { ...profile(UNKNOWN), dependencies: { user: ["ada"] } },
        { ...key(UNKNOWN), dependencies: { user: ["ada"] } },
      ],
    },
    { title: "users known only later", verdict: "undecided", resources: [profile("ada"), key(UNKNOWN)] },
  ],
});

function isSameUser(one: StackResource, other: StackResource): boolean | "unknown" {
  const [mine = [], theirs = []] = [one.sources.user, other.sources.user];
  if (mine.some((urn) => theirs.includes(urn))) return true;
  if (mine.length > 0 && theirs.length > 0) return false;
  const [a, b] = [one, other].map((resource) => (resource.inputs ?? resource.properties).entry("user").text());
  return a === UNKNOWN || b === UNKNOWN ? "unknown" : a !== undefined && a === b;
}
