import { classicExample, classicType } from "../../../kit/balancers";
import { eachItem } from "../../../kit/checks";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface ClassicListener {
  lbProtocol?: string;
  sslCertificateId?: string;
}

const listening = (sslCertificateId?: Plain, lbProtocol: Plain = "HTTPS"): ExampleResource =>
  classicExample({
    listeners: [
      { instancePort: 8080, lbPort: 443, lbProtocol, ...(sslCertificateId === undefined ? {} : { sslCertificateId }) },
    ],
  });

export const classicCertificate = rule({
  id: "aws-elb-classic-certificate",
  title: "Classic load balancers take their certificates from Certificate Manager",
  severity: "low",
  rationale:
    "A certificate that somebody uploaded is renewed by hand, too late, and its private key has been on a disk before.",
  remediation: "Set sslCertificateId of each listener to the ARN of a certificate of ACM.",
  mappings: [
    { framework: "AWS FSBP", control: "ELB.2" },
    { framework: "NIST 800-53r5", control: "SC-12" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [classicType]: ({ properties }) => listenerFindings(properties).filter(({ verdict }) => verdict === "fail"),
  },
  stack: (index) =>
    index.ofType(classicType).flatMap((balancer) => {
      const sources = (balancer.sources.listeners ?? []).map((urn) => index.find(urn)?.type ?? "");
      const isOfManager = sources.some((type) => type.startsWith("aws:acm/"));
      if (isOfManager && !sources.includes("aws:iam/serverCertificate:ServerCertificate")) return [];
      const open = listenerFindings(balancer.inputs ?? balancer.properties);
      return open
        .filter(({ verdict }) => verdict === "undecided")
        .map((finding) => ({ ...finding, resource: balancer }));
    }),
  examples: [
    {
      title: "a certificate of ACM",
      verdict: "pass",
      resources: [listening("arn:aws:acm:eu-central-1:111122223333:certificate/1")],
    },
    {
      title: "a certificate of the same program",
      verdict: "pass",
      resources: [
        { type: "aws:acm/certificate:Certificate", name: "own", properties: { domainName: "models.example.com" } },
        { ...listening(UNKNOWN), dependencies: { listeners: ["own"] } },
      ],
    },
    { title: "HTTP, which has none", verdict: "pass", resources: [listening(undefined, "HTTP")] },
    {
      title: "a certificate that was uploaded to IAM",
      verdict: "fail",
      resources: [listening("arn:aws:iam::111122223333:server-certificate/models")],
    },
    { title: "no certificate", verdict: "fail", absent: true, resources: [listening()] },
    { title: "known only later", verdict: "undecided", resources: [listening(UNKNOWN)] },
  ],
});

function listenerFindings(properties: Property<unknown>): Finding[] {
  const listeners = (properties as Property<{ listeners?: ClassicListener[] }>).get("listeners");
  return eachItem(listeners, (item) => certificateFindings(item));
}

function certificateFindings(listener: Property<ClassicListener>): Finding[] {
  const protocol = listener.get("lbProtocol").text();
  if (typeof protocol === "string" && !["HTTPS", "SSL"].includes(protocol.toUpperCase())) return [];
  const certificate = listener.get("sslCertificateId");
  const arn = certificate.text();
  if (typeof arn === "string" && /^arn:[a-z-]+:acm:/.test(arn)) return [];
  if (protocol === undefined && arn === undefined) return [];
  if (arn === UNKNOWN || protocol === UNKNOWN) return [undecided(certificate)];
  return [fail(certificate, arn === undefined ? "is not set" : "is no certificate of ACM")];
}
