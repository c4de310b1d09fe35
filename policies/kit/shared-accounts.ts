import { type Property, UNKNOWN } from "./property";
import { type ConfigProperty, type Finding, fail, undecided } from "./rule";

/** The configuration of rules about with whom images, snapshots and the like are shared. */
export const sharedAccountsConfig: Readonly<Record<"accounts", ConfigProperty>> = {
  accounts: {
    type: "array",
    description: "Ids of accounts, of twelve digits, with which it may be shared.",
    items: { type: "string" },
    default: [],
  },
};

/** Passes when an account that something is shared with is one of the listed ones. Absent: nothing is shared by this property. */
export function sharedAccountFindings(account: Property<unknown>, accounts: unknown): Finding[] {
  const id = account.text();
  if (id === UNKNOWN) return [undecided(account)];
  if (id === undefined || (accounts as readonly unknown[]).includes(id)) return [];
  return [fail(account, "is an account that the rule's accounts do not list")];
}
