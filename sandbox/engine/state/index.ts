export {
  type ConfigSecretsOptions,
  type OpenedConfig,
  openConfigSecrets,
} from "./config-secrets";
export { openState, readStackOutputs } from "./open";
export { type FoundPassphrase, findPassphrase } from "./passphrase-source";
export { protectedResources } from "./protected";
export {
  type ExportOptions,
  exportState,
  type ImportOptions,
  type ImportResult,
  importState,
} from "./transfer";
