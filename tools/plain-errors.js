"use strict";
// How errors of a program are printed. Load this before anything can fail.
const path = require("node:path");
const util = require("node:util");

// Node before 24 never comes to an end when it colours a stack frame that lies directly in a scoped package, as Pulumi's runtime asks it to.
const plain = (options) => (options?.colors ? { ...options, colors: false } : options);
util.inspect = new Proxy(util.inspect, {
  apply: (inspect, self, [value, options, ...rest]) => inspect.call(self, value, plain(options), ...rest),
});

// The runner of programs is loaded before the program, and has copied what it prints errors with.
const printerFile = path.join("@pulumi", "pulumi", "cmd", "run", "error.js");
const printer = Object.values(require.cache).find((loaded) => loaded?.filename.endsWith(printerFile))?.exports;
if (printer !== undefined) {
  const { defaultErrorMessage } = printer;
  printer.defaultErrorMessage = (error) => {
    try {
      return error?.stack ? util.inspect(error) : defaultErrorMessage(error);
    } catch {
      return typeof error?.message === "string" ? error.stack : defaultErrorMessage(error);
    }
  };
}

// Pulumi's runtime gives every promise a stack trace, and looks each frame up in the source maps, for the case that the program ends before the promise. That is a
// fourth of a program's processor time. These traces, and no others, name places of the code as it runs. (The embedded engine has done the same already.)
if (Object.getOwnPropertyDescriptor(Error, "prepareStackTrace")?.get === undefined) {
  const originals = new WeakMap();
  const plainForPromises = (original) => {
    const prepare = (error, frames) =>
      frames[0]?.getFunctionName() === "debuggablePromise"
        ? [String(error), ...frames.map((frame) => `    at ${frame}`)].join("\n")
        : original(error, frames);
    originals.set(prepare, original);
    return prepare;
  };
  const wrapped = (prepare) =>
    typeof prepare === "function" ? plainForPromises(originals.get(prepare) ?? prepare) : undefined;
  let shown = wrapped(Error.prepareStackTrace);
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    enumerable: true,
    get: () => shown,
    set: (next) => {
      shown = wrapped(next);
    },
  });
}
