// Load this before anything can fail. Node before 24 never comes to an end when it colours a stack frame that lies directly in a scoped package, as Pulumi's runtime asks it to.
const util = require("node:util");

const plain = (options) => (options?.colors ? { ...options, colors: false } : options);
util.inspect = new Proxy(util.inspect, {
  apply: (inspect, self, [value, options, ...rest]) => inspect.call(self, value, plain(options), ...rest),
});
