/** Freezes data through and through: whoever writes to it throws. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  // Bytes can't be frozen, and what is no plain data is nobody's to change here.
  const prototype = Object.getPrototypeOf(value) as object | null;
  const isPlain = Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) frozen(item);
  return value;
}
