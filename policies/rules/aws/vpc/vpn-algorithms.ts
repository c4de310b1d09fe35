import { WEAK_DH_GROUPS, WEAK_TUNNEL_HASHES } from "gabion-knowledge";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, undecided } from "../../../kit/rule";
import { tunnelChecks, vpnExample } from "../../../kit/vpn-tunnels";

const strong = (more: Record<string, Plain> = {}) => ({
  Phase1IntegrityAlgorithms: ["SHA2-256"],
  Phase2IntegrityAlgorithms: ["SHA2-256"],
  Phase1DhGroupNumbers: [19, 20],
  Phase2DhGroupNumbers: [19, 20],
  ...more,
});

export const vpnAlgorithms = rule({
  id: "aws-vpc-vpn-algorithms",
  title: "Tunnels of a VPN connection accept no broken hashes and no short groups",
  severity: "medium",
  rationale:
    "A tunnel is as strong as the weakest that it accepts: SHA-1 and groups of 1,024 bits are within reach of those who record traffic.",
  remediation:
    "Set tunnelNPhase1IntegrityAlgorithms, tunnelNPhase2IntegrityAlgorithms, tunnelNPhase1DhGroupNumbers and tunnelNPhase2DhGroupNumbers of both tunnels, without SHA1 and the groups 2, 5, 22, 23 and 24.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "NIST 800-53r5", control: "SC-13" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  checks: tunnelChecks((setting) =>
    [1, 2].flatMap((phase) => [
      ...without(setting(`Phase${phase}IntegrityAlgorithms`), WEAK_TUNNEL_HASHES),
      ...without(setting(`Phase${phase}DhGroupNumbers`), WEAK_DH_GROUPS.map(String)),
    ]),
  ),
  examples: [
    { title: "SHA-2 and elliptic curves", verdict: "pass", resources: [vpnExample(strong())] },
    { title: "nothing is said, so everything", verdict: "fail", absent: true, resources: [vpnExample()] },
    { title: "a short group", verdict: "fail", resources: [vpnExample(strong({ Phase2DhGroupNumbers: [2, 19] }))] },
    {
      title: "SHA-1 in one tunnel, beside one known only later",
      verdict: "fail",
      resources: [vpnExample(strong(), { tunnel2Phase1IntegrityAlgorithms: [UNKNOWN, "SHA1"] })],
    },
    {
      title: "groups known only later",
      verdict: "undecided",
      resources: [vpnExample(strong({ Phase1DhGroupNumbers: [UNKNOWN] }))],
    },
  ],
});

/** The words of the message are of the lists here, never of the resource. */
function without(list: Property<unknown>, weak: readonly string[]): Finding[] {
  const { items, complete } = list.items();
  const values = items.map((item) => {
    const number = item.number();
    return typeof number === "number" ? String(number) : item.text();
  });
  const found = weak.filter((word) =>
    values.some((value) => typeof value === "string" && value.toUpperCase() === word),
  );
  if (found.length > 0) return [fail(list, `accepts ${found.join(", ")}`)];
  if (!complete || values.includes(UNKNOWN)) return [undecided(list)];
  return values.length === 0
    ? [fail(list, `is not set, so all that AWS knows is accepted, with ${weak.join(", ")}`)]
    : [];
}
