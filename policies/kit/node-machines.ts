import { findInstanceType, type InstanceTypeFacts, isAccelerated } from "gabion-knowledge";
import { argument } from "./bucket-aspects";
import { texts } from "./checks";
import { type Property, UNKNOWN } from "./property";
import type { ResourceType } from "./resource-types";
import type { ConfigProperty, ExampleResource, StackFinding } from "./rule";
import type { StackIndex, StackResource } from "./stack-index";
import { some, type Ternary } from "./statements";

const groupType = "aws:eks/nodeGroup:NodeGroup";
const instanceType = "aws:ec2/instance:Instance";
const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

/** Types whose inputs {@link machinesOf} reads. */
export const MACHINE_TYPES = [groupType, instanceType, templateType] as const satisfies readonly ResourceType[];

type Config = Readonly<Record<string, unknown>>;

/** How machines say that they are for confidential work. */
export const CONFIDENTIAL_CONFIG = {
  tierKeys: {
    type: "array",
    items: { type: "string" },
    description: "Keys of labels and tags that name the tier of nodes.",
    default: ["gabion.dev/attestation", "gabion:attestation-tier", "gabion.dev/tier", "gabion:tier"],
  },
  confidentialTiers: {
    type: "array",
    items: { type: "string" },
    description: "Values of them that mean confidential work.",
    default: ["measured-boot", "attestable-image", "enclave", "sev-snp", "confidential"],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

/** Nodes of a node group, or one instance. */
export interface Machine {
  readonly resource: StackResource;
  readonly properties: Property<unknown>;
  /** What says how an instance starts: the launch template, or the instance itself. */
  readonly specifications: readonly { readonly resource: StackResource; readonly properties: Property<unknown> }[];
  /** Whether there is a launch template that the stack does not show. */
  readonly hasForeignTemplate: boolean;
}

/** All node groups and instances of a stack, with the launch templates that are known to be theirs. */
export function machinesOf(index: StackIndex): Machine[] {
  return index.ofType(groupType, instanceType).map((found): Machine => {
    const resource = found as unknown as StackResource;
    const properties: Property<unknown> = found.inputs ?? found.properties;
    const templates = templatesOf(index, resource, properties);
    const self = resource.type === instanceType ? [{ resource, properties }] : [];
    const given = !argument(properties, "launchTemplate").isAbsent;
    return {
      resource,
      properties,
      specifications: [...templates, ...self],
      hasForeignTemplate: given && templates.length === 0,
    };
  });
}

function templatesOf(index: StackIndex, owner: StackResource, properties: Property<unknown>) {
  const sources = owner.sources.launchTemplate ?? [];
  const [reference = argument(properties, "launchTemplate")] = argument(properties, "launchTemplate").items().items;
  const named = ["id", "name"].flatMap((field) => argument(reference, field).text() ?? []);
  return index.ofType(templateType).flatMap((template) => {
    const own = [template.inputs, template.properties].flatMap((place) =>
      place === undefined ? [] : ["id", "name"].map((field) => place.entry(field).text()),
    );
    const isIt = sources.includes(template.urn) || own.some((name) => typeof name === "string" && named.includes(name));
    const asked: Property<unknown> = template.inputs ?? template.properties;
    return isIt ? [{ resource: template as unknown as StackResource, properties: asked }] : [];
  });
}

/** Names of the instance types of a machine, and whether some are known only later. A node group without any has EKS's own choice. */
export function typesOf(machine: Machine): { readonly values: readonly string[]; readonly open: boolean } {
  const own = texts(argument(machine.properties, "instanceTypes"));
  if (own.values.length > 0 || own.open) return own;
  const read = machine.specifications.map(({ properties }) => argument(properties, "instanceType").text());
  const required = machine.specifications.some(
    ({ properties }) => !argument(properties, "instanceRequirements").isAbsent,
  );
  return {
    values: read.filter((name): name is string => typeof name === "string"),
    open: read.includes(UNKNOWN) || required || machine.hasForeignTemplate,
  };
}

/** Whether some type of a machine has an accelerator. */
export function hasAccelerator(machine: Machine): Ternary {
  const { values, open } = typesOf(machine);
  return some(values.some(isAcceleratedType), open ? "unknown" : false);
}

/** Families that the matrix does not have yet are judged by their letter, which EC2 keeps for accelerators. */
export function isAcceleratedType(name: string): boolean {
  const known = findInstanceType(name);
  return known === undefined ? /^(p|g|gr|inf|trn|dl)\d/.test(name) : isAccelerated(known);
}

/** Whether all types of a machine have a property. Types that are not in the matrix must be of a family of the list. */
export function allTypesHave(
  machine: Machine,
  has: (facts: InstanceTypeFacts) => boolean,
  families: readonly string[],
): Ternary {
  const { values, open } = typesOf(machine);
  const wrong = values.some((name) => {
    const facts = findInstanceType(name);
    if (families.length > 0 && !families.includes(name.split(".")[0] ?? "")) return true;
    return facts === undefined ? families.length === 0 : !has(facts);
  });
  if (wrong) return false;
  return open ? "unknown" : values.length > 0;
}

/** Whether labels or tags of a resource itself name one of some tiers. */
export function namesTier(properties: Property<unknown>, keys: unknown, tiers: unknown): Ternary {
  const specified = argument(properties, "tagSpecifications").items();
  const maps = [
    argument(properties, "labels"),
    argument(properties, "tags"),
    ...specified.items.map((item) => argument(item, "tags")),
  ];
  return some(...maps.map((map) => mapNames(map, keys, tiers)), specified.complete ? false : "unknown");
}

function mapNames(map: Property<unknown>, keys: unknown, tiers: unknown): Ternary {
  if (map.isUnknown) return "unknown";
  return some(
    ...listOf(keys).map((key): Ternary => {
      const value = argument(map, key).text();
      return value === UNKNOWN ? "unknown" : value !== undefined && listOf(tiers).includes(value);
    }),
  );
}

/** Texts of a rule's configuration. */
export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** Whether a machine is for confidential work, by its own words or those of its launch template. */
export function isConfidential(machine: Machine, { tierKeys, confidentialTiers }: Config): Ternary {
  return some(
    ...[machine.properties, ...machine.specifications.map(({ properties }) => properties)].map((properties) =>
      namesTier(properties, tierKeys, confidentialTiers),
    ),
  );
}

/** What a judge says about machines in scope; of machines that may be in scope, as open. */
export function machineFindings(
  index: StackIndex,
  inScope: (machine: Machine) => Ternary,
  judge: (machine: Machine) => readonly StackFinding[],
): StackFinding[] {
  return machinesOf(index).flatMap((machine) => {
    const scope = inScope(machine);
    if (scope === false) return [];
    const findings = judge(machine);
    return scope === true ? [...findings] : findings.map((finding) => ({ ...finding, verdict: "undecided" as const }));
  });
}

/** A node group of a type, for examples. */
export function groupExample(properties: ExampleResource["properties"] = {}): ExampleResource {
  return { type: groupType, name: "pool", properties: { clusterName: "training", ...properties } };
}

/** A launch template and a node group that uses it, for examples. */
export function templatedExample(
  template: ExampleResource["properties"],
  group: ExampleResource["properties"] = {},
): ExampleResource[] {
  return [
    { type: templateType, name: "template", properties: template },
    {
      ...groupExample({ launchTemplate: { id: UNKNOWN, version: "1" }, ...group }),
      dependencies: { launchTemplate: ["template"] },
    },
  ];
}
