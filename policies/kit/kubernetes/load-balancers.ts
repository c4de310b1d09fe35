import { type Property, type Reading, UNKNOWN } from "../property";
import type { ServiceArgs } from "../types/kubernetes-cluster";

const prefix = "service.beta.kubernetes.io";
const schemeAnnotation = `${prefix}/aws-load-balancer-scheme`;
const legacyAnnotation = `${prefix}/aws-load-balancer-internal`;
const typeAnnotation = `${prefix}/aws-load-balancer-type`;
/** Classes of controllers that make internal load balancers unless told otherwise: AWS's own controller and EKS Auto Mode. */
const internalClasses = ["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

/** Whether a service asks for a load balancer. */
export function isLoadBalancer(service: Property<ServiceArgs>): Reading<boolean> {
  const type = service.get("spec").get("type").text();
  return type === UNKNOWN ? UNKNOWN : type === "LoadBalancer";
}

/**
 * Whether a service's load balancer is inside the VPC only. The newer annotation wins over the older; without both, AWS's controller
 * makes an internal one and the one that is built into Kubernetes a public one. Source: the annotations of AWS Load Balancer Controller.
 */
export function isInternal(service: Property<ServiceArgs>): Reading<boolean> {
  const annotations = service.get("metadata").get("annotations");
  const scheme = annotations.entry(schemeAnnotation).text();
  if (scheme === UNKNOWN) return UNKNOWN;
  if (scheme !== undefined) return scheme === "internal";
  const legacy = annotations.entry(legacyAnnotation);
  if (legacy.isUnknown) return UNKNOWN;
  if (!legacy.isAbsent) return legacy.flag() !== false && legacy.text() !== undefined;
  const controller = annotations.entry(typeAnnotation).text();
  const named = service.get("spec").get("loadBalancerClass").text();
  if (controller === "external" || controller === "nlb-ip") return true;
  if (typeof named === "string" && internalClasses.includes(named)) return true;
  return controller === UNKNOWN || named === UNKNOWN ? UNKNOWN : false;
}
