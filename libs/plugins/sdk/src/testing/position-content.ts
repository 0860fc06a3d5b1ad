import type { DesiredPosition } from '../contract/position.js';
import { firstDifference } from './difference.js';
import { ensure } from './test-framework.js';

/** What the hub takes of one position. */
const LONGEST_KEY = 500;
const LONGEST_REFERENCE = 200;
const LARGEST_MINOR = 1_000_000_000_000;
const MOST_POSITIONS = 100;
/** Content is kept and compared for every debt at every partner, for years. */
export const LARGEST_CONTENT_BYTES = 16 * 1024;

/**
 * Position content is kept as JSON, for years, unencrypted: it survives the trip, is small, and carries references to
 * identifiers only.
 */
export function checkPositions(
  positions: readonly DesiredPosition[],
  identifiers: readonly string[],
  date: string,
): void {
  const keys = positions.map((position) => position.key);
  ensure(new Set(keys).size === keys.length, 'Two positions of one subject have the same key');
  ensure(
    positions.length <= MOST_POSITIONS,
    `${positions.length} positions of one subject are more than the hub takes`,
  );
  for (const { key, reference, amountMinor, content, reviewOn } of positions) {
    ensure(key.length <= LONGEST_KEY, 'The key is longer than the hub takes');
    ensure(reference !== '', 'The partner needs a name for the position');
    ensure(reference.length <= LONGEST_REFERENCE, 'The reference is longer than the hub takes');
    ensure(
      Number.isSafeInteger(amountMinor) && amountMinor >= 0 && amountMinor <= LARGEST_MINOR,
      'The amount is no integer of minor units that the hub takes',
    );
    ensure(reviewOn === undefined || reviewOn > date, `A look again on ${reviewOn} would never come`);
    const json = JSON.stringify(content) ?? '';
    ensure(json.startsWith('{'), 'The content is no JSON object');
    const trip = firstDifference(JSON.parse(json), content);
    ensure(trip === null, `The content is not JSON: ${trip}`);
    const bytes = Buffer.byteLength(json);
    ensure(bytes <= LARGEST_CONTENT_BYTES, `The content has ${bytes} bytes, more than ${LARGEST_CONTENT_BYTES}`);
    const shown = identifierIn(content, identifiers) ?? identifierIn(reference, identifiers);
    ensure(shown === null, 'The content carries an identifier');
  }
}

/** The first of the identifiers that is found in a value, however it is punctuated; null when there is none. */
export function identifierIn(value: unknown, identifiers: readonly string[]): string | null {
  const texts = [...textsIn(value)];
  const bare = texts.map((text) => text.replaceAll(/[^0-9A-Za-z]/g, ''));
  return (
    identifiers.find((identifier) => {
      const bareIdentifier = identifier.replaceAll(/[^0-9A-Za-z]/g, '');
      return [...texts, ...bare].some((text) => text.includes(identifier) || text.includes(bareIdentifier));
    }) ?? null
  );
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'number') yield String(value);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield* textsIn(item);
}
