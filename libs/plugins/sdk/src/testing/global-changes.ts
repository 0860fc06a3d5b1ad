/** What plugins share with the hub and with each other in one process. None of it is theirs to change. */
const SHARED: { readonly [name: string]: object } = {
  globalThis,
  Object,
  'Object.prototype': Object.prototype,
  Array,
  'Array.prototype': Array.prototype,
  'String.prototype': String.prototype,
  'Number.prototype': Number.prototype,
  'Function.prototype': Function.prototype,
  'Map.prototype': Map.prototype,
  'Set.prototype': Set.prototype,
  'Date.prototype': Date.prototype,
  'RegExp.prototype': RegExp.prototype,
  Promise,
  'Promise.prototype': Promise.prototype as object,
  'Error.prototype': Error.prototype,
  JSON,
  Math,
  Buffer,
  'Buffer.prototype': Buffer.prototype as object,
  'Uint8Array.prototype': Uint8Array.prototype,
};

type State = ReadonlyMap<string, PropertyDescriptor>;

/** Remembers the shared objects, and later names every property of them that was added, removed or replaced. */
export function watchGlobals(): () => readonly string[] {
  const before = stateOfShared();
  return () => {
    const after = stateOfShared();
    const changed = [...before].filter(([name, was]) => isChanged(was, after.get(name))).map(([name]) => name);
    return [...changed, ...[...after.keys()].filter((name) => !before.has(name))].map((name) => `${name} changed`);
  };
}

function stateOfShared(): State {
  const state = new Map<string, PropertyDescriptor>();
  for (const [name, owner] of Object.entries(SHARED)) {
    for (const key of Reflect.ownKeys(owner)) {
      const descriptor = Object.getOwnPropertyDescriptor(owner, key);
      if (descriptor !== undefined) state.set(`${name}.${String(key)}`, descriptor);
    }
  }
  return state;
}

function isChanged(was: PropertyDescriptor, is: PropertyDescriptor | undefined): boolean {
  if (is === undefined) return true;
  // Node fills some of its globals in when they are first read: a getter that became a value is no change.
  if (was.get !== undefined) return is.get !== undefined && is.get !== was.get;
  return !Object.is(is.value, was.value);
}
