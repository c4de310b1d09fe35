import { argument } from "../../../kit/bucket-aspects";
import { forbidFlag } from "../../../kit/kubernetes/pod-security";
import {
  CONFIDENTIAL_CONFIG,
  groupExample,
  isConfidential,
  MACHINE_TYPES,
  type Machine,
  machineFindings,
  templatedExample,
} from "../../../kit/node-machines";
import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type Finding, fail, rule, type StackFinding, undecided } from "../../../kit/rule";

const metadataOptions = { httpTokens: "required", httpPutResponseHopLimit: 1 };
const labels = { "gabion.dev/attestation": "enclave" };
const confidential = (template: Record<string, Plain>, group: Record<string, Plain> = {}) =>
  templatedExample({ metadataOptions, ...template }, { labels, ...group });

export const confidentialMemory = rule({
  id: "ml-06-confidential-memory",
  title: "Memory and credentials of nodes for confidential work stay on the node",
  severity: "high",
  rationale:
    "Hibernation writes memory to a volume, a spot instance is taken back at any time, nested machines see what their host sees, and instance metadata gives the node's credentials to any pod.",
  remediation:
    'In the launch template set metadataOptions with httpTokens "required" and httpPutResponseHopLimit 1, and no hibernationOptions, instanceMarketOptions or nested virtualisation; in the NodeGroup capacityType ON_DEMAND.',
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-28(1)" },
    { framework: "NIST 800-53r5", control: "CM-6" },
    { framework: "ISO 27001:2022", control: "A.8.9" },
    { framework: "NIST AI RMF 1.0", control: "MANAGE 2.4" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0055" },
    { framework: "OWASP AISVS 1.0", control: "C4.2.2" },
  ],
  config: CONFIDENTIAL_CONFIG,
  checks: {},
  observes: MACHINE_TYPES,
  stack: (index, { config }) => machineFindings(index, (machine) => isConfidential(machine, config), memoryFindings),
  examples: [
    { title: "metadata by tokens, within one hop", verdict: "pass", resources: confidential({}) },
    {
      title: "no metadata at all",
      verdict: "pass",
      resources: confidential({ metadataOptions: { httpEndpoint: "disabled" } }),
    },
    {
      title: "hibernation in a pool for other work",
      verdict: "pass",
      resources: templatedExample({ hibernationOptions: { configured: true } }),
    },
    {
      title: "nothing said of metadata: the image decides",
      verdict: "fail",
      absent: true,
      resources: [groupExample({ labels })],
    },
    {
      title: "two hops",
      verdict: "fail",
      resources: confidential({ metadataOptions: { ...metadataOptions, httpPutResponseHopLimit: 2 } }),
    },
    {
      title: "metadata without tokens",
      verdict: "fail",
      resources: confidential({ metadataOptions: { ...metadataOptions, httpTokens: "optional" } }),
    },
    { title: "hibernation", verdict: "fail", resources: confidential({ hibernationOptions: { configured: true } }) },
    {
      title: "spot by the template",
      verdict: "fail",
      resources: confidential({ instanceMarketOptions: { marketType: "spot" } }),
    },
    { title: "spot by the node group", verdict: "fail", resources: confidential({}, { capacityType: "SPOT" }) },
    {
      title: "machines within the machine",
      verdict: "fail",
      resources: confidential({ cpuOptions: { nestedVirtualization: "enabled" } }),
    },
    {
      title: "an instance of its own",
      verdict: "fail",
      resources: [
        {
          type: "aws:ec2/instance:Instance",
          name: "opener",
          properties: { hibernation: true, metadataOptions, tags: { "gabion:tier": "confidential" } },
        },
      ],
    },
    {
      title: "hop limit known only later",
      verdict: "undecided",
      resources: confidential({ metadataOptions: UNKNOWN }),
    },
  ],
});

function memoryFindings(machine: Machine): StackFinding[] {
  const capacity = forbid(argument(machine.properties, "capacityType"), "SPOT", "is SPOT").map((finding) => ({
    ...finding,
    resource: machine.resource,
  }));
  const own = machine.specifications.flatMap(({ resource, properties }) =>
    specificationFindings(properties).map((finding) => ({ ...finding, resource })),
  );
  if (machine.specifications.length > 0) return [...capacity, ...own];
  const text = "no launch template holds metadata to tokens and one hop";
  const missing = machine.hasForeignTemplate ? undecided("", `${text}, for sure`) : fail("", text);
  return [...capacity, { ...missing, resource: machine.resource }];
}

function specificationFindings(properties: Property<unknown>): Finding[] {
  const market = argument(argument(properties, "instanceMarketOptions"), "marketType");
  const nested = argument(argument(properties, "cpuOptions"), "nestedVirtualization");
  const hibernation = [
    argument(argument(properties, "hibernationOptions"), "configured"),
    argument(properties, "hibernation"),
  ];
  return [
    ...forbid(market, "spot", "is spot"),
    ...forbid(nested, "enabled", "lets machines run within the machine"),
    ...hibernation.flatMap((place) => forbidFlag(place, "writes memory to a volume")),
    ...metadataFindings(argument(properties, "metadataOptions")),
  ];
}

function metadataFindings(options: Property<unknown>): Finding[] {
  if (argument(options, "httpEndpoint").text() === "disabled") return [];
  const tokens = argument(options, "httpTokens");
  const hops = argument(options, "httpPutResponseHopLimit");
  const limit = hops.number();
  const findings: Finding[] = [];
  if (tokens.text() === UNKNOWN) findings.push(undecided(tokens));
  else if (tokens.text() !== "required") findings.push(fail(tokens, "is not required"));
  if (limit === UNKNOWN) findings.push(undecided(hops));
  else if (limit !== 1)
    findings.push(fail(hops, limit === undefined ? "is not set to 1" : "reaches further than the node"));
  return findings;
}

function forbid(place: Property<unknown>, wrong: string, otherwise: string): Finding[] {
  const value = place.text();
  if (value === UNKNOWN) return [undecided(place)];
  return value?.toLowerCase() === wrong.toLowerCase() ? [fail(place, otherwise)] : [];
}
