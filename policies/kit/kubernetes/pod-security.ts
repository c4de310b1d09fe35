import { type Property, UNKNOWN } from "../property";
import { type ConfigProperty, type Finding, fail, type Level, type RuleContext, undecided } from "../rule";
import type { Profile } from "../settings";
import type { Profile as ContainerProfile, SecurityContext } from "../types/kubernetes-workloads";
import { type ContainerKind, type PodCheck, type PodView, podChecks, unless } from "./pod";

/** The newest minor version of Kubernetes whose Pod Security Standards the rules know. */
const newestMinor = 37;

/** Configuration of all rules of the Pod Security Standards. */
export const podSecurityConfig = {
  version: {
    type: "string",
    description: "Version of the standards, as in the label pod-security.kubernetes.io/enforce-version",
    enum: ["latest", ...Array.from({ length: newestMinor + 1 }, (_, minor) => `v1.${minor}`)],
    default: "latest",
  },
  exemptNamespaces: {
    type: "array",
    description: "Namespaces whose pods are not judged, because they are part of the cluster itself",
    items: { type: "string" },
    default: ["kube-system"],
  },
} as const satisfies Readonly<Record<string, ConfigProperty>>;

/** Legitimate software needs work to satisfy the restricted standard, so it is only advised until a profile asks for it. */
export const restrictedLevels: Partial<Readonly<Record<Profile, Level>>> = { baseline: "advisory" };

/** Checks of a rule of the standards for all kinds of workloads. `since`: the minor version that has the check first. */
export function podSecurityChecks(check: PodCheck, since = 0) {
  return podChecks((pod, context) =>
    minorVersion(context) < since ? [] : unless(isExempt(pod, context), check(pod, context)),
  );
}

/** The minor version of the standards that a rule is configured for. */
export function minorVersion({ config }: RuleContext): number {
  return Number(/^v1\.(\d+)$/.exec(String(config.version))?.[1] ?? newestMinor);
}

function isExempt({ namespace }: PodView, { config }: RuleContext) {
  const exempt = config.exemptNamespaces as readonly string[];
  if (namespace === UNKNOWN) return exempt.length > 0 ? UNKNOWN : false;
  return namespace !== undefined && exempt.includes(namespace);
}

/** Since 1.25 pods that say they are for Windows need not have what only Linux has. */
export function unlessWindows(pod: PodView, context: RuleContext, findings: readonly Finding[]): readonly Finding[] {
  return minorVersion(context) < 25 ? findings : unless(pod.isWindows, findings);
}

/** Since 1.35 pods in a user namespace of their own may be root there. */
export function unlessOwnUsers(pod: PodView, context: RuleContext, findings: readonly Finding[]): readonly Finding[] {
  return minorVersion(context) < 35 ? findings : unless(pod.hasOwnUsers, findings);
}

/** What a check says about the security contexts of all containers. */
export function eachSecurityContext(
  pod: PodView,
  check: (context: Property<SecurityContext>, kind: ContainerKind) => readonly Finding[],
): Finding[] {
  return pod.eachContainer((container, kind) =>
    check(container.get("securityContext") as Property<SecurityContext>, kind),
  );
}

type CommonContext = Property<
  Omit<SecurityContext, "allowPrivilegeEscalation" | "capabilities" | "privileged" | "procMount">
>;

/** What a check says about the security contexts of the pod itself and of all its containers. */
export function everySecurityContext(pod: PodView, check: (context: CommonContext) => readonly Finding[]): Finding[] {
  const own = pod.spec.get("securityContext") as unknown as CommonContext;
  return [...check(own), ...eachSecurityContext(pod, (context) => check(context as CommonContext))];
}

/** Forbids a flag that is harmless when it is absent. */
export function forbidFlag(flag: Property<unknown>, otherwise: string): Finding[] {
  const value = flag.flag();
  if (value === UNKNOWN) return [undecided(flag)];
  return value === true ? [fail(flag, otherwise)] : [];
}

const confinedTypes = ["RuntimeDefault", "Localhost"];

/** How a seccomp or AppArmor profile confines; `absent` where none is given. */
export function confinement(
  profile: Property<ContainerProfile | undefined>,
): "confined" | "free" | "absent" | "unknown" {
  if (profile.isAbsent) return "absent";
  const type = profile.get("type").text();
  if (type === UNKNOWN) return "unknown";
  return type !== undefined && confinedTypes.includes(type) ? "confined" : "free";
}

export function procMountFindings(context: Property<SecurityContext>): Finding[] {
  const mount = context.get("procMount");
  if (mount.isUnknown) return [undecided(mount)];
  return mount.isAbsent || mount.text() === "Default" ? [] : [fail(mount, "shows parts of /proc that are hidden else")];
}
