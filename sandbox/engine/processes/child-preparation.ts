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
 * More than half of what Pulumi's runtime loads at its start (0.3 of 0.5 seconds) serves only the serialisation of functions. These packages are loaded when
 * something of them is used.
 */
function loadLate(names: string[]): void {
  const nodeModule = process.getBuiltinModule("node:module") as unknown as {
    _load(request: string, ...rest: unknown[]): object;
  };
  const late = new Set(names);
  const load = nodeModule._load;
  nodeModule._load = (request, ...rest) => {
    if (!late.has(request)) return load(request, ...rest);
    let loaded: object | undefined;
    const real = (): object => {
      loaded ??= load(request, ...rest);
      return loaded;
    };
    return new Proxy(Object.create(null) as object, {
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
  };
}

/** Source: the modules that `@pulumi/pulumi/runtime/closure` requires. */
const onlyForClosures = ["@npmcli/arborist", "typescript"];

/** Statements of JavaScript. */
export const childPreparation: readonly string[] = [
  `(${printWithoutColours.toString()})()`,
  `(${loadLate.toString()})(${JSON.stringify(onlyForClosures)})`,
];
