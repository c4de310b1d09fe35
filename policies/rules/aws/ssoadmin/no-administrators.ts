import { matchesPattern } from "gabion-knowledge";
import { attachmentsAt, awsPolicyName } from "../../../kit/managed-policies";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import type { StackIndex, StackResource } from "../../../kit/stack-index";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const attach = (managedPolicyArn: Plain): ExampleResource => ({
  type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
  name: "research",
  properties: { permissionSetArn: UNKNOWN, managedPolicyArn },
  dependencies: { permissionSetArn: ["set"] },
});
const set = (name: Plain): ExampleResource => ({
  type: "aws:ssoadmin/permissionSet:PermissionSet",
  name: "set",
  properties: { name },
});
const config = { breakGlass: ["break-glass"] };

export const noAdministrators = rule({
  id: "aws-ssoadmin-no-administrators",
  title: "No permission set but those for emergencies makes administrators",
  severity: "high",
  rationale: "Who is an administrator every day gives a stolen browser session the whole account.",
  remediation: "Attach policies that name what is needed; name the permission sets for emergencies in breakGlass.",
  mappings: [
    { framework: "CIS AWS Foundations 7.0.0", control: "2.14" },
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
    { framework: "AWS AI Security Framework", control: "AISF-IAM-02" },
  ],
  levels: { baseline: "advisory" },
  config: {
    policies: {
      type: "array",
      description: "Names of AWS's policies that no other permission set gets",
      items: { type: "string" },
      default: ["AdministratorAccess", "IAMFullAccess"],
    },
    breakGlass: {
      type: "array",
      description: "Names, or patterns of names, of permission sets for emergencies",
      items: { type: "string" },
      default: [],
    },
  },
  checks: {
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": ({ properties }, context) =>
      ownFindings(properties.get("managedPolicyArn"), context.config),
    "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": ({ properties }, context) =>
      ownFindings(properties.get("managedPolicyArns"), context.config),
  },
  observes: ["aws:ssoadmin/permissionSet:PermissionSet"],
  stack: (index, context) => {
    const breakGlass = context.config.breakGlass as string[];
    if (breakGlass.length === 0) return [];
    return index
      .ofType(
        "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
        "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
      )
      .flatMap((resource): StackFinding[] => {
        const excused = isForEmergencies(index, resource, breakGlass);
        if (excused === true) return [];
        const given: Property<unknown> = resource.inputs ?? resource.properties;
        return ["managedPolicyArn", "managedPolicyArns"]
          .flatMap((key) => administratorFindings(given.entry(key), context.config.policies as string[]))
          .map((finding) => ({ ...finding, ...(excused === "unknown" ? { verdict: "undecided" } : {}), resource }));
      });
  },
  examples: [
    {
      title: "a policy that reads",
      verdict: "pass",
      resources: [set("research"), attach("arn:aws:iam::aws:policy/ReadOnlyAccess")],
    },
    {
      title: "the permission set for emergencies",
      verdict: "pass",
      config,
      resources: [set("break-glass"), attach(administrator)],
    },
    { title: "a permission set without policies of AWS", verdict: "pass", absent: true, resources: [set("research")] },
    { title: "administrators", verdict: "fail", resources: [set("research"), attach(administrator)] },
    {
      title: "another permission set than that for emergencies",
      verdict: "fail",
      config,
      resources: [set("research"), attach(administrator)],
    },
    {
      title: "in the full list of a permission set",
      verdict: "fail",
      resources: [
        {
          type: "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
          name: "research",
          properties: { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess", administrator] },
        },
      ],
    },
    { title: "a policy known only later", verdict: "undecided", resources: [set("research"), attach(UNKNOWN)] },
  ],
});

/** Where no permission set is for emergencies, a resource by itself tells. */
function ownFindings(
  property: Property<unknown>,
  { policies, breakGlass }: Readonly<Record<string, unknown>>,
): Finding[] {
  return (breakGlass as string[]).length > 0 ? [] : administratorFindings(property, policies as string[]);
}

function administratorFindings(property: Property<unknown>, policies: readonly string[]): Finding[] {
  const { names, open } = attachmentsAt(property);
  const wrong = names.filter((one) => policies.includes(awsPolicyName(one.text() as string) ?? ""));
  return [...wrong.map((one) => fail(one, "makes administrators")), ...open.map((one) => undecided(one))];
}

function isForEmergencies(
  index: StackIndex,
  attachment: StackResource,
  breakGlass: readonly string[],
): boolean | "unknown" {
  const sets = (attachment.sources.permissionSetArn ?? []).flatMap((urn) => index.find(urn) ?? []);
  const names = sets.map((found) => (found.inputs ?? found.properties).entry("name").text());
  if (names.length === 0 || names.includes(UNKNOWN)) return "unknown";
  return names.every((name) => typeof name === "string" && breakGlass.some((pattern) => matchesPattern(pattern, name)));
}
