import { argument } from "../../../kit/bucket-aspects";
import {
  allTypesHave,
  CONFIDENTIAL_CONFIG,
  groupExample,
  isConfidential,
  listOf,
  MACHINE_TYPES,
  type Machine,
  machineFindings,
  namesTier,
  templatedExample,
} from "../../../kit/node-machines";
import { type Property, UNKNOWN } from "../../../kit/property";
import { fail, rule, type StackFinding, undecided } from "../../../kit/rule";
import { every, some, type Ternary } from "../../../kit/statements";

const measuredTiers = ["measured-boot", "attestable-image"];
const labels = { "gabion.dev/attestation": "enclave" };
const enclaves = { enclaveOptions: { enabled: true } };

export const confidentialHardware = rule({
  id: "ml-05-confidential-hardware",
  title: "Nodes for confidential work can prove what they run",
  severity: "high",
  rationale:
    "On a node without enclaves, encrypted memory or measured boot whoever is root reads the weights from memory, and no key can tell such a node from others.",
  remediation:
    "In the launch template set enclaveOptions.enabled, or cpuOptions.amdSevSnp to enabled, or for measured boot give an imageId of your own; take types that have it, for example m7i.2xlarge for enclaves, m6a.2xlarge for SEV-SNP.",
  mappings: [
    { framework: "NIST 800-53r5", control: "SC-3" },
    { framework: "NIST 800-53r5", control: "SC-39" },
    { framework: "ISO 27001:2022", control: "A.8.24" },
    { framework: "NIST AI RMF 1.0", control: "MEASURE 2.7" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0044" },
    { framework: "MITRE ATLAS 5.6.0", control: "T0025" },
    { framework: "OWASP ML Top 10", control: "ML05" },
    { framework: "OWASP AISVS 1.0", control: "C4.1.4" },
    { framework: "OWASP AISVS 1.0", control: "C4.2.2" },
  ],
  config: {
    ...CONFIDENTIAL_CONFIG,
    families: {
      type: "array",
      items: { type: "string" },
      description: "Families of instance types that are allowed. None: those of which it is known that they can do it.",
      default: [],
    },
  },
  checks: {},
  observes: MACHINE_TYPES,
  stack: (index, { config }) =>
    machineFindings(
      index,
      (machine) => isConfidential(machine, config),
      (machine) => provenFindings(machine, config.tierKeys, listOf(config.families)),
    ),
  examples: [
    {
      title: "enclaves on a type that has them",
      verdict: "pass",
      resources: templatedExample({ instanceType: "m7i.2xlarge", ...enclaves }, { labels }),
    },
    {
      title: "AMD SEV-SNP",
      verdict: "pass",
      resources: templatedExample(
        { cpuOptions: { amdSevSnp: "enabled" } },
        { instanceTypes: ["m6a.2xlarge"], labels: { "gabion.dev/attestation": "sev-snp" } },
      ),
    },
    {
      title: "measured boot of an image of one's own",
      verdict: "pass",
      resources: templatedExample(
        { imageId: "ami-0123456789abcdef0", instanceType: "m7i.2xlarge" },
        { labels: { "gabion.dev/attestation": "measured-boot" } },
      ),
    },
    {
      title: "a pool that says it proves nothing",
      verdict: "pass",
      resources: [groupExample({ instanceTypes: ["p5.48xlarge"], labels: { "gabion.dev/attestation": "none" } })],
    },
    {
      title: "no launch template, so no enclaves",
      verdict: "fail",
      absent: true,
      resources: [groupExample({ instanceTypes: ["m7i.2xlarge"], labels })],
    },
    {
      title: "enclaves on a type that has none",
      verdict: "fail",
      resources: templatedExample({ instanceType: "t3.large", ...enclaves }, { labels }),
    },
    {
      title: "measured boot with EKS's own image",
      verdict: "fail",
      resources: templatedExample(
        { instanceType: "m7i.2xlarge" },
        { labels: { "gabion.dev/attestation": "measured-boot" } },
      ),
    },
    {
      title: "a family that the list does not allow",
      verdict: "fail",
      config: { families: ["c7i"] },
      resources: templatedExample({ instanceType: "m7i.2xlarge", ...enclaves }, { labels }),
    },
    {
      title: "enclaves known only later",
      verdict: "undecided",
      resources: templatedExample({ instanceType: "m7i.2xlarge", enclaveOptions: { enabled: UNKNOWN } }, { labels }),
    },
  ],
});

function provenFindings(machine: Machine, tierKeys: unknown, families: readonly string[]): StackFinding[] {
  const measured = some(
    ...[machine, ...machine.specifications].map(({ properties }) => namesTier(properties, tierKeys, measuredTiers)),
  );
  const proven = some(
    ...machine.specifications.flatMap(({ properties }) => [
      every(
        enclavesOn(properties),
        allTypesHave(machine, (facts) => facts.nitroEnclaves, families),
      ),
      every(
        memoryEncrypted(properties),
        allTypesHave(machine, (facts) => facts.sevSnp, families),
      ),
      every(
        measured,
        ownImage(properties),
        allTypesHave(machine, (facts) => facts.nitroTpm, families),
      ),
    ]),
    machine.hasForeignTemplate ? "unknown" : false,
  );
  if (proven === true) return [];
  const text = "neither enclaves, nor SEV-SNP, nor measured boot of an own image, on a type that has it";
  return [{ ...(proven === false ? fail("", text) : undecided("", `${text}, for sure`)), resource: machine.resource }];
}

function enclavesOn(properties: Property<unknown>): Ternary {
  const value = argument(argument(properties, "enclaveOptions"), "enabled").flag();
  return value === UNKNOWN ? "unknown" : value === true;
}

function memoryEncrypted(properties: Property<unknown>): Ternary {
  const value = argument(argument(properties, "cpuOptions"), "amdSevSnp").text();
  return value === UNKNOWN ? "unknown" : value === "enabled";
}

/** An image that is known only later is one all the same. */
function ownImage(properties: Property<unknown>): Ternary {
  const image = argument(properties, "imageId");
  return image.isBelowUnknown ? "unknown" : image.isUnknown || image.text() !== undefined;
}
