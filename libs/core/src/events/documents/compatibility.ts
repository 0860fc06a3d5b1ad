import type { EventSchemas, JsonSchema } from './event-schemas.js';

/** One way in which a new schema takes back what an old one promised to those who take events in. */
export interface Break {
  /** Wire name of the event, and the way to the place in it: `concord.debt.registered.v1/data/debtId`. */
  readonly at: string;
  readonly kind:
    | 'removed-type'
    | 'removed-property'
    | 'retyped'
    | 'newly-required'
    | 'no-longer-required'
    | 'narrowed-enum'
    | 'closed';
}

/** Keywords that only explain. */
const WORDS = new Set(['description', 'title', 'examples', 'default', '$comment']);
/** Keywords that are compared by what they mean; all others must stay as they are. */
const COMPARED = new Set(['properties', 'required', 'enum', 'additionalProperties', 'items']);

/**
 * What of the old events the new ones break. New types, new optional properties, more values of an enum and more words are
 * growth, and no breaks. What is not known to be growth is a break.
 */
export function breaksBetween(old: EventSchemas, current: EventSchemas): Break[] {
  return Object.entries(old).flatMap(([type, schema]): Break[] => {
    const now = current[type];
    return now === undefined ? [{ at: type, kind: 'removed-type' }] : within(type, schema, now);
  });
}

function within(at: string, old: JsonSchema, current: JsonSchema): Break[] {
  return [
    ...(sameType(old, current) ? [] : [{ at, kind: 'retyped' as const }]),
    ...enumBreaks(at, old['enum'], current['enum']),
    ...propertyBreaks(at, old, current),
    ...closingBreaks(at, old['additionalProperties'], current['additionalProperties']),
    ...itemBreaks(at, old['items'], current['items']),
  ];
}

function sameType(old: JsonSchema, current: JsonSchema): boolean {
  const keywords = new Set([...Object.keys(old), ...Object.keys(current)]);
  return [...keywords].every(
    (keyword) => WORDS.has(keyword) || COMPARED.has(keyword) || same(old[keyword], current[keyword]),
  );
}

function enumBreaks(at: string, old: unknown, current: unknown): Break[] {
  if (same(old, current)) return [];
  // Values that were free and are listed now are narrower; a list that is gone allows more than was promised to readers.
  if (!Array.isArray(old) || !Array.isArray(current))
    return [{ at, kind: old === undefined ? 'narrowed-enum' : 'retyped' }];
  const kept = old.every((value) => current.some((each) => same(value, each)));
  return kept ? [] : [{ at, kind: 'narrowed-enum' }];
}

function propertyBreaks(at: string, old: JsonSchema, current: JsonSchema): Break[] {
  const [were, are] = [propertiesOf(old), propertiesOf(current)];
  const [required, nowRequired] = [requiredOf(old), requiredOf(current)];
  return [
    ...Object.entries(were).flatMap(([name, schema]): Break[] => {
      const place = `${at}/${name}`;
      const now = are[name];
      if (now === undefined) return [{ at: place, kind: 'removed-property' }];
      return within(place, schema, now);
    }),
    ...[...nowRequired]
      .filter((name) => !required.has(name))
      .map((name): Break => ({ at: `${at}/${name}`, kind: 'newly-required' })),
    ...[...required]
      .filter((name) => !nowRequired.has(name) && are[name] !== undefined)
      .map((name): Break => ({ at: `${at}/${name}`, kind: 'no-longer-required' })),
  ];
}

/** Left out, `additionalProperties` allows everything. */
function closingBreaks(at: string, old: unknown = true, current: unknown = true): Break[] {
  if (current === true || same(old, current) || old === false) return [];
  if (isSchema(old) && isSchema(current)) return within(`${at}/*`, old, current);
  return [{ at, kind: 'closed' }];
}

function itemBreaks(at: string, old: unknown, current: unknown): Break[] {
  if (same(old, current)) return [];
  return isSchema(old) && isSchema(current) ? within(`${at}[]`, old, current) : [{ at: `${at}[]`, kind: 'retyped' }];
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function requiredOf(schema: JsonSchema): ReadonlySet<string> {
  return new Set((schema['required'] ?? []) as readonly string[]);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two pieces of JSON say the same, whatever the order of their keys. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as JsonSchema, b as JsonSchema];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && same(left[key], right[key]));
}
