import { describe, expect, it } from "vitest";
import { secretsIn } from "../../knowledge/secret-texts";

const assignment = "a password or key in an assignment";
const letters = "aB3".repeat(20);

describe("secretsIn", () => {
  it.each([
    ["an access key of AWS", `AKIA${"A1".repeat(8)}`],
    ["a private key", "-----BEGIN OPENSSH PRIVATE KEY-----"],
    ["a private key", "-----BEGIN PRIVATE KEY-----"],
    ["a token of a code host", `curl -H "Authorization: token ghp_${letters.slice(0, 36)}"`],
    ["a token of a code host", `glpat-${letters.slice(0, 20)}`],
    ["a token of a model hub or provider", `hf_${letters.slice(0, 34)}`],
    ["a token of a chat", "xoxb-123456789012-abcdef"],
    ["a token of Vault", `hvs.${letters.slice(0, 24)}`],
    ["a signed token", `eyJ${letters}.eyJ${letters}.${letters}`],
    ["a password in an address", "postgres://app:correcthorse@db.internal:5432/app"],
    [assignment, "PASSWORD=correcthorse"],
    [assignment, "export db_password='correct horse $1'"],
    [assignment, 'aws_secret_access_key = "correct/horse+battery"'],
    [assignment, '{"api_key": "correcthorse", "region": "eu"}'],
    [assignment, "mysql --password=correcthorse app"],
    [assignment, "users:\n  - name: ada\n    passwd: correcthorse\n"],
  ])("finds %s", (kind, text) => {
    expect(secretsIn(text)).toContain(kind);
  });

  it.each([
    "PASSWORD=$DB_PASSWORD",
    'TOKEN="$(aws sts get-session-token)"',
    "TOKEN=`curl -s http://169.254.169.254/latest/api/token`",
    "SECRET_NAME=production/database",
    "secret=arn:aws:secretsmanager:eu-central-1:111122223333:secret:app",
    "token=/var/run/secrets/token",
    "http_tokens: required",
    "metadata-token: optional",
    "password: {{ vault.password }}",
    "# the password: ask whoever owns the service",
    "token: <your token here>",
    "X-aws-ec2-metadata-token-ttl-seconds: 21600",
    "https://host.example.com:8443/path@2",
    "-----BEGIN CERTIFICATE-----",
    "AKIA",
  ])("finds nothing in %s", (text) => {
    expect(secretsIn(text)).toEqual([]);
  });

  it("takes no longer than it needs for long texts", () => {
    const start = performance.now();
    for (const text of ["password".repeat(4000), "a.".repeat(20_000), "eyJ".repeat(10_000), " ".repeat(40_000)]) {
      expect(secretsIn(text)).toEqual([]);
    }
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
