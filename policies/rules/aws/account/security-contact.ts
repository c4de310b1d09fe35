import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, type StackFinding, undecided } from "../../../kit/rule";

const contactType = "aws:account/alternativeContact:AlternativeContact";
const contact = (alternateContactType?: ExampleResource["properties"][string]): ExampleResource => ({
  type: contactType,
  name: typeof alternateContactType === "string" ? alternateContactType.toLowerCase() : "contact",
  properties: {
    emailAddress: "security@example.com",
    ...(alternateContactType === undefined ? {} : { alternateContactType }),
  },
});

export const securityContact = rule({
  id: "aws-account-security-contact",
  title: "Contacts of an account have one for security among them",
  severity: "low",
  rationale:
    "AWS writes to the contact for security when keys are found on the internet; without one it writes to whoever opened the account.",
  remediation: 'Add an AlternativeContact of the alternateContactType "SECURITY".',
  mappings: [
    { framework: "AWS FSBP", control: "Account.1" },
    { framework: "NIST 800-53r5", control: "IR-6" },
  ],
  checks: {},
  observes: [contactType],
  stack: (index): StackFinding[] => {
    const contacts = index.ofType(contactType);
    const [resource] = contacts;
    const types = contacts.map((item) => (item.inputs ?? item.properties).get("alternateContactType").text());
    if (resource === undefined || types.includes("SECURITY")) return [];
    const text = "no contact of the stack is for SECURITY";
    return [
      {
        ...(types.includes(UNKNOWN) ? undecided("", `${text} for sure`) : fail("", text)),
        resource: resource as never,
      },
    ];
  },
  examples: [
    { title: "billing and security", verdict: "pass", resources: [contact("BILLING"), contact("SECURITY")] },
    { title: "billing alone", verdict: "fail", resources: [contact("BILLING")] },
    { title: "a contact without a type", verdict: "fail", absent: true, resources: [contact()] },
    { title: "known only later", verdict: "undecided", resources: [contact(UNKNOWN)] },
  ],
});
