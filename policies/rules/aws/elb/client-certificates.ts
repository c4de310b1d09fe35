import { type Listener, listenerExample, listenerTypes } from "../../../kit/balancers";
import { requireFalse } from "../../../kit/checks";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";

const listener = (mutualAuthentication: Record<string, Plain>): ExampleResource[] => [
  listenerExample({ port: 443, protocol: "HTTPS", mutualAuthentication }),
];

export const clientCertificates = rule({
  id: "aws-elb-client-certificates",
  title: "Certificates of clients are refused when they have expired",
  severity: "medium",
  rationale:
    "A certificate that never ends is a password that never changes; who took one from an old disk keeps the access.",
  remediation: "Leave mutualAuthentication.ignoreClientCertificateExpiry out, or set it to false.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5(2)" },
    { framework: "NIST 800-53r5", control: "SC-23(5)" },
    { framework: "ISO 27001:2022", control: "A.8.5" },
  ],
  checks: sharedChecks(listenerTypes, (properties: Property<Listener>) =>
    requireFalse(
      properties.get("mutualAuthentication").get("ignoreClientCertificateExpiry"),
      "lets clients in whose certificates have expired",
    ),
  ),
  examples: [
    {
      title: "checked",
      verdict: "pass",
      resources: listener({ mode: "verify", ignoreClientCertificateExpiry: false }),
    },
    { title: "nothing said, which refuses", verdict: "pass", absent: true, resources: listener({ mode: "verify" }) },
    {
      title: "expired ones accepted",
      verdict: "fail",
      resources: listener({ mode: "verify", ignoreClientCertificateExpiry: true }),
    },
    {
      title: "known only later",
      verdict: "undecided",
      resources: listener({ mode: "verify", ignoreClientCertificateExpiry: UNKNOWN }),
    },
  ],
});
