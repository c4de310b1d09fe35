// Most of the start of @pulumi/pulumi goes into two packages that only the serialisation of functions needs: they are loaded when they are used.
const Module = require("node:module");

const late = new Set(["@npmcli/arborist", "typescript"]);
const load = Module._load;
Module._load = (request, ...rest) => {
  if (!late.has(request)) return load(request, ...rest);
  const real = () => load(request, ...rest);
  return new Proxy(() => undefined, { get: (_target, key) => (key === "__esModule" ? true : real()[key]) });
};
