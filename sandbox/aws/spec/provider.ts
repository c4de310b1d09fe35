import type { Kind, ObjectShape, TypeShape } from "./shapes";

/** One attribute as `flags/main.go` reads it. Flags: R required, O optional, C computed, N forces a new resource, S sensitive. */
export interface Attribute {
  kind: string;
  flags?: string;
  default?: string;
  max?: number;
  nested?: Record<string, Attribute>;
}

export interface ProviderFlags {
  module: string;
  resources: Record<string, Record<string, Attribute>>;
}

/** Names that the bridge gives against its own rules. */
const renamed: Record<string, string> = {
  "aws_lambda_function.filename": "code",
  "aws_lambda_function.function_name": "name",
  "aws_iam_policy_attachment.roles": "roles",
  "aws_sns_topic_subscription.topic_arn": "topic",
  "aws_cloudwatch_metric_alarm.alarm_name": "name",
};

/** Constants of the provider's sources that stand for these values. */
const constants: Record<string, unknown> = {
  "types.TypeAccount": "ACCOUNT",
  "types.IntelligentTieringStatusEnabled": "Enabled",
  "types.ObjectCannedACLPrivate": "private",
  "awstypes.ArchitectureValuesX8664": "x86_64",
  "awstypes.VolumeTypeStandard": "standard",
  "awstypes.VirtualizationTypeParavirtual": "paravirtual",
  "types.ReadWriteTypeAll": "All",
  "awstypes.StandardUnitNone": "None",
  "types.EventSourceAwsConfig": "aws.config",
  "types.RecordingFrequencyContinuous": "CONTINUOUS",
  "awstypes.EndDateTypeUnlimited": "unlimited",
  "awstypes.InstanceMatchCriteriaOpen": "open",
  "awstypes.CapacityReservationTenancyDefault": "default",
  "types.EncryptionTypeAes256": "AES256",
  "types.ImageTagMutabilityMutable": "MUTABLE",
  "awstypes.DestinationFileFormatPlainText": "plain-text",
  "awstypes.LogDestinationTypeCloudWatchLogs": "cloud-watch-logs",
  "awstypes.InstanceMetadataEndpointStateEnabled": "enabled",
  "awstypes.InstanceMetadataProtocolStateDisabled": "disabled",
  "awstypes.KeySpecSymmetricDefault": "SYMMETRIC_DEFAULT",
  "awstypes.KeyUsageTypeEncryptDecrypt": "ENCRYPT_DECRYPT",
  "awstypes.PackageTypeZip": "Zip",
  "awstypes.ConnectivityTypePublic": "public",
  "types.QueryTypeTagFilters10": "TAG_FILTERS_1_0",
  "awstypes.FirewallDomainRedirectionActionInspectRedirectionDomain": "INSPECT_REDIRECTION_DOMAIN",
  "types.MetricsStatusEnabled": "Enabled",
  "types.ReplicationTimeStatusEnabled": "Enabled",
  "types.ObjectLockEnabledEnabled": "Enabled",
  "awstypes.DocumentFormatJson": "JSON",
  "awstypes.TenancyDefault": "default",
  "awstypes.VpcEndpointTypeGateway": "Gateway",
  "awstypes.IpamTierAdvanced": "advanced",
  "awstypes.CapacityDistributionStrategyBalancedBestEffort": "balanced-best-effort",
  "awstypes.ScaleInProtectedInstancesIgnore": "Ignore",
  "awstypes.StandbyInstancesIgnore": "Ignore",
  "awstypes.WarmPoolStateStopped": "Stopped",
  defaultWarmPoolMaxGroupPreparedCapacity: -1,
  "awstypes.StatusTypeActive": "Active",
  "awstypes.ScheduleStateEnabled": "ENABLED",
  "awstypes.StateMachineTypeStandard": "STANDARD",
  "awstypes.BillingModeProvisioned": "PROVISIONED",
  "awstypes.TableClassStandard": "STANDARD",
  "awstypes.MultiRegionConsistencyEventual": "EVENTUAL",
};

/** Facts of one type, with the provider's names turned into Pulumi's. */
export interface Facts {
  replaces: string[];
  computed: string[];
  sets: string[];
  defaults: Record<string, unknown>;
  /** Attributes that no property of the SDK answers to. */
  unmatched: string[];
  /** Defaults written as constants that are not in the list above. */
  unresolved: string[];
}

export function factsOf(
  resource: string,
  attributes: Record<string, Attribute>,
  shape: ObjectShape & Pick<TypeShape, "outputs">,
  objects: Map<string, ObjectShape>,
): Facts {
  const facts: Facts = { replaces: [], computed: [], sets: [], defaults: {}, unmatched: [], unresolved: [] };
  walk(resource, attributes, shape.inputs, shape.outputs, "", objects, facts);
  for (const list of [facts.replaces, facts.computed, facts.sets]) list.sort();
  return facts;
}

function walk(
  resource: string,
  attributes: Record<string, Attribute>,
  kinds: Record<string, Kind>,
  outputs: Record<string, unknown>,
  prefix: string,
  objects: Map<string, ObjectShape>,
  facts: Facts,
): void {
  for (const [name, attribute] of Object.entries(attributes)) {
    const flags = attribute.flags ?? "";
    const found = match(resource, name, attribute, kinds, outputs, prefix);
    if (found === undefined) {
      if (!["id", "tags_all", "timeouts"].includes(name) && flags !== "C") facts.unmatched.push(prefix + name);
      continue;
    }
    const path = prefix + found;
    const kind = kinds[found];
    if (flags.includes("N") && kind !== undefined) facts.replaces.push(path);
    if (flags.includes("C") && found !== "tagsAll" && (kind !== undefined || prefix !== "")) facts.computed.push(path);
    if (attribute.kind === "Set") facts.sets.push(path);
    if (attribute.default !== undefined && kind !== undefined) readDefault(path, attribute.default, facts);
    const object = objectNameOf(kind);
    const nested = object === undefined ? undefined : objects.get(object);
    if (attribute.nested !== undefined && nested !== undefined && path.split(".").length < 6) {
      walk(resource, attribute.nested, nested.inputs, {}, `${path}.`, objects, facts);
    }
  }
}

function objectNameOf(kind: Kind | undefined): string | undefined {
  if (kind === undefined || typeof kind === "string") return undefined;
  if ("object" in kind) return kind.object;
  return "list" in kind ? objectNameOf(kind.list) : undefined;
}

function match(
  resource: string,
  name: string,
  attribute: Attribute,
  kinds: Record<string, Kind>,
  outputs: Record<string, unknown>,
  prefix: string,
): string | undefined {
  const camel = name.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
  const many = ["List", "Set", "SetNested", "ListNested"].includes(attribute.kind) && attribute.max !== 1;
  const plural =
    camel.endsWith("y") && !/[aeiou]y$/.test(camel)
      ? `${camel.slice(0, -1)}ies`
      : /(s|x|ch|sh)$/.test(camel)
        ? `${camel}es`
        : `${camel}s`;
  const own = renamed[`${resource}.${prefix}${name}`];
  const candidates = [
    ...(own === undefined ? [] : [own]),
    ...(many ? [plural, camel] : [camel, plural]),
    camel.replace(/s$/, ""),
  ];
  const known = new Set([...Object.keys(kinds), ...Object.keys(outputs)]);
  const direct = candidates.find((one) => known.has(one));
  if (direct !== undefined) return direct;
  // Pulumi writes Ipv4 and Http where the provider has several words, so letters are compared without case.
  return candidates.flatMap((one) => [...known].filter((other) => other.toLowerCase() === one.toLowerCase()))[0];
}

function readDefault(path: string, text: string, facts: Facts): void {
  // Defaults of the newer plugin framework are filled in by the plan, not by the bridge's check.
  if (/default\.Static|AttributeDefault\(/.test(text)) return;
  if (text === "true" || text === "false") facts.defaults[path] = text === "true";
  else if (/^-?[\d_]+(\.\d+)?$/.test(text)) facts.defaults[path] = Number(text.replaceAll("_", ""));
  else if (text.startsWith('"'))
    facts.defaults[path] = (JSON.parse(text) as string).replace("Managed by Terraform", "Managed by Pulumi");
  else if (text in constants) facts.defaults[path] = constants[text];
  else facts.unresolved.push(`${path}: ${text}`);
}
