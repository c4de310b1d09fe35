import { argument } from "../../../kit/bucket-aspects";
import { requireTrue } from "../../../kit/checks";
import { UNKNOWN } from "../../../kit/property";
import { type ExampleResource, fail, rule, undecided } from "../../../kit/rule";
import type { StackResource } from "../../../kit/stack-index";
import { some, type Ternary } from "../../../kit/statements";
import { inputsOf } from "../../../kit/trails";

const recorderType = "aws:cfg/recorder:Recorder";
const statusType = "aws:cfg/recorderStatus:RecorderStatus";
const recorder: ExampleResource = {
  type: recorderType,
  name: "config",
  properties: { name: "default", roleArn: "arn:aws:iam::111122223333:role/config" },
};
const status = (properties: ExampleResource["properties"]): ExampleResource => ({
  type: statusType,
  name: "config",
  properties: { name: "default", ...properties },
});

export const configRecorderOn = rule({
  id: "aws-config-recorder-on",
  title: "AWS Config's recorder is started",
  severity: "medium",
  rationale:
    "A recorder that is made and not started records nothing, and nobody can tell later what was open, and since when.",
  remediation: "Add a RecorderStatus with the recorder's name and isEnabled true.",
  mappings: [
    { framework: "AWS FSBP", control: "Config.1" },
    { framework: "CIS AWS Foundations 7.0.0", control: "4.3" },
    { framework: "NIST 800-53r5", control: "CM-8" },
    { framework: "NIST 800-53r5", control: "CM-3" },
    { framework: "ISO 27001:2022", control: "A.8.9" },
    { framework: "AWS AI Security Framework", control: "AISF-GOV-01" },
  ],
  checks: {
    [statusType]: ({ properties }) => requireTrue(properties.get("isEnabled"), "stops the recorder"),
  },
  remedies: { [statusType]: () => ({ isEnabled: true }) },
  observes: [recorderType],
  stack: (index) =>
    index.ofType(recorderType).flatMap((resource) => {
      const started = some(...index.ofType(statusType).map((item) => isOf(item, resource)));
      if (started === true) return [];
      const text = "no RecorderStatus starts the recorder";
      return [{ ...(started === false ? fail("", text) : undecided("", `${text} for sure`)), resource }];
    }),
  examples: [
    { title: "started", verdict: "pass", resources: [recorder, status({ isEnabled: true })] },
    {
      title: "started by a reference to its name",
      verdict: "pass",
      resources: [recorder, { ...status({ name: UNKNOWN, isEnabled: true }), dependencies: { name: ["config"] } }],
    },
    { title: "never started", verdict: "fail", absent: true, resources: [recorder] },
    { title: "stopped", verdict: "fail", resources: [recorder, status({ isEnabled: false })] },
    {
      title: "another recorder is started",
      verdict: "fail",
      resources: [recorder, status({ name: "other", isEnabled: true })],
    },
    { title: "known only later", verdict: "undecided", resources: [recorder, status({ isEnabled: UNKNOWN })] },
  ],
});

/** An account has one recorder in a Region, so a status that names none is that of the stack's. */
function isOf(status: StackResource, recorder: StackResource): Ternary {
  if ((status.sources.name ?? []).includes(recorder.urn)) return true;
  const [asked, own] = [argument(inputsOf(status), "name").text(), argument(inputsOf(recorder), "name").text()];
  if (asked === undefined || own === undefined) return true;
  return asked === UNKNOWN || own === UNKNOWN ? "unknown" : asked === own;
}
