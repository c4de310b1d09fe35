import { X509Certificate } from "node:crypto";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";

const pem = (...lines: readonly string[]) =>
  ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
/** Self-signed for example.test, 2020 to 2099. */
const valid = pem(
  "MIIBGDCBvgIBAjAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxleGFtcGxlLnRlc3Qw",
  "IBcNMjAwMTAxMDAwMDAwWhgPMjA5OTEyMzEwMDAwMDBaMBcxFTATBgNVBAMMDGV4",
  "YW1wbGUudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDrefSIo9gog440Z",
  "wU6PO3HezWgk+q4yoY0QGkfnQXWLYy9Sr3QfYBvcKQJMpjEBI2LgFPTQSuo35mVk",
  "P5YW85cwCgYIKoZIzj0EAwIDSQAwRgIhAMphaDOni166Maurrx7n+WMoK8RpYgiQ",
  "2nywtivP8xwcAiEAkmbcmYUN9RGafPlx2Au2La+K8Cqa4kjy/SqUn86qrBA=",
);
/** Self-signed for example.test, 2020 alone. */
const expired = pem(
  "MIIBFTCBvAIBATAKBggqhkjOPQQDAjAXMRUwEwYDVQQDDAxleGFtcGxlLnRlc3Qw",
  "HhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAXMRUwEwYDVQQDDAxleGFt",
  "cGxlLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ63n0iKPYKIOONGcFO",
  "jztx3s1oJPquMqGNEBpH50F1i2MvUq90H2Ab3CkCTKYxASNi4BT00ErqN+ZlZD+W",
  "FvOXMAoGCCqGSM49BAMCA0gAMEUCIQDzsw+4WQpY6k/E+nN90REIysyF5Ai5Kl/q",
  "XbE9RXOR9wIgUg/0LrlupEYJtjwDRCoI1IvSO5XGtoV8MFrbH00zn6k=",
);
const certificate = (certificateBody: Plain): ExampleResource[] => [
  {
    type: "aws:iam/serverCertificate:ServerCertificate",
    name: "web",
    properties: { name: "web", certificateBody },
  },
];

export const serverCertificates = rule({
  id: "aws-iam-server-certificates",
  title: "Certificates that IAM stores have not expired",
  severity: "medium",
  rationale:
    "An expired certificate that is still there gets used by mistake: clients fail, or people learn to pass over the warning.",
  remediation: "Remove the certificate, or use Certificate Manager, which renews by itself.",
  mappings: [
    { framework: "AWS FSBP", control: "IAM.26" },
    { framework: "CIS AWS Foundations 7.0.0", control: "2.17" },
  ],
  config: {
    daysAhead: {
      type: "integer",
      description: "For how many days a certificate must still be valid",
      default: 0,
      minimum: 0,
      maximum: 365,
    },
  },
  checks: {
    "aws:iam/serverCertificate:ServerCertificate": ({ properties }, { config, today }) => {
      const body = properties.get("certificateBody");
      const text = body.text();
      if (text === UNKNOWN) return [undecided(body)];
      if (text === undefined) return [fail(body, "is not set")];
      const end = lastMoment(text);
      if (end === undefined) return [fail(body, "is not a certificate in PEM form")];
      const limit = Date.parse(`${today}T00:00:00Z`) + (config.daysAhead as number) * 86_400_000;
      return end < limit ? [fail(body, "has expired, or expires within the configured days")] : [];
    },
  },
  examples: [
    { title: "a valid certificate", verdict: "pass", resources: certificate(valid) },
    { title: "an expired certificate", verdict: "fail", resources: certificate(expired) },
    {
      title: "a certificate that will have expired",
      verdict: "fail",
      today: "2099-12-01",
      config: { daysAhead: 60 },
      resources: certificate(valid),
    },
    {
      title: "no certificate",
      verdict: "fail",
      absent: true,
      resources: [{ type: "aws:iam/serverCertificate:ServerCertificate", name: "web", properties: { name: "web" } }],
    },
    { title: "a certificate known only later", verdict: "undecided", resources: certificate(UNKNOWN) },
  ],
});

function lastMoment(text: string): number | undefined {
  try {
    return Date.parse(new X509Certificate(text).validTo);
  } catch {
    return undefined;
  }
}
