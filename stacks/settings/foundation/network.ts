import { hostPatternProblems, isZone, LONGEST_NETWORK_PREFIX, privateNetworkProblems } from "gabion-knowledge";
import type { Guards } from "../controls/guarded";
import { choice, group, list, text } from "../field";
import { type Finding, firstFinding } from "../problem";

/** The private network. */
export function networkField({ watched }: Guards) {
  return group(
    { description: "The private network." },
    {
      cidr: text(
        {
          description: "The IPv4 block of the VPC. Every zone gets an eighth of it, so that zones can be added later.",
          allowed: `a private IPv4 block of /16 to /${LONGEST_NETWORK_PREFIX}`,
          example: "10.20.0.0/16",
        },
        networkFinding,
      ),
      zones: list(
        {
          description: "The Availability Zones. Append to the list; another order moves subnets.",
          allowed: "a list of 2 to 6 zones of the Region, each once",
          example: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
        },
        text(
          {
            description: "An Availability Zone.",
            allowed: "a zone of the Region, by name or by id",
            example: "eu-central-1a",
          },
          zoneFinding,
        ),
        { min: 2, max: 6 },
      ),
      podCidr: text(
        {
          description:
            "A second block of the VPC for pods alone. Every zone gets an eighth of it. Without it pods have addresses of the nodes' subnets.",
          allowed: "an IPv4 block of /16 to /25 inside 100.64.0.0/10",
          example: "100.64.0.0/16",
        },
        podFinding,
      ).optional(),
      egress: watched(
        "network-egress",
        group(
          {
            description:
              "Lets workloads reach hosts on the internet that are named here, through a firewall in each zone. Leave it out: there is no way out.",
            allowed: "absent, or a group with the setting allowedNames",
          },
          {
            allowedNames: list(
              {
                description:
                  "The names that workloads may reach over TLS (by SNI) or HTTP (by Host), and resolve: pypi.org that name alone, .pypi.org all below it as well.",
                allowed: "a list of 1 to 200 names of hosts",
                example: ["pypi.org"],
              },
              text(
                {
                  description: "A name that workloads may reach.",
                  allowed: "the name of a host; with a dot in front all names below it as well",
                  example: "pypi.org",
                },
                hostFinding,
              ),
              { min: 1, max: 200 },
            ),
          },
        ),
      ).optional(),
    },
  );
}

/** What is done about traffic that is not encrypted in transit. */
export function encryptionControlField({ guarded }: Guards) {
  return guarded(
    "network-encryption",
    choice(
      {
        description:
          "What VPC Encryption Control does about traffic that is not encrypted in transit: say so in the flow logs (monitor), or refuse resources that would send it (enforce).",
      },
      ["monitor", "enforce"],
    ),
  );
}

/** What workloads may resolve. */
export function dnsFirewallField({ guarded }: Guards) {
  return guarded(
    "dns-firewall",
    choice(
      {
        description:
          "What workloads may resolve: AWS's own names and those of network.egress alone (allow-list), or all but tunnels and generated names (block-list).",
      },
      ["block-list", "allow-list"],
    ),
  );
}

// Which zones there are makes no difference to the block: each gets the same part of it.
function networkFinding(value: string): Finding | undefined {
  const problems = privateNetworkProblems(value, ["eu-central-1a", "eu-central-1b"]);
  return firstFinding(problems.filter(({ path }) => path === "cidr"));
}

function zoneFinding(value: string): Finding | undefined {
  if (isZone(value)) return undefined;
  return {
    reason: "it is not an Availability Zone",
    remedy: 'Write a name ("eu-central-1a") or an id ("euc1-az1")',
  };
}

function podFinding(value: string): Finding | undefined {
  const zones = ["eu-central-1a", "eu-central-1b"];
  const problems = privateNetworkProblems("10.0.0.0/16", zones, { podCidr: value });
  return firstFinding(problems.filter(({ path }) => path === "podCidr"));
}

function hostFinding(value: string): Finding | undefined {
  return firstFinding(hostPatternProblems([value], "name"));
}
