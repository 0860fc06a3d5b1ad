import type { z } from 'zod';
import type { LayoutFault } from '../layout-check.js';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a group of properties',
  array: 'a list',
};

/** What a schema found, as faults in words for a person who writes a mapping and not for one who writes schemas. */
export function faultsInWords(issues: readonly Issue[], value: unknown): LayoutFault[] {
  return issues.flatMap((issue) => inWords(issue, [], value));
}

function inWords(issue: Issue, base: Path, value: unknown): LayoutFault[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== 'symbol')];
  const found = valueAt(value, path);
  const one = (message: string): LayoutFault[] => [{ path, message }];
  switch (issue.code) {
    case 'invalid_type':
      return one(found === undefined ? 'is missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`);
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `"${key}" is no property that may stand here`,
      }));
    case 'invalid_value':
      if (found === undefined) return one('is missing');
      return one(`must be ${issue.values.map((choice) => JSON.stringify(choice)).join(' or ')}`);
    case 'too_small':
      return one(sizeInWords(issue.origin, 'at least', issue.minimum));
    case 'too_big':
      return one(sizeInWords(issue.origin, 'at most', issue.maximum));
    case 'invalid_format':
      return one(formatInWords(issue.format, path.at(-1)));
    case 'invalid_union':
      return unionInWords(issue, path, found, value);
    default:
      return one(issue.message);
  }
}

function formatInWords(format: string, property: string | number | undefined): string {
  if (property === 'key') return 'must begin with a small letter, and have letters and digits only';
  if (property === 'name') return 'must begin with a small letter, and have letters, digits and dashes only';
  return format === 'date' ? 'must be a date that exists, written YYYY-MM-DD' : 'is not written as it must be';
}

function sizeInWords(origin: string, bound: string, size: number | bigint): string {
  if (origin === 'array') return `must have ${bound} ${size} ${Number(size) === 1 ? 'entry' : 'entries'}`;
  if (origin === 'string') return `must have ${bound} ${size} ${Number(size) === 1 ? 'character' : 'characters'}`;
  return `must be ${bound} ${size}`;
}

/** Of several shapes that a value may have, the one that it was meant to have says what is wrong. */
function unionInWords(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  found: unknown,
  value: unknown,
): LayoutFault[] {
  if (found === undefined) return [{ path, message: 'is missing' }];
  const meant = issue.errors
    .filter((issues) => !issues.some(({ code, path: at }) => at.length === 0 && code !== 'unrecognized_keys'))
    .toSorted((one, other) => one.length - other.length);
  const [nearest] = meant;
  if (nearest !== undefined) return nearest.flatMap((inner) => inWords(inner, path, value));
  const options = 'options' in issue && Array.isArray(issue.options) ? (issue.options as unknown[]) : [];
  const choices = [
    ...options,
    ...issue.errors.flatMap((issues) =>
      issues.flatMap((inner) => (inner.code === 'invalid_value' ? inner.values : [])),
    ),
  ];
  if (choices.length === 0) return [{ path, message: 'is none of the things that may stand here' }];
  return [{ path, message: `must be ${choices.map((choice) => JSON.stringify(choice)).join(' or ')}` }];
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of path) {
    if (found === null || typeof found !== 'object') return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[step];
  }
  return found;
}
