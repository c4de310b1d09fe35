/** Stands for a value that the engine does not know yet: during a preview, what a resource that is not made yet will answer. */
export const UNKNOWN: unique symbol = Symbol("known only after deployment");
export type Unknown = typeof UNKNOWN;

/** Properties as rules walk them: JSON values, and {@link UNKNOWN} wherever something is known only later. */
export type Plain = Unknown | null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** What reading a property yields: the value, `undefined` where there is none of that type, or {@link UNKNOWN}. */
export type Reading<T> = T | undefined | Unknown;

type Fields<T> = NonNullable<T>;
/** An element of a list; what is no list is one of its own. */
export type Item<T> = NonNullable<T> extends readonly (infer E)[] ? E : NonNullable<T>;

/** The elements of a list. `complete` is false when the list, or how many it has, is known only later. */
export interface Listing<T> {
  readonly items: readonly Property<T>[];
  readonly complete: boolean;
}

/**
 * A place in a resource's properties. Walking and reading never throw: below something unknown all is unknown, below something absent
 * all is absent, and a value of another type than asked for counts as absent.
 */
export class Property<T> {
  constructor(
    private readonly value: Plain | undefined,
    /** As messages name it, for example `vpcConfig.endpointPublicAccess`. Made of property names and positions, never of values. */
    readonly path: string,
    /** Unknown because something above it is: then it is not even known whether there is such a property. */
    readonly isBelowUnknown = false,
  ) {}

  get isUnknown(): boolean {
    return this.value === UNKNOWN;
  }

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  get<K extends keyof Fields<T> & string>(key: K): Property<Fields<T>[K]> {
    const path = this.path === "" ? key : `${this.path}.${key}`;
    if (this.isUnknown) return new Property<Fields<T>[K]>(UNKNOWN, path, true);
    const fields = asRecord(this.value);
    return new Property(fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : undefined, path);
  }

  /** An entry of a map whose keys are free. The key becomes part of the path, so it must not come from the resource. */
  entry(key: string): Property<string> {
    return (this as unknown as Property<Record<string, string>>).get(key);
  }

  /** The elements of a list; a single object where a list belongs counts as a list of one. */
  items(): Listing<Item<T>> {
    if (this.isUnknown) return { items: [], complete: false };
    if (this.isAbsent) return { items: [], complete: true };
    if (Array.isArray(this.value)) {
      return {
        items: this.value.map((item, index) => new Property<Item<T>>(item, `${this.path}[${index}]`)),
        complete: true,
      };
    }
    const single = asRecord(this.value) === undefined ? [] : [new Property<Item<T>>(this.value, this.path)];
    return { items: single, complete: true };
  }

  /** A truth value; the texts `true` and `false` count, because some arguments are texts. */
  flag(): Reading<boolean> {
    if (this.isUnknown) return UNKNOWN;
    if (this.value === "true") return true;
    if (this.value === "false") return false;
    return typeof this.value === "boolean" ? this.value : undefined;
  }

  number(): Reading<number> {
    if (this.isUnknown) return UNKNOWN;
    if (typeof this.value === "string" && /^-?\d+(\.\d+)?$/.test(this.value)) return Number(this.value);
    return typeof this.value === "number" ? this.value : undefined;
  }

  /** A text that is not empty. */
  text(): Reading<string> {
    if (this.isUnknown) return UNKNOWN;
    return typeof this.value === "string" && this.value !== "" ? this.value : undefined;
  }

  /** The value as it is, for readers that have their own leniency, such as the one of policy documents. */
  raw(): Plain | undefined {
    return this.value;
  }
}

/** The properties that a policy is called with, as {@link Plain}. Reading an unknown one throws there; here it becomes UNKNOWN. */
export function toPlain(properties: unknown): Plain {
  return convert(() => properties, 0);
}

/** Levels below which properties are not read. */
export const deepest = 64;

function convert(read: () => unknown, depth: number): Plain {
  let value: unknown;
  try {
    value = read();
  } catch {
    return UNKNOWN;
  }
  if (value === null || value === undefined) return null;
  if (value === UNKNOWN) return UNKNOWN;
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") return value;
  if (typeof value !== "object" || depth > deepest) return null;
  const source = value as Record<string, unknown>;
  if (Array.isArray(value)) {
    return Array.from({ length: value.length }, (_, index) => convert(() => source[index], depth + 1));
  }
  return Object.fromEntries(Object.keys(source).map((key) => [key, convert(() => source[key], depth + 1)]));
}

function asRecord(value: Plain | undefined): Readonly<Record<string, Plain>> | undefined {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, Plain>>) : undefined;
}
