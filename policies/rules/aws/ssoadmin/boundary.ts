import { companionFindings } from "../../../kit/companions";
import { boundsNothing } from "../../../kit/managed-policies";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const set: ExampleResource = {
  type: "aws:ssoadmin/permissionSet:PermissionSet",
  name: "research",
  properties: { name: "research" },
};
const boundary = (permissionsBoundary: Plain): ExampleResource => ({
  type: "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
  name: "boundary",
  properties: { permissionSetArn: UNKNOWN, permissionsBoundary },
  dependencies: { permissionSetArn: ["research"] },
});
const own = { customerManagedPolicyReference: { name: "people" } };

export const boundaryOfPermissionSets = rule({
  id: "aws-ssoadmin-boundary",
  title: "Permission sets have a permissions boundary that bounds",
  severity: "low",
  rationale:
    "A policy that is added in haste gives no more than the boundary lets through; without one it gives what it says.",
  remediation:
    "Add a PermissionsBoundaryAttachment for the permission set, with a policy that names what people may ever do.",
  mappings: [
    { framework: "NIST 800-53r5", control: "AC-6" },
    { framework: "ISO 27001:2022", control: "A.8.2" },
  ],
  levels: { baseline: "disabled", regulated: "advisory" },
  deviation: "sso-boundary",
  checks: {
    "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": ({ properties }) => {
      const policy = properties.get("permissionsBoundary").get("managedPolicyArn");
      const text = policy.text();
      if (text === UNKNOWN) return [undecided(policy)];
      return boundsNothing(text ?? "") ? [fail(policy, "bounds nothing")] : [];
    },
  },
  observes: ["aws:ssoadmin/permissionSet:PermissionSet"],
  stack: (index) =>
    index.ofType("aws:ssoadmin/permissionSet:PermissionSet").flatMap((owner) =>
      companionFindings(index, owner, {
        types: ["aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"],
        property: "permissionSetArn",
        identifiers: ["arn", "id"],
        missing: "the permission set has no PermissionsBoundaryAttachment",
      }),
    ),
  examples: [
    { title: "a boundary of your own", verdict: "pass", resources: [set, boundary(own)] },
    { title: "no boundary", verdict: "fail", absent: true, resources: [set] },
    {
      title: "a boundary without bounds",
      verdict: "fail",
      resources: [set, boundary({ managedPolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" })],
    },
    {
      title: "a boundary of nobody knows which permission set",
      verdict: "undecided",
      resources: [set, { ...boundary(own), dependencies: {} }],
    },
  ],
});
