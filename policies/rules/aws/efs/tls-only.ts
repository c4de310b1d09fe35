import { companionFindings } from "../../../kit/companions";
import { type Plain, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, rule } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";
import { requireTlsFor } from "../../../kit/tls-policy";

const fileType = "aws:efs/fileSystem:FileSystem";
const policyType = "aws:efs/fileSystemPolicy:FileSystemPolicy";
const files = exampleOf(fileType, "home");
const policy = (document: Plain): ExampleResource => ({
  type: policyType,
  name: "home",
  properties: { fileSystemId: UNKNOWN, policy: document },
  dependencies: { fileSystemId: ["home"] },
});
const deny = (statement: object) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
        ...statement,
      },
    ],
  });

export const efsTlsOnly = rule({
  id: "aws-efs-tls-only",
  title: "File systems of EFS refuse clients without TLS",
  severity: "medium",
  rationale: "NFS itself is clear text: files, and with them models and data, can be read on the way.",
  remediation:
    'Add a FileSystemPolicy that denies "*" to everyone where aws:SecureTransport is "false", and mount with TLS.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-8" },
    { framework: "NIST 800-53r5", control: "SC-8(1)" },
  ],
  levels: { baseline: "advisory" },
  checks: {
    [policyType]: ({ properties }) => requireTlsFor(properties.get("policy"), "elasticfilesystem:ClientMount"),
  },
  observes: [fileType],
  stack: (index) =>
    index.ofType(fileType).flatMap((owner) =>
      companionFindings(index, owner, {
        types: [policyType],
        property: "fileSystemId",
        identifiers: ["id"],
        missing: "the file system has no FileSystemPolicy",
      }),
    ),
  examples: [
    { title: "refused without TLS", verdict: "pass", resources: [...files(), policy(deny({}))] },
    { title: "no policy", verdict: "fail", absent: true, resources: files() },
    {
      title: "refused for one action that mounts nothing",
      verdict: "fail",
      resources: [...files(), policy(deny({ Action: "elasticfilesystem:DescribeFileSystems" }))],
    },
    {
      title: "refused where TLS is used",
      verdict: "fail",
      resources: [...files(), policy(deny({ Condition: { Bool: { "aws:SecureTransport": "true" } } }))],
    },
    { title: "policy known only later", verdict: "undecided", resources: [...files(), policy(UNKNOWN)] },
  ],
});
