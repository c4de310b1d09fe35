import * as path from "node:path";

/**
 * What is done in the process of a program or a pack before anything of Pulumi is loaded. The functions are sent there as text, so they use nothing but Node and their
 * arguments.
 */

/**
 * Pulumi's runtime prints the errors of programs in colour. Node before 24 never comes to an end of that, and takes 3.5 GiB on the way, when a frame of the stack
 * lies directly in a scoped package (`node_modules/@pulumi/output.ts:519:31`, as Pulumi's source maps have it): seen with 20.20.2 and 22.23.3.
 */
function printWithoutColours(): void {
  if (Number.parseInt(process.versions.node, 10) >= 24) return;
  const util = process.getBuiltinModule("node:util");
  const plain = (options: unknown): unknown =>
    typeof options === "object" && options !== null ? { ...options, colors: false } : options;
  util.inspect = new Proxy(util.inspect, {
    apply: (inspect, self, [value, options, ...rest]) => Reflect.apply(inspect, self, [value, plain(options), ...rest]),
  });
}

/**
 * Pulumi's runtime gives each promise a stack trace, to be printed when the program ends before the promise does. Every frame is looked up in the source maps for
 * that, which is a good part of a program's work. These traces, and no others, have the places of the code as it runs.
 */
export function keepTracesOfPromisesPlain(): void {
  // V8's own typing leaves out that a frame is written as in a trace.
  type Frame = NodeJS.CallSite & { toString(): string };
  type Prepare = (error: Error, frames: Frame[]) => unknown;
  const originals = new WeakMap<object, Prepare>();
  const plainForPromises = (original: Prepare): Prepare => {
    const wrapped: Prepare = (error, frames) =>
      frames[0]?.getFunctionName() === "debuggablePromise"
        ? [String(error), ...frames.map((frame) => `    at ${frame.toString()}`)].join("\n")
        : original(error, frames);
    originals.set(wrapped, original);
    return wrapped;
  };
  const present: Prepare | undefined = Error.prepareStackTrace;
  let shown: Prepare | undefined = present && plainForPromises(present);
  Object.defineProperty(Error, "prepareStackTrace", {
    configurable: true,
    enumerable: true,
    get: () => shown,
    // Who puts back what was there before means the original.
    set(next: unknown) {
      shown = typeof next === "function" ? plainForPromises(originals.get(next) ?? (next as Prepare)) : undefined;
    },
  });
}

/**
 * Most of what Pulumi's runtime loads at its start serves only the serialisation of functions (0.3 of 0.5 seconds) and tracing (0.06 seconds). These packages are
 * loaded when something of them is used: those for functions whoever asks for them, those for tracing where Pulumi's own tracing does. What it takes out of a
 * package there it calls or constructs, nothing else.
 */
function loadLate(names: string[], tracing: { askedBy: string; names: string[] }): void {
  const nodeModule = process.getBuiltinModule("node:module") as unknown as {
    _load(request: string, parent: { filename?: string } | undefined, ...rest: unknown[]): object;
  };
  const load = nodeModule._load;

  /** Stands for what `real` gives. */
  const lateModule = (real: () => object): object =>
    new Proxy(Object.create(null) as object, {
      // Compiled code asks this of every module; the answer keeps it from copying all that the module has.
      get: (_target, key) =>
        key === "__esModule"
          ? true
          : key === "default"
            ? (Reflect.get(real(), key) ?? real())
            : Reflect.get(real(), key),
      has: (_target, key) => Reflect.has(real(), key),
      ownKeys: () => Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_target, key) => {
        const descriptor = Reflect.getOwnPropertyDescriptor(real(), key);
        return descriptor === undefined ? undefined : { ...descriptor, configurable: true };
      },
    });

  type Callable = (...args: unknown[]) => unknown;
  /** A module whose parts are taken out at once and called, or constructed, later. */
  const lateParts = (real: () => object): object =>
    new Proxy(Object.create(null) as object, {
      get: (_target, key) =>
        new Proxy(function part() {} as Callable, {
          apply: (_part, self, args) => Reflect.apply(Reflect.get(real(), key) as Callable, self, args),
          construct: (_part, args) => Reflect.construct(Reflect.get(real(), key) as Callable, args) as object,
        }),
    });

  nodeModule._load = (request, parent, ...rest) => {
    const isTracing = tracing.names.includes(request) && parent?.filename?.endsWith(tracing.askedBy) === true;
    if (!isTracing && !names.includes(request)) return load(request, parent, ...rest);
    let loaded: object | undefined;
    const real = (): object => {
      loaded ??= load(request, parent, ...rest);
      return loaded;
    };
    return isTracing ? lateParts(real) : lateModule(real);
  };
}

/** Source: the modules that `@pulumi/pulumi/runtime/closure` requires. */
const onlyForClosures = ["@npmcli/arborist", "typescript"];

/** Source: `@pulumi/pulumi/cmd/run/tracing`, which uses them when the run is traced (`--tracing`). */
const onlyForTracing = {
  askedBy: ["", "@pulumi", "pulumi", "cmd", "run", "tracing.js"].join(path.sep),
  names: [
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace-base",
    "@opentelemetry/exporter-zipkin",
    "@opentelemetry/instrumentation-grpc",
    "@opentelemetry/sdk-trace-node",
    "@opentelemetry/instrumentation",
  ],
};

/** Statements of JavaScript. */
export const childPreparation: readonly string[] = [
  `(${printWithoutColours.toString()})()`,
  `(${keepTracesOfPromisesPlain.toString()})()`,
  `(${loadLate.toString()})(${JSON.stringify(onlyForClosures)},${JSON.stringify(onlyForTracing)})`,
];
