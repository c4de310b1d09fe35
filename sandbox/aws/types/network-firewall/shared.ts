import type { Context } from "../entry";
import { keyTypes, needs, text } from "../kit";

export const firewallType = "aws:networkfirewall/firewall:Firewall";
export const policyType = "aws:networkfirewall/firewallPolicy:FirewallPolicy";
export const ruleGroupType = "aws:networkfirewall/ruleGroup:RuleGroup";
export const tlsType = "aws:networkfirewall/tlsInspectionConfiguration:TlsInspectionConfiguration";

export const invalid = (message: string) => ({ code: "InvalidRequestException", message });
export const inUse = {
  code: "InvalidOperationException",
  message: "Unable to delete the object because it is still in use. Object: {id}",
};
const noKey = invalid("The specified KMS key {value} does not exist or cannot be used");
export const taken = (what: string) => ({
  code: "InvalidRequestException",
  message: `A resource with the specified name already exists, parameter: [${what} {value}]`,
});

export const ownName = (properties: Record<string, unknown>) => text(properties.name);
export const updateToken = (context: Context): string => context.ids.uuid(`token ${JSON.stringify(context.inputs)}`);

export const isStrict = (order: unknown): boolean => order === "STRICT_ORDER";

/** A key of the customer's for what a resource holds. */
export const withKey = needs("encryptionConfiguration.keyId", keyTypes, noKey, { by: ["arn", "id"] });
