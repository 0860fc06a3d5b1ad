/** Whole numbers from 0 up to, and without, `below`. */
export type Draw = (below: number) => number;

/** Numbers that look random and are the same on every run, so that a failure can be repeated. */
export function seededNumbers(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

/** One of the items, which must not be empty. */
export function oneOf<T>(draw: Draw, items: readonly T[]): T {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('Nothing to choose from');
  return item;
}
