/** Kubernetes objects, as the provider's arguments of the same names. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the first rule about such a type.
export interface KubernetesArguments {}
