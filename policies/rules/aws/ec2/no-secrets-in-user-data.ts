import { gzipSync } from "node:zlib";
import { fleetExample, launchChecks, launchExample } from "../../../kit/launches";
import { UNKNOWN } from "../../../kit/property";
import { rule } from "../../../kit/rule";
import { launchScriptFindings, unseenScriptFindings } from "../../../kit/user-data";

const script = (line: string) => `#!/bin/bash\n${line}\n`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const instance = "aws:ec2/instance:Instance";
const configuration = "aws:ec2/launchConfiguration:LaunchConfiguration";

export const noSecretsInUserData = rule({
  id: "aws-ec2-no-secrets-in-user-data",
  title: "User data of instances holds no secret",
  severity: "critical",
  rationale:
    "User data is no secret: every process on the instance can ask for it, and so can who may describe instances or templates.",
  remediation:
    "Put the secret into Secrets Manager or Parameter Store, let the instance's role read it, and name its ARN in the script.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5(7)" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-05" },
  ],
  checks: launchChecks(launchScriptFindings),
  stack: (index, { preview }) => unseenScriptFindings(index, preview),
  examples: [
    {
      title: "a secret by its ARN, read into a variable",
      verdict: "pass",
      resources: launchExample({
        userData: base64(
          script(
            'TOKEN=$(aws secretsmanager get-secret-value --secret-id "$SECRET_ARN")\nDB_PASSWORD=$TOKEN\n' +
              "SECRET_NAME=prod/database\nTOKEN_FILE=/run/token\nsecret: arn:aws:secretsmanager:eu-central-1:1:secret:x",
          ),
        ),
      }),
    },
    {
      title: "sessions with the metadata service",
      verdict: "pass",
      resources: launchExample(
        {
          userData: script(
            'TOKEN=`curl -X PUT "http://169.254.169.254/latest/api/token" -H "X-aws-ec2-metadata-token-ttl-seconds: 21600"`\n' +
              'curl -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/\nhttp_token: required',
          ),
        },
        instance,
      ),
    },
    { title: "no user data", verdict: "pass", absent: true, resources: launchExample({ imageId: "ami-1" }, instance) },
    {
      title: "a password in plain text",
      verdict: "fail",
      resources: launchExample({ userData: script("export DB_PASSWORD='correct horse'") }, instance),
    },
    {
      title: "a password in a file of settings",
      verdict: "fail",
      resources: launchExample(
        { userData: script("cat > app.yaml <<END\n  password: correcthorse\nEND") },
        configuration,
      ),
    },
    {
      title: "an access key in base64",
      verdict: "fail",
      resources: launchExample({
        userData: base64(script(`aws configure set aws_access_key_id AKIA${"A1".repeat(8)}`)),
      }),
    },
    {
      title: "a private key, packed",
      verdict: "fail",
      resources: launchExample(
        {
          userDataBase64: gzipSync(script("cat > key <<END\n-----BEGIN RSA PRIVATE KEY-----\nEND")).toString("base64"),
        },
        instance,
      ),
    },
    {
      title: "a token in a fleet",
      verdict: "fail",
      resources: fleetExample({ userData: script(`huggingface-cli login --token hf_${"aB".repeat(17)}`) }),
    },
    {
      title: "a password in an address",
      verdict: "fail",
      resources: launchExample(
        { userData: script("git clone https://ci:correcthorse@git.example.com/models") },
        instance,
      ),
    },
    {
      title: "a script with a password that is made in the same program",
      verdict: "undecided",
      resources: [
        { type: "random:index/randomPassword:RandomPassword", name: "database", properties: { length: 32 } },
        ...launchExample({ userData: UNKNOWN }).map((launch) => ({
          ...launch,
          dependencies: { userData: ["database"] },
        })),
      ],
    },
    { title: "known only later", verdict: "undecided", resources: launchExample({ userData: UNKNOWN }) },
  ],
});
