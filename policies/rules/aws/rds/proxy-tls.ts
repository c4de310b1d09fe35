import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";

const type = "aws:rds/proxy:Proxy";
const proxy = exampleOf(type, "features");

export const rdsProxyTls = rule({
  id: "aws-rds-proxy-tls",
  title: "Proxies of databases refuse connections without TLS",
  severity: "high",
  rationale: "Passwords and data otherwise cross the network in clear text wherever one client forgot to ask for TLS.",
  remediation: "Set requireTls to true on the Proxy.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
  ],
  checks: { [type]: ({ properties }) => requireTrue(properties.get("requireTls")) },
  remedies: { [type]: () => ({ requireTls: true }) },
  examples: [
    { title: "TLS alone", verdict: "pass", resources: proxy({ requireTls: true }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: proxy() },
    { title: "plain connections, too", verdict: "fail", resources: proxy({ requireTls: false }) },
    { title: "known only later", verdict: "undecided", resources: proxy({ requireTls: UNKNOWN }) },
  ],
});
