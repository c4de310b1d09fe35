import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const type = "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults";
const defaults = (properties: Record<string, Plain>): ExampleResource[] => [{ type, name: "metadata", properties }];

export const metadataDefaults = rule({
  id: "aws-ec2-metadata-defaults",
  title: "The account's instances give metadata only to sessions with a token, and not far",
  severity: "high",
  rationale:
    "What a launch does not say about metadata is taken from here; version 1 hands out the role to forged requests.",
  remediation: 'Set httpTokens to "required" and httpPutResponseHopLimit to 1, or to no more than the configured hops.',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.8" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.7" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  config: {
    hops: {
      type: "integer",
      description: "How far an answer may travel at most; 2 reaches containers with a network of their own.",
      default: 2,
      minimum: 1,
      maximum: 64,
    },
  },
  checks: {
    [type]: ({ properties }, { config }) =>
      properties.get("httpEndpoint").text() === "disabled"
        ? []
        : [
            ...tokenFindings(properties.get("httpTokens")),
            ...hopFindings(properties.get("httpPutResponseHopLimit"), config.hops as number),
          ],
  },
  remedies: { [type]: () => ({ httpTokens: "required", httpPutResponseHopLimit: 1 }) },
  examples: [
    {
      title: "tokens, one hop",
      verdict: "pass",
      resources: defaults({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
    },
    {
      title: "tokens, hops as Amazon has them",
      verdict: "pass",
      resources: defaults({ httpTokens: "required", httpPutResponseHopLimit: -1 }),
    },
    { title: "metadata switched off", verdict: "pass", resources: defaults({ httpEndpoint: "disabled" }) },
    { title: "no preference", verdict: "fail", absent: true, resources: defaults({ httpPutResponseHopLimit: 1 }) },
    { title: "tokens optional", verdict: "fail", resources: defaults({ httpTokens: "optional" }) },
    {
      title: "many hops",
      verdict: "fail",
      resources: defaults({ httpTokens: "required", httpPutResponseHopLimit: 5 }),
    },
    { title: "known only later", verdict: "undecided", resources: defaults({ httpTokens: UNKNOWN }) },
  ],
});

function tokenFindings(tokens: Property<string>): Finding[] {
  const value = tokens.text();
  if (value === "required") return [];
  if (value === UNKNOWN) return [undecided(tokens)];
  return [fail(tokens, 'is not "required", so launches that say nothing may answer version 1')];
}

/** Without a preference Amazon allows one hop, or two for images that ask for version 2. */
function hopFindings(hops: Property<number>, most: number): Finding[] {
  const value = hops.number();
  if (value === UNKNOWN) return [undecided(hops)];
  return value !== undefined && value > most ? [fail(hops, `is ${value}, more than ${most}`)] : [];
}
