import { type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, rule, undecided } from "../../../kit/rule";
import { exampleOf } from "../../../kit/store-examples";
import { scriptFindings } from "../../../kit/user-data";

const notebookType = "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration";
const studioType = "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig";
const notebook = exampleOf(notebookType, "research");
const studio = exampleOf(studioType, "research");
const base64 = (line: string) => Buffer.from(`#!/bin/bash\n${line}\n`).toString("base64");

export const lifecycleNoSecrets = rule({
  id: "aws-sagemaker-lifecycle-no-secrets",
  title: "Lifecycle scripts of notebooks hold no secret",
  severity: "high",
  rationale: "Everyone who may describe the configuration or read the stack's state has the secret then, in base64.",
  remediation: "Keep the secret in Secrets Manager, and let the script read it with the notebook's role.",
  mappings: [
    { framework: "NIST 800-53r5", control: "IA-5(7)" },
    { framework: "ISO 27001:2022", control: "A.5.17" },
    { framework: "AWS AI Security Framework", control: "AISF-DATA-05" },
  ],
  checks: {
    [notebookType]: ({ properties }) =>
      [properties.get("onCreate"), properties.get("onStart")].flatMap(lifecycleFindings),
    [studioType]: ({ properties }) => lifecycleFindings(properties.get("studioLifecycleConfigContent")),
  },
  examples: [
    {
      title: "a secret by its name",
      verdict: "pass",
      resources: notebook({
        onStart: base64("aws secretsmanager get-secret-value --secret-id research > /run/secret"),
      }),
    },
    { title: "no scripts", verdict: "pass", absent: true, resources: notebook({ name: "research" }) },
    {
      title: "a password",
      verdict: "fail",
      resources: notebook({ onCreate: base64("export DB_PASSWORD='correct horse'") }),
    },
    {
      title: "an access key, in a script of Studio",
      verdict: "fail",
      resources: studio({
        studioLifecycleConfigAppType: "JupyterLab",
        studioLifecycleConfigContent: base64("aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE"),
      }),
    },
    { title: "script known only later", verdict: "undecided", resources: notebook({ onStart: UNKNOWN }) },
  ],
});

function lifecycleFindings(script: Property<unknown>): Finding[] {
  return script.isUnknown ? [undecided(script)] : scriptFindings(script);
}
