import { Address4, Address6 } from "ip-address";
import { type Problem, printable } from "../problem";
import { inferred, type Source } from "../source";

/**
 * Host names that a network may reach, in one form for the firewall and for DNS: `pypi.org` is that name alone, `.pypi.org` that name and
 * all below it (Network Firewall Developer Guide, "Stateful domain list rule groups").
 */
export type HostPattern = string;

/** Where the list of shared suffixes comes from. */
export const SHARED_SUFFIX_SOURCE: Source = inferred(
  "private part of the Public Suffix List and the host names that cloud providers give their customers",
  "the well-known ones only: a suffix that is not in it may be shared as well",
);

/** Suffixes under which everybody can get a host name: a wildcard over one lets data out to anybody. */
const sharedSuffixes: readonly string[] = [
  "amazonaws.com",
  "amazonaws.com.cn",
  "amazonaws.eu",
  "api.aws",
  "appspot.com",
  "awsapprunner.com",
  "azureedge.net",
  "azurewebsites.net",
  "b-cdn.net",
  "blob.core.windows.net",
  "cloudapp.net",
  "cloudfront.net",
  "digitaloceanspaces.com",
  "elasticbeanstalk.com",
  "firebaseapp.com",
  "github.io",
  "gitlab.io",
  "googleapis.com",
  "googleusercontent.com",
  "herokuapp.com",
  "netlify.app",
  "ngrok.io",
  "ngrok-free.app",
  "on.aws",
  "pages.dev",
  "r2.cloudflarestorage.com",
  "r2.dev",
  "run.app",
  "trycloudflare.com",
  "vercel.app",
  "web.app",
  "workers.dev",
];

/** AWS hands out names at every depth of these, by service and Region, so that no wildcard below one is anybody's own. */
const sharedAtEveryDepth: readonly string[] = ["amazonaws.com", "amazonaws.com.cn", "amazonaws.eu", "api.aws"];

/** Host names of object stores that carry the buckets of everybody in the path of the request, which no firewall reads. */
const everybodysBuckets =
  /^(s3([.-](dualstack\.)?[a-z0-9-]+)?\.(amazonaws\.com(\.cn)?|amazonaws\.eu)|storage\.googleapis\.com)$/;

/** Registries' own second level: `.co.uk` is as wide as `.com`. */
const secondLevel = /^(ac|co|com|edu|go|gob|gov|gv|mil|ne|net|nom|or|org)\.[a-z]{2}$/;

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What is wrong with the names that an egress firewall or a DNS firewall is to let through. */
export function hostPatternProblems(names: readonly string[], path: string): Problem[] {
  return names.flatMap((name, index) => {
    const at = `${path}[${index}]`;
    const own = formProblem(name, at) ?? widthProblem(name, at);
    if (own !== undefined) return [own];
    const wider = names.find((other, place) => place !== index && patternCovers(other, name, place < index));
    if (wider === undefined) return [];
    const reason = wider === name ? "it is named twice" : `"${wider}" lets it through already`;
    return [{ path: at, found: printable(name), reason, remedy: "Leave it out" }];
  });
}

/** Whether a pattern lets a host name through. */
export function matchesHost(pattern: HostPattern, host: string): boolean {
  const name = host.toLowerCase();
  return pattern.startsWith(".") ? name === pattern.slice(1) || name.endsWith(pattern) : name === pattern;
}

/** The domains of a list of Route 53 Resolver DNS Firewall: there `*.pypi.org` leaves `pypi.org` itself out. Sorted, each once. */
export function dnsDomains(names: readonly HostPattern[]): string[] {
  const domains = names.flatMap((name) => (name.startsWith(".") ? [name.slice(1), `*${name}`] : [name]));
  return [...new Set(domains)].sort();
}

/**
 * What nodes resolve in every network: AWS's own names, those of the VPC, and reverse look-ups. Whoever asks for a name below
 * `amazonaws.com` asks AWS's own name servers, so such a query tells no stranger anything.
 */
export const AWS_DNS_NAMES: readonly HostPattern[] = [".amazonaws.com", ".api.aws", ".in-addr.arpa", ".internal"];

function formProblem(name: string, path: string): Problem | undefined {
  const problem = (reason: string, remedy: string): Problem => ({ path, found: printable(name), reason, remedy });
  if (typeof name !== "string" || name === "") return problem("it is no host name", 'Give one, for example "pypi.org"');
  if (name.includes("*")) {
    const below = name.replace(/^\*\.?/, "");
    return /^\*\.?$/.test(name)
      ? problem("it lets everything through", "Name the hosts that are needed")
      : problem("a wildcard is written as a leading dot", `Write ".${below}" for that name and all below it`);
  }
  if (/^[a-z]+:\/\//i.test(name) || /[/:@?]/.test(name)) {
    if (Address6.isValid(name)) return problem(...addressIsNoName);
    return problem("the firewall sees host names alone, no scheme, port or path", "Give the name of the host");
  }
  if (Address4.isValid(name)) return problem(...addressIsNoName);
  if (name !== name.toLowerCase()) return problem("names are compared in lower case", `Write "${name.toLowerCase()}"`);
  const labels = name.replace(/^\./, "").split(".");
  if (labels.length < 2 || !labels.every((part) => label.test(part)) || name.length > 253) {
    return problem("it is no full host name", 'Give one with its domain, for example "pypi.org" or ".pypi.org"');
  }
  return undefined;
}

const addressIsNoName = [
  "it is an address, and the firewall lets traffic through by name",
  "Give the name of the host, which its certificate holds",
] as const;

function widthProblem(name: string, path: string): Problem | undefined {
  const problem = (reason: string, remedy: string): Problem => ({ path, found: printable(name), reason, remedy });
  if (everybodysBuckets.test(name)) {
    const reason = "the buckets of everybody are reached through it";
    return problem(reason, "Name the bucket's own host, or reach S3 through its endpoint");
  }
  if (!name.startsWith(".")) return undefined;
  const domain = name.slice(1);
  if (secondLevel.test(domain)) return problem("all of a country's domains lie below it", "Name the domain itself");
  const shared = sharedSuffixes.find(
    (suffix) => suffix === domain || (sharedAtEveryDepth.includes(suffix) && domain.endsWith(`.${suffix}`)),
  );
  const above = sharedSuffixes.find((suffix) => suffix.endsWith(name));
  if (shared === undefined && above === undefined) return undefined;
  const reason = `everybody can get a host name below ${shared ?? above}`;
  return problem(reason, "Name the hosts that are needed, one by one");
}

/** Whether `wide` makes `name` needless. Of two equal ones the later is. */
function patternCovers(wide: string, name: string, earlier: boolean): boolean {
  if (wide === name) return earlier;
  return wide.startsWith(".") && matchesHost(wide, name.replace(/^\./, ""));
}
