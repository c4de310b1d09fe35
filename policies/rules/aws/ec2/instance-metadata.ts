import { foreignTemplateFindings, isLeftToTemplate } from "../../../kit/instance-templates";
import { sharedChecks } from "../../../kit/kubernetes/typed-checks";
import { launchTypes } from "../../../kit/launches";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

interface MetadataOptions {
  httpEndpoint?: string;
  httpTokens?: string;
  httpPutResponseHopLimit?: number;
}

const check = (properties: Property<{ metadataOptions?: unknown }>): Finding[] => {
  // The stack shows whether the template is one that is judged itself.
  if (isLeftToTemplate(properties, "metadataOptions")) return [];
  const { items, complete } = properties.get("metadataOptions").items();
  const options = items[0] as Property<MetadataOptions> | undefined;
  if (!complete) return [undecided(properties.get("metadataOptions"))];
  if (options === undefined)
    return [fail(properties.get("metadataOptions"), "is not set, so sessions without a token may be allowed")];
  const endpoint = options.get("httpEndpoint").text();
  if (endpoint === "disabled") return [];
  const findings: Finding[] = [];
  const tokens = options.get("httpTokens");
  const token = tokens.text();
  if (token === UNKNOWN) findings.push(undecided(tokens));
  else if (token !== "required")
    findings.push(fail(tokens, 'is not "required", so a request forged by a workload is answered'));
  const hops = options.get("httpPutResponseHopLimit");
  const limit = hops.number();
  if (limit === UNKNOWN) findings.push(undecided(hops));
  else if (limit === undefined) findings.push(fail(hops, "is not set, and an image may raise it above 1"));
  else if (limit !== 1) findings.push(fail(hops, `is ${limit}, so pods on the node can take the node's role`));
  return findings;
};

const template = (
  metadataOptions: Record<string, Plain> | undefined,
  type = "aws:ec2/launchTemplate:LaunchTemplate",
): ExampleResource[] => [
  {
    type,
    name: "gpu",
    properties: { imageId: "ami-1", ...(metadataOptions === undefined ? {} : { metadataOptions }) },
  },
];
const instance: ExampleResource = {
  type: "aws:ec2/instance:Instance",
  name: "bastion",
  properties: { launchTemplate: { id: UNKNOWN, version: "3" } },
};

export const instanceMetadata = rule({
  id: "aws-ec2-instance-metadata",
  title: "Instance metadata is given only to sessions with a token, one hop away",
  severity: "high",
  rationale:
    "Version 1 hands the instance's credentials to any forged request, and a hop limit above 1 hands them to every container.",
  remediation: 'Set metadataOptions to httpTokens "required" and httpPutResponseHopLimit 1.',
  mappings: [
    { framework: "AWS FSBP", control: "EC2.8" },
    { framework: "AWS FSBP", control: "AutoScaling.3" },
    { framework: "AWS FSBP", control: "AutoScaling.4" },
    { framework: "CIS AWS Foundations 7.0.0", control: "6.7" },
    { framework: "NIST 800-53r5", control: "AC-6" },
  ],
  deviation: "ec2-instance-metadata",
  checks: sharedChecks(launchTypes, check),
  remedies: Object.fromEntries(launchTypes.map((type) => [type, secureOptions])),
  stack: (index) => foreignTemplateFindings(index, "metadataOptions"),
  examples: [
    {
      title: "tokens required, one hop",
      verdict: "pass",
      resources: template({ httpTokens: "required", httpPutResponseHopLimit: 1, httpEndpoint: "enabled" }),
    },
    { title: "metadata switched off", verdict: "pass", resources: template({ httpEndpoint: "disabled" }) },
    { title: "nothing said", verdict: "fail", absent: true, resources: template(undefined) },
    {
      title: "tokens optional",
      verdict: "fail",
      resources: template({ httpTokens: "optional", httpPutResponseHopLimit: 1 }),
    },
    { title: "two hops", verdict: "fail", resources: template({ httpTokens: "required", httpPutResponseHopLimit: 2 }) },
    {
      title: "an instance that answers version 1",
      verdict: "fail",
      resources: template({ httpTokens: "optional", httpPutResponseHopLimit: 1 }, "aws:ec2/instance:Instance"),
    },
    {
      title: "a spot instance that says nothing",
      verdict: "fail",
      resources: template(undefined, "aws:ec2/spotInstanceRequest:SpotInstanceRequest"),
    },
    {
      title: "a launch configuration that lets metadata travel",
      verdict: "fail",
      resources: template(
        { httpTokens: "required", httpPutResponseHopLimit: 3 },
        "aws:ec2/launchConfiguration:LaunchConfiguration",
      ),
    },
    {
      title: "an instance of a template that requires tokens",
      verdict: "pass",
      resources: [
        ...template({ httpTokens: "required", httpPutResponseHopLimit: 1 }),
        { ...instance, dependencies: { launchTemplate: ["gpu"] } },
      ],
    },
    { title: "an instance of a template from elsewhere", verdict: "undecided", resources: [instance] },
    {
      title: "tokens known only later",
      verdict: "undecided",
      resources: template({ httpTokens: UNKNOWN, httpPutResponseHopLimit: 1 }),
    },
  ],
});

/** The options as they are, with tokens required and one hop. */
function secureOptions({ properties }: { properties: Property<{ metadataOptions?: unknown }> }) {
  const given = properties.get("metadataOptions").items();
  const options = given.items[0]?.raw();
  if (!given.complete || options === UNKNOWN) return undefined;
  const own = typeof options === "object" && options !== null && !Array.isArray(options) ? options : {};
  return { metadataOptions: { ...own, httpTokens: "required", httpPutResponseHopLimit: 1 } };
}
