import { type Plain, type Property, UNKNOWN } from "../../../kit/property";
import { type ExampleResource, type Finding, fail, rule, undecided } from "../../../kit/rule";

const provider = (properties: Record<string, Plain>): ExampleResource[] => [
  { type: "pulumi:providers:aws", name: "aws", properties: { region: "eu-central-1", ...properties } },
];
const tags = { "gabion:owner": "ml", "gabion:environment": "prod", "gabion:data-class": "restricted" };

export const ownedResources = rule({
  id: "ml-42-owned-resources",
  title: "Every resource carries who owns it, its stage and the class of its data",
  severity: "low",
  rationale: "Nobody answers for what has no owner, and rules by stage or class of data pass over what says neither.",
  remediation:
    "Give the AWS provider defaultTags with the tags of the configuration, so that no resource can be without.",
  mappings: [
    { framework: "NIST 800-53r5", control: "CM-8" },
    { framework: "ISO 27001:2022", control: "A.5.12" },
    { framework: "NIST AI RMF 1.0", control: "MAP 4.2" },
    { framework: "OWASP AISVS 1.0", control: "C5.2.7" },
  ],
  levels: { baseline: "advisory" },
  config: {
    tags: {
      type: "array",
      description: "Keys of the tags that say the owner, the stage and the class of data",
      items: { type: "string" },
      default: ["gabion:owner", "gabion:environment", "gabion:data-class"],
    },
  },
  checks: {
    "pulumi:providers:aws": ({ properties }, { config }) =>
      tagFindings(properties.get("defaultTags"), [config.tags].flat()),
  },
  examples: [
    { title: "all three", verdict: "pass", resources: provider({ defaultTags: { tags } }) },
    {
      title: "all three, as the text that providers get",
      verdict: "pass",
      resources: provider({ defaultTags: JSON.stringify({ tags }) }),
    },
    { title: "no tags by default", verdict: "fail", absent: true, resources: provider({}) },
    {
      title: "no owner",
      verdict: "fail",
      resources: provider({
        defaultTags: { tags: { "gabion:environment": "prod", "gabion:data-class": "restricted" } },
      }),
    },
    { title: "other names", verdict: "fail", resources: provider({ defaultTags: { tags: { owner: "ml" } } }) },
    {
      title: "names of one's own",
      verdict: "pass",
      config: { tags: ["owner"] },
      resources: provider({ defaultTags: { tags: { owner: "ml" } } }),
    },
    { title: "tags known only later", verdict: "undecided", resources: provider({ defaultTags: { tags: UNKNOWN } }) },
  ],
});

/** What the tags lack. They are an object, or, as the engine hands it to providers, the JSON text of one. */
function tagFindings(property: Property<unknown>, keys: readonly unknown[]): Finding[] {
  const given = parsed(property.raw());
  const held = field(given, "tags");
  if (given === UNKNOWN || held === UNKNOWN) return [undecided(property)];
  return keys.flatMap((key, index) => {
    const value = field(held, String(key));
    const absent = value === undefined || value === null || value === "";
    return absent ? [fail(property, `lacks tag ${index + 1} of the configuration's list`)] : [];
  });
}

function parsed(raw: unknown): unknown {
  if (typeof raw !== "string") return raw;
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  if (value === UNKNOWN) return UNKNOWN;
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
