import type { Identifiers } from "../world/ids";
import type { Properties, Remains, WorldResource } from "../world/model";

/** How sure a row is. `certain`: read in its source; `likely`: follows from a source for something near it; `unsure`: from experience. */
export type Sureness = "certain" | "likely" | "unsure";

/** Where a fact comes from. */
export const sources = {
  /** The flags of the provider's own schema (ForceNew, RequiresReplace), as of 2 June 2026; 7.48.0 may rest on a later state. */
  provider: "terraform-provider-aws 1.60.1-0.20260602190131 (schema flags)",
  /** `causesReplacement` of AWS's specification of CloudFormation resources. */
  cloudFormation: "@aws-cdk/aws-service-spec 0.1.216 (causesReplacement)",
  /** Docstrings of the installed package. */
  package: "@pulumi/aws 7.48.0 (docstrings)",
  guide: "AWS user guide of the service",
  api: "AWS API reference of the service",
  quotas: "AWS service quotas (documented defaults)",
  /** Behaviour that the provider's code decides: waits, adoption, conditional replacement. */
  code: "terraform-provider-aws 1.60.1-0.20260602190131 (code of the resource)",
  /** What AWS answers to whoever makes the mistake, as public issue threads quote it. */
  reports: "answers of AWS quoted in public issue threads",
  /** Time between two states as commonly seen; AWS documents none. */
  seen: "commonly seen duration, AWS documents none",
} as const;

/** Something the table says of AWS, and why it may say so. */
export interface Fact {
  about: string;
  source: string;
  sure: Sureness;
}

/** A change of this property replaces the resource. `property` is a path without indices: `vpcConfig.subnetIds`. */
export interface Replacement {
  property: string;
  source: string;
  sure: Sureness;
  /** Only these changes, by the whole value at the path. Default: every change. */
  when?: (before: unknown, after: unknown) => boolean;
}

/** What is refused, in the words of AWS. `{value}` and `{id}` are filled in. */
export interface Refusal {
  code: string;
  message: string;
  /** Default 400. */
  status?: number;
}

/** A property that names another resource. */
export interface Reference {
  /** Path of the property; `[]` stands for each element: `vpcConfig.subnetIds[]`. */
  path: string;
  /** Types of which one must exist. */
  to: string[];
  /** Outputs of the other resource that the value may be equal to. Default `["id"]`. */
  by?: string[];
  /** What AWS says when there is none. Absent: AWS takes the value without looking. */
  missing?: Refusal;
  /** True when the other resource cannot be deleted while this one exists. Default false. */
  holds?: boolean;
  /** True where the service asks IAM for the role at once: the provider repeats the call until a new role is visible. Default false. */
  asksIam?: boolean;
}

/** What rules and outputs are made from. */
export interface Context {
  account: string;
  partition: string;
  region: string;
  /** ARN of the IAM role or user that makes the call. */
  caller: string;
  urn: string;
  name: string;
  inputs: Properties;
  /** The resource before an update. */
  old?: WorldResource;
  id: string;
  ids: Identifiers;
  /** Virtual seconds at which the operation begins. */
  now: number;
  /** ISO date and time that goes into outputs such as `creationDate`. */
  date: string;
  world: WorldView;
  /** The resource that the value of a reference names. */
  target(path: string): WorldResource | undefined;
  /** All of a list-valued reference. */
  targets(path: string): WorldResource[];
  refuse(refusal: Refusal, values?: Properties): never;
}

/** What rules may ask of the account. */
export interface WorldView {
  resources(type: string, region?: string): WorldResource[];
  /** By id, ARN or another output. */
  find(types: string[], value: string, by: string[], region?: string): WorldResource | undefined;
  byKey(key: string): WorldResource | undefined;
  /** What names the resource. */
  referrers(key: string): WorldResource[];
  /** What keeps the resource from being deleted. */
  holders(key: string): WorldResource[];
  remains(kind: Remains["kind"]): Remains[];
  /** Whether a principal of IAM that no stack made is taken to exist. */
  assumes(arn: string): boolean;
}

/** A fixed text with `{id}`, `{account}`, `{region}`, `{partition}` and `{<input>}` filled in, or a function. */
export type Rule = string | ((context: Context) => unknown);

/** What comes into being beside the resource itself. */
export interface Companion {
  type: string;
  id: string;
  arn?: string;
  inputs?: Properties;
  outputs: Properties;
  /** Keys that it holds. */
  holds?: string[];
  /** False: it stays when the resource is deleted. Default true. */
  owned?: boolean;
  /** Key of the resource that it goes with, when that is not the one it comes with. */
  owner?: string;
  /** True for what has no Region. Default false. */
  global?: boolean;
}

/** Virtual time that passes besides the operation itself. */
export interface Wait {
  seconds: number;
  reason: string;
}

export interface Effects {
  companions?: Companion[];
  remains?: Remains[];
  /** Resources of the account that go with it. */
  removed?: WorldResource[];
  waits?: Wait[];
  /** The resource was made and did not become ready: it stays, and the operation fails with these reasons. */
  failure?: string[];
}

export interface Autoname {
  property: string;
  /** Default 255. */
  maxLength?: number;
  /** Put in front of the made name and of nothing else. */
  prefix?: string;
  lowerCase?: boolean;
  /** Appended, when the inputs ask for it (`.fifo`). */
  suffix?: (inputs: Properties) => string;
}

export interface Durations {
  create: number;
  update?: number;
  delete: number;
  source: string;
}

export interface Quota {
  limit: number;
  /** What the limit is counted in; the same text is the same bucket. */
  per: (resource: { inputs: Properties; region: string }) => string;
  refusal: Refusal;
}

export interface Unique {
  /** The name; undefined when there is none to compare. `properties` are inputs over outputs, or the inputs alone of what is being created. */
  by: (properties: Properties, context: Context) => string | undefined;
  refusal: Refusal;
  /** While only a deleted resource keeps the name; `{what}` is that. Default: `refusal`. */
  kept?: Refusal;
  /** Default false: once in a Region. */
  global?: boolean;
  /** Types that share the names. Default: its own. */
  among?: string[];
}

export interface TypeEntry {
  /** Pulumi's token: `aws:ec2/vpc:Vpc`. */
  type: string;
  /** The type as which the account keeps it, when the package has several spellings for the same thing. Default: `type`. */
  keptAs?: string;
  /** As the provider names it in errors: `EC2 VPC`. */
  label: string;
  /** The AWS SDK's name of the service: `EC2`. */
  api: string;
  /** Names of the API operations in errors. Defaults: Create, Update, Delete and the last part of the label. */
  operations?: { create?: string; update?: string; delete?: string };
  cloudFormation?: string;
  /** The provider's own name: `aws_vpc`. */
  provider: string;
  /** True for services without Regions (IAM). Such types have no `region` property. */
  global?: boolean;
  id: Rule;
  arn?: Rule;
  autoname?: Autoname;
  /** What the provider puts in for absent inputs, besides the defaults of its schema. */
  defaults?: Properties;
  /** Outputs, and inputs that AWS fills in when they are absent; a path (`vpcConfig.vpcId`) where the outer object is an input. */
  computed: Record<string, Rule>;
  /** Outputs that are made anew by every update. */
  changing?: string[];
  /** Replacements that the provider decides by code, besides those that its schema marks. */
  replaces?: Replacement[];
  /** String properties that hold JSON documents, compared by content. */
  json?: string[];
  /** Allowed values, by path. */
  enums?: Record<string, readonly string[]>;
  references?: Reference[];
  /** What AWS says when it is deleted while something else needs it. */
  deletionRefused?: Refusal;
  /** Seconds during which the provider repeats a refused deletion. Default 0. */
  deletionRetrySeconds?: number;
  /** Names that can exist once in an account and Region. */
  unique?: Unique[];
  quotas?: Quota[];
  /** A setting that is there once: creating it overwrites what there is, as AWS does. */
  settings?: boolean;
  seconds: Durations;
  /** Where references, quotas, uniqueness and rules come from. */
  facts?: Fact[];
  /** Refuses what AWS would refuse; called for creation and update. */
  rules?: (context: Context) => Wait[] | undefined;
  /** Refuses a deletion for another reason than references. */
  deletable?: (context: Context, resource: WorldResource) => void;
  /** True when the provider only forgets the resource and AWS keeps it (`skipDestroy`, what a VPC came with). Default: never. */
  stays?: (resource: WorldResource) => boolean;
  onCreate?: (context: Context, made: WorldResource) => Effects;
  onUpdate?: (context: Context, made: WorldResource) => Effects;
  onDelete?: (context: Context, resource: WorldResource) => Effects;
}
