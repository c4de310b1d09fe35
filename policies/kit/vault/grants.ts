import { type Property, UNKNOWN } from "../property";
import { type Finding, fail, type RuleContext, undecided } from "../rule";
import { type PathGrant, readVaultPolicy } from "./hcl";

interface VaultPolicy {
  name?: string;
  policy?: string;
}

/** Policies that a rule's configuration excuses, because somebody has to administer Vault. */
export const excusedPolicies = {
  excused: {
    type: "array",
    description: "Names of policies that are for administrators of Vault and may do this",
    items: { type: "string" },
    default: [],
  },
} as const;

/** Findings for each path of a policy that `judge` has a word about. */
export function grantFindings(
  properties: Property<unknown>,
  { config }: RuleContext,
  judge: (grant: PathGrant) => string | undefined,
): Finding[] {
  const typed = properties as Property<VaultPolicy>;
  const policy = typed.get("policy");
  const excused = Array.isArray(config.excused) ? config.excused : [];
  const text = policy.text();
  const named = typed.get("name").text();
  if (typeof named === "string" && excused.includes(named)) return [];
  if (text === UNKNOWN) return [undecided(policy)];
  if (text === undefined) return [fail(policy, "is no text")];
  const grants = readVaultPolicy(text);
  if (grants === undefined) return [fail(policy, "cannot be read as HCL or JSON")];
  const findings = grants.flatMap((grant, index) => {
    const word = grant.capabilities.length === 0 ? undefined : judge(grant);
    return word === undefined ? [] : [fail(`policy, path ${index + 1}`, word)];
  });
  const open = named === UNKNOWN && excused.length > 0;
  return open
    ? findings.map(({ path }) =>
        undecided(path, "whether the policy is one of administrators is known only after deployment"),
      )
    : findings;
}

const writing = ["create", "update", "patch", "delete", "sudo", "root"];

export function canWrite({ capabilities }: PathGrant): boolean {
  return capabilities.some((capability) => writing.includes(capability));
}

/** Whether a path of a policy matches something at or below `area`. */
export function reaches({ path }: PathGrant, area: string): boolean {
  const open = path.endsWith("*");
  const own = (open ? path.slice(0, -1) : path).split("/");
  const wanted = area.split("/");
  for (const [index, segment] of wanted.entries()) {
    const mine = own[index];
    if (mine === undefined) return false;
    if (open && index === own.length - 1) return segment.startsWith(mine);
    if (mine !== "+" && mine !== segment) return false;
  }
  return true;
}
