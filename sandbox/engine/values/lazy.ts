/** What `load` gives, once somebody asks for it, and the same ever after. A `require` of Node costs as much as a small message each time, even of what is loaded. */
export function lazy<Value>(load: () => Value): () => Value {
  let loaded: { value: Value } | undefined;
  return () => {
    loaded ??= { value: load() };
    return loaded.value;
  };
}
