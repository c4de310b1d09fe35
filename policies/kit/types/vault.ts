/** Vault's auth methods, roles, engines and policies. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the first rule about such a type.
export interface VaultArguments {}
