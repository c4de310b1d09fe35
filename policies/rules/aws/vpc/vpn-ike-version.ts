import { texts } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { fail, rule, undecided } from "../../../kit/rule";
import { tunnelChecks, vpnExample } from "../../../kit/vpn-tunnels";

export const vpnIkeVersion = rule({
  id: "aws-vpc-vpn-ike-version",
  title: "Tunnels of a VPN connection accept IKEv2 alone",
  severity: "medium",
  rationale:
    "IKEv1 is withdrawn: whoever stands in the way can make both sides agree on it, and then attack its weaker exchange.",
  remediation: 'Set tunnel1IkeVersions and tunnel2IkeVersions to ["ikev2"]; without them AWS accepts both versions.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
  ],
  levels: { baseline: "advisory" },
  checks: tunnelChecks((setting) => {
    const versions = setting("IkeVersions");
    const { values, open } = texts(versions);
    if (values.some((version) => version.toLowerCase() !== "ikev2")) return [fail(versions, "accepts IKEv1")];
    if (open) return [undecided(versions)];
    return values.length === 0 ? [fail(versions, "is not set, so IKEv1 is accepted as well")] : [];
  }),
  examples: [
    { title: "version 2", verdict: "pass", resources: [vpnExample({ IkeVersions: ["ikev2"] })] },
    { title: "nothing is said, so both", verdict: "fail", absent: true, resources: [vpnExample()] },
    { title: "both", verdict: "fail", resources: [vpnExample({ IkeVersions: ["ikev1", "ikev2"] })] },
    { title: "known only later", verdict: "undecided", resources: [vpnExample({ IkeVersions: UNKNOWN })] },
  ],
});
