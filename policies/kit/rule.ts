import type { Plain, Property } from "./property";
import type { PropertiesOf, ResourceType } from "./resource-types";
import type { PackSettings, Profile } from "./settings";
import type { StackIndex, StackResource } from "./stack-index";

export type Severity = "low" | "medium" | "high" | "critical";
export type Level = "advisory" | "mandatory" | "remediate" | "disabled";

export type Framework =
  | "AWS FSBP"
  | "AWS AI Security Framework"
  | "CIS AWS Foundations 7.0.0"
  | "CIS EKS 1.8.0"
  | "NIST 800-53r5"
  | "ISO 27001:2022"
  | "NIST AI RMF 1.0"
  | "MITRE ATLAS 5.6.0"
  | "OWASP ML Top 10"
  | "OWASP AISVS 1.0"
  | "Kubernetes Pod Security Standards";

/** A control of a catalogue that the rule decides, wholly or in part. */
export interface Mapping {
  readonly framework: Framework;
  readonly control: string;
}

/** What a check has to say about one place. Saying nothing is passing. */
export interface Finding {
  readonly verdict: "fail" | "undecided";
  /** The property's path; empty for the resource as a whole. */
  readonly path: string;
  /** What is wrong, or what is not known. Never a value of the resource, except numbers and words of a fixed list. */
  readonly text: string;
}

export function fail(where: Property<unknown> | string, text: string): Finding {
  return { verdict: "fail", path: typeof where === "string" ? where : where.path, text };
}

export function undecided(where: Property<unknown> | string, text = "is known only after deployment"): Finding {
  return { verdict: "undecided", path: typeof where === "string" ? where : where.path, text };
}

export interface ResourceView<T extends ResourceType> {
  readonly urn: string;
  readonly name: string;
  readonly type: T;
  readonly properties: Property<PropertiesOf<T>>;
}

/** What a check may know besides the resource. */
export interface RuleContext extends PackSettings {
  /** The rule's configuration, defaults filled in, of the types its schema names. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** One property of a rule's configuration: a subset of JSON Schema. */
export type ConfigProperty =
  | {
      readonly type: "integer";
      readonly description: string;
      readonly default: number;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  | { readonly type: "boolean"; readonly description: string; readonly default: boolean }
  | {
      readonly type: "string";
      readonly description: string;
      readonly default: string;
      readonly enum?: readonly string[];
    }
  | {
      readonly type: "array";
      readonly description: string;
      readonly items: { readonly type: "string" } | { readonly type: "integer" };
      readonly default: readonly (string | number)[];
    };

export interface ExampleResource {
  readonly type: string;
  readonly name: string;
  /** Inputs; UNKNOWN stands for what is known only later. */
  readonly properties: { readonly [key: string]: Plain };
  /** Which resources of the example a property comes from, by name. */
  readonly dependencies?: { readonly [property: string]: readonly string[] };
}

/** A small program and the verdict on it. Documentation and tests are made from it. */
export interface Example {
  readonly title: string;
  readonly verdict: "pass" | "fail" | "undecided";
  /** Shows what the rule says when the setting, or the resource that would carry it, is not there. Each rule has one such example. */
  readonly absent?: true;
  readonly resources: readonly ExampleResource[];
  /** Default `baseline`. */
  readonly profile?: Profile;
  /** Default 2026-11-24. */
  readonly today?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface RuleDescription {
  /** Lower case with hyphens, starting with the group, for example `aws-eks-private-endpoint`. Never changes. */
  readonly id: string;
  /** The rule as a sentence without a full stop: what must hold. */
  readonly title: string;
  readonly severity: Severity;
  /** What an attacker or a mistake could do otherwise. */
  readonly rationale: string;
  /** What to change, in terms of arguments. */
  readonly remediation: string;
  readonly mappings: readonly Mapping[];
  /** Why no catalogue has the control; only where `mappings` is empty. */
  readonly unmapped?: string;
  /** By profile; `mandatory` where it says nothing. */
  readonly levels?: Partial<Readonly<Record<Profile, Level>>>;
  /** The control id under which a resource's `gabion:deviation` tag may excuse the rule. Absent: no deviation is accepted. */
  readonly deviation?: string;
  /** True of a protection from deletion that a release lifts on purpose: at most advisory in such a run. */
  readonly liftedByRelease?: true;
  readonly config?: Readonly<Record<string, ConfigProperty>>;
  readonly examples: readonly Example[];
}

export type ResourceCheck<T extends ResourceType> = (
  resource: ResourceView<T>,
  context: RuleContext,
) => readonly Finding[];

/**
 * The properties, at the top of a resource, that make a violating resource pass, with the values they must have; undefined where there
 * is no value that is safe for everyone, or where what is there is known only later. All else of the resource stays as it is.
 */
export type Remedy<T extends ResourceType> = (
  resource: ResourceView<T>,
  context: RuleContext,
) => Readonly<Record<string, Plain>> | undefined;

/** Judges the whole stack at the end, where resources that complete each other are seen together. */
export type StackCheck = (index: StackIndex, context: RuleContext) => readonly StackFinding[];

export interface StackFinding extends Finding {
  readonly resource: StackResource;
}

export interface Rule extends RuleDescription {
  readonly checks: { readonly [T in ResourceType]?: ResourceCheck<T> };
  /** Applied only where the user sets the policy's enforcement level to `remediate`. Types must be among those of `checks`. */
  readonly remedies?: { readonly [T in ResourceType]?: Remedy<T> };
  readonly stack?: StackCheck;
  /** Types whose inputs the whole-stack check reads, besides those of `checks`. */
  readonly observes?: readonly ResourceType[];
}

/** Defines a rule. The same as the object itself, with its types checked. */
export function rule(definition: Rule): Rule {
  return definition;
}

/**
 * The level of a rule in a run: what the user chose for it, else what the profile gives, else `mandatory`. A release could not take away the
 * protection that it is there to lift if a rule stood against that.
 */
export function levelOf(
  rule: Pick<RuleDescription, "id" | "levels" | "liftedByRelease">,
  settings: Omit<PackSettings, "today" | "preview">,
): Level {
  const level = settings.rules?.[rule.id]?.level ?? rule.levels?.[settings.profile] ?? "mandatory";
  return level !== "disabled" && rule.liftedByRelease && settings.releases ? "advisory" : level;
}
