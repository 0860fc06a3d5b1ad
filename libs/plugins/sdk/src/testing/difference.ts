/**
 * Where two values that consist of data differ first, as a path with both sides, or null when they say the same. A key
 * whose value is undefined says nothing.
 */
export function firstDifference(actual: unknown, expected: unknown, path = ''): string | null {
  if (Object.is(actual, expected)) return null;
  if (Array.isArray(actual) && Array.isArray(expected)) {
    for (let at = 0; at < Math.max(actual.length, expected.length); at += 1) {
      const found = firstDifference(actual[at], expected[at], `${path}[${at}]`);
      if (found !== null) return found;
    }
    return null;
  }
  if (isRecord(actual) && isRecord(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const found = firstDifference(actual[key], expected[key], path === '' ? key : `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  return `${path === '' ? 'the whole' : path}: ${shown(actual)} instead of ${shown(expected)}`;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200);
}
