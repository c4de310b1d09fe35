import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AWS_DNS_NAMES, dnsDomains, hostPatternProblems, matchesHost } from "../../../knowledge/network/names";

const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?$/);
const domain = fc
  .tuple(label, fc.constantFrom("example", "acme-corp"), fc.constantFrom("org", "net"))
  .map((parts) => parts.join("."));
const reasons = (names: unknown[]) => hostPatternProblems(names as string[], "names").map(({ reason }) => reason);

describe("matchesHost", () => {
  it("lets through the name itself, and with a leading dot all below it and nothing beside it", () => {
    fc.assert(
      fc.property(domain, label, (host, below) => {
        expect(matchesHost(host, host.toUpperCase())).toBe(true);
        expect(matchesHost(host, `${below}.${host}`)).toBe(false);
        expect(matchesHost(`.${host}`, host)).toBe(true);
        expect(matchesHost(`.${host}`, `${below}.${host}`)).toBe(true);
        expect(matchesHost(`.${host}`, `${below}${host}`)).toBe(false);
        expect(matchesHost(`.${host}`, `${host}.evil.org`)).toBe(false);
      }),
    );
  });

  it("is what the domains of DNS Firewall say, which leave the name itself out of a wildcard", () => {
    const resolves = (domains: string[], host: string) =>
      domains.some((one) => (one.startsWith("*.") ? host.endsWith(one.slice(1)) : host === one));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), domain), { maxLength: 5 }), domain, label, (list, host, below) => {
        const names = list.map(([wide, name]) => (wide ? `.${name}` : name));
        for (const asked of [host, `${below}.${host}`]) {
          expect(resolves(dnsDomains(names), asked)).toBe(names.some((name) => matchesHost(name, asked)));
        }
      }),
    );
  });
});

describe("hostPatternProblems", () => {
  it("takes names, and wildcards over a domain of somebody's own", () => {
    expect(reasons(["pypi.org", ".huggingface.co", "files.pythonhosted.org", "my-bucket.s3.amazonaws.com"])).toEqual(
      [],
    );
    expect(reasons([...AWS_DNS_NAMES].filter((name) => name === ".in-addr.arpa"))).toEqual([]);
  });

  it.each([
    ["", "it is no host name"],
    ["*", "it lets everything through"],
    ["*.", "it lets everything through"],
    [".", "it is no full host name"],
    ["*.pypi.org", "a wildcard is written as a leading dot"],
    ["org", "it is no full host name"],
    [".org", "it is no full host name"],
    ["pypi..org", "it is no full host name"],
    ["pypi.org.", "it is no full host name"],
    ["https://pypi.org", "the firewall sees host names alone, no scheme, port or path"],
    ["pypi.org:443", "the firewall sees host names alone, no scheme, port or path"],
    ["203.0.113.7", "it is an address, and the firewall lets traffic through by name"],
    ["2001:db8::1", "it is an address, and the firewall lets traffic through by name"],
    ["PyPI.org", "names are compared in lower case"],
    [".co.uk", "all of a country's domains lie below it"],
    [".amazonaws.com", "everybody can get a host name below amazonaws.com"],
    [".s3.eu-central-1.amazonaws.com", "everybody can get a host name below amazonaws.com"],
    [".windows.net", "everybody can get a host name below blob.core.windows.net"],
    [".github.io", "everybody can get a host name below github.io"],
    ["s3.amazonaws.com", "the buckets of everybody are reached through it"],
    ["s3.eu-central-1.amazonaws.com", "the buckets of everybody are reached through it"],
    ["s3.dualstack.eu-central-1.amazonaws.com", "the buckets of everybody are reached through it"],
    ["storage.googleapis.com", "the buckets of everybody are reached through it"],
  ])("refuses %j: %s", (name, reason) => {
    expect(reasons([name])).toEqual([reason]);
  });

  it("finds what is named twice or lies below another name, and nothing else", () => {
    expect(
      hostPatternProblems(["pypi.org", "pypi.org", ".a.org", "b.a.org", ".b.a.org", "a.org"], "names"),
    ).toMatchObject([
      { path: "names[1]", reason: "it is named twice" },
      { path: "names[3]", reason: '".a.org" lets it through already' },
      { path: "names[4]", reason: '".a.org" lets it through already' },
      { path: "names[5]", reason: '".a.org" lets it through already' },
    ]);
    expect(reasons(["a.org", "b.a.org"])).toEqual([]);
  });

  it("never lets a bare wildcard, an address or a shared suffix pass, whatever is around it", () => {
    const bad = fc.constantFrom(
      "*",
      "*.",
      ".",
      ".com",
      ".cloudfront.net",
      ".run.app",
      "10.0.0.1",
      ".eu-west-1.amazonaws.com",
    );
    fc.assert(
      fc.property(fc.uniqueArray(domain, { maxLength: 4 }), bad, fc.nat(), (good, wrong, place) => {
        const names = [...good];
        const at = place % (good.length + 1);
        names.splice(at, 0, wrong);
        expect(hostPatternProblems(names, "names").map(({ path }) => path)).toContain(`names[${at}]`);
      }),
    );
  });
});
