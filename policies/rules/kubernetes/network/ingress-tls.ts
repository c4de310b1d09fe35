import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const certificate = "alb.ingress.kubernetes.io/certificate-arn";
const ports = "alb.ingress.kubernetes.io/listen-ports";
const redirect = "alb.ingress.kubernetes.io/ssl-redirect";
const ingress = (spec: Record<string, Plain>, annotations?: Plain): ExampleResource[] => [
  {
    type: "kubernetes:networking.k8s.io/v1:Ingress",
    name: "gateway",
    properties: {
      metadata: { name: "gateway", namespace: "serving", ...(annotations === undefined ? {} : { annotations }) },
      spec,
    },
  },
];
const rules = [{ host: "models.example.org" }];

export const ingressTls = rule({
  id: "k8s-network-ingress-tls",
  title: "Every Ingress is reached with TLS, and with nothing else",
  severity: "high",
  rationale: "Prompts, predictions and tokens are readable on the way, and anybody on it can change them.",
  remediation: `Set spec.tls, or for an Application Load Balancer ${certificate}, and ${redirect} where it also listens for HTTP.`,
  mappings: [
    { framework: "CIS EKS 1.8.0", control: "5.4.5" },
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
  ],
  checks: {
    "kubernetes:networking.k8s.io/v1:Ingress": ({ properties }): Finding[] => {
      const annotations = properties.get("metadata").get("annotations");
      const tls = properties.get("spec").get("tls");
      const listening = annotations.entry(ports);
      const plain = plainFindings(listening, annotations.entry(redirect));
      const given = annotations.entry(certificate);
      const listed = listening.text();
      const secured =
        tls.items().items.length > 0 ||
        (!given.isAbsent && !given.isBelowUnknown) ||
        (typeof listed === "string" && listed.includes("HTTPS"));
      if (secured) return plain;
      const open = tls.isUnknown || annotations.isUnknown || listed === UNKNOWN;
      return [...plain, open ? undecided(tls) : fail(tls, "is not set, and no annotation names a certificate")];
    },
  },
  examples: [
    {
      title: "a certificate in a secret",
      verdict: "pass",
      resources: ingress({ rules, tls: [{ secretName: "models" }] }),
    },
    {
      title: "a certificate of AWS's",
      verdict: "pass",
      resources: ingress({ rules }, { [certificate]: UNKNOWN, [ports]: '[{"HTTPS":443}]' }),
    },
    {
      title: "HTTP that is sent on to HTTPS",
      verdict: "pass",
      resources: ingress(
        { rules },
        { [certificate]: "arn:c", [ports]: '[{"HTTP":80},{"HTTPS":443}]', [redirect]: "443" },
      ),
    },
    { title: "no certificate", verdict: "fail", absent: true, resources: ingress({ rules }) },
    {
      title: "HTTP beside HTTPS",
      verdict: "fail",
      resources: ingress({ rules }, { [certificate]: "arn:c", [ports]: '[{"HTTP":80},{"HTTPS":443}]' }),
    },
    { title: "annotations known only later", verdict: "undecided", resources: ingress({ rules }, UNKNOWN) },
  ],
});

function plainFindings(listening: Property<string>, redirected: Property<string>): Finding[] {
  const listed = listening.text();
  if (listed === UNKNOWN) return redirected.isUnknown || redirected.isAbsent ? [undecided(listening)] : [];
  if (listed === undefined || !/HTTP["']/.test(listed) || redirected.text() !== undefined) {
    return redirected.isUnknown && listed !== undefined && /HTTP["']/.test(listed) ? [undecided(redirected)] : [];
  }
  return [fail(listening, "takes HTTP and does not send it on to HTTPS")];
}
