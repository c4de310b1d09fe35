import { type PropertiesCheck, sharedChecks } from "./kubernetes/typed-checks";
import { type Plain, type Property, UNKNOWN } from "./property";
import { type ExampleResource, type Finding, type Rule, undecided } from "./rule";

/** Both names under which the provider has the load balancers of the second generation. */
export const balancerTypes = ["aws:alb/loadBalancer:LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"] as const;
export const listenerTypes = ["aws:alb/listener:Listener", "aws:lb/listener:Listener"] as const;
export const classicType = "aws:elb/loadBalancer:LoadBalancer";

type BalancerKind = "application" | "gateway" | "network";

/** What rules read of a load balancer of the second generation. */
export interface Balancer {
  readonly accessLogs?: { enabled?: boolean };
  readonly desyncMitigationMode?: string;
  readonly dropInvalidHeaderFields?: boolean;
  readonly enableDeletionProtection?: boolean;
  readonly enableWafFailOpen?: boolean;
  readonly internal?: boolean;
  readonly loadBalancerType?: string;
  readonly subnetMappings?: unknown[];
  readonly subnets?: string[];
  readonly xffHeaderProcessingMode?: string;
}

/** What rules read of a listener. */
export interface Listener {
  readonly certificateArn?: string;
  readonly defaultActions?: unknown[];
  readonly mutualAuthentication?: { ignoreClientCertificateExpiry?: boolean; mode?: string };
  readonly port?: number;
  readonly protocol?: string;
  readonly sslPolicy?: string;
}

/** A check of load balancers of some kinds; which kind one is may be known only later. */
export function balancerChecks(kinds: readonly BalancerKind[], check: PropertiesCheck<Balancer>): Rule["checks"] {
  return sharedChecks(balancerTypes, (properties: Property<Balancer>, context) =>
    ofKind(properties, kinds, check(properties, context)),
  );
}

/** Findings about a load balancer, as far as it is of some kinds. */
export function ofKind(
  properties: Property<Balancer>,
  kinds: readonly BalancerKind[],
  findings: readonly Finding[],
): readonly Finding[] {
  const kind = properties.get("loadBalancerType");
  const value = kind.text() ?? "application";
  if (value !== UNKNOWN) return kinds.some((own) => own === value) ? findings : [];
  return findings.length === 0 ? [] : [undecided(kind, "whether the rule applies is known only after deployment")];
}

/** Findings about a listener, as far as it speaks some protocols. One that says nothing but a port speaks HTTP; without a port it is a gateway's. */
export function ofProtocol(
  listener: Property<Listener>,
  protocols: readonly string[],
  findings: readonly Finding[],
): readonly Finding[] {
  const protocol = listener.get("protocol");
  const value = protocol.text() ?? (listener.get("port").isAbsent ? "GENEVE" : "HTTP");
  if (value !== UNKNOWN) return protocols.includes(value.toUpperCase()) ? findings : [];
  return findings.length === 0 ? [] : [undecided(protocol, "whether the rule applies is known only after deployment")];
}

/** The same values, for each of some types of load balancers. */
export function remedyOf(types: readonly string[], change: Readonly<Record<string, Plain>>): Rule["remedies"] & {} {
  return Object.fromEntries(types.map((type) => [type, () => change]));
}

/** An application load balancer, for examples. */
export function balancerExample(
  properties: ExampleResource["properties"],
  type: string = balancerTypes[1],
): ExampleResource {
  return { type, name: "serving", properties };
}

/** A listener, for examples. */
export function listenerExample(
  properties: ExampleResource["properties"],
  type: string = listenerTypes[1],
): ExampleResource {
  return { type, name: "front", properties: { loadBalancerArn: UNKNOWN, ...properties } };
}

/** A load balancer of the first generation, for examples. */
export function classicExample(properties: ExampleResource["properties"]): ExampleResource {
  return { type: classicType, name: "old", properties };
}
