declare module "@pulumi/policy/server.js" {
  export const makeAnalyzeRpcFun: unknown;
  export const makeAnalyzeStackRpcFun: unknown;
  export const makeRemediateRpcFun: unknown;
}
