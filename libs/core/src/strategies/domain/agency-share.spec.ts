import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AgencyLoads } from './agency-loads.js';
import type { ReferralCount } from './agency-loads.js';
import { chooseAgency } from './agency-share.js';
import type { AgencyShare } from './agency-share.js';

const A: AgencyShare = { connector: 'a', share: 60 };
const B: AgencyShare = { connector: 'b', share: 40 };
const holding = (counts: readonly ReferralCount[] = [], closed: readonly string[] = []) =>
  new AgencyLoads(counts, new Set(closed));

/** Refers so many debts one after the other. @returns who got each */
function refer(debts: number, oneOf: readonly AgencyShare[], loads = holding()): (string | null)[] {
  return Array.from({ length: debts }, () => {
    const chosen = chooseAgency('s', oneOf, loads);
    if (chosen !== null) loads.add('s', chosen);
    return chosen;
  });
}

describe('the next debt', () => {
  test('goes to the agency that holds least for its share, the first among equals', () => {
    expect(refer(5, [A, B])).toEqual(['a', 'b', 'a', 'b', 'a']);
    expect(refer(2, [B, A])).toEqual(['b', 'a']);
  });

  test("counts the strategy's own referrals, and nobody else's", () => {
    const others = { connectorId: 'a', strategyId: 'other', inForce: 50 };
    const byOfficers = { connectorId: 'a', strategyId: null, inForce: 50 };
    expect(refer(1, [A, B], holding([others, byOfficers]))).toEqual(['a']);
    expect(refer(1, [A, B], holding([{ connectorId: 'a', strategyId: 's', inForce: 1 }]))).toEqual(['b']);
  });

  test('makes up for what one agency is behind', () => {
    const loads = holding([
      { connectorId: 'a', strategyId: 's', inForce: 6 },
      { connectorId: 'b', strategyId: 's', inForce: 1 },
    ]);
    expect(refer(4, [A, B], loads)).toEqual(['b', 'b', 'b', 'a']);
  });

  test('goes to one with room, whoever took it up, and to none where none has any', () => {
    const full = [
      { ...A, capacity: 3 },
      { ...B, capacity: 1 },
    ];
    const loads = holding([
      { connectorId: 'a', strategyId: null, inForce: 1 },
      { connectorId: 'a', strategyId: 'other', inForce: 1 },
    ]);
    expect(refer(4, full, loads)).toEqual(['a', 'b', null, null]);
  });

  test('does not go to an agency that takes nothing new', () => {
    expect(refer(2, [A, B], holding([], ['a']))).toEqual(['b', 'b']);
    expect(refer(1, [A, B], holding([], ['a', 'b']))).toEqual([null]);
  });
});

const shares = (least: number, most: number) =>
  fc
    .array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: least, maxLength: most })
    .map((weights) => weights.map((share, index): AgencyShare => ({ connector: `c${index}`, share })));
const count = (chosen: readonly (string | null)[], connector: string) =>
  chosen.filter((each) => each === connector).length;
/** How far above its share an agency is, in debts. */
const ahead = (chosen: readonly (string | null)[], oneOf: readonly AgencyShare[], { connector, share }: AgencyShare) =>
  count(chosen, connector) - (chosen.length * share) / oneOf.reduce((sum, each) => sum + each.share, 0);

describe('after any number of debts', () => {
  test('each of two agencies has its share within one', () => {
    fc.assert(
      fc.property(shares(2, 2), fc.integer({ min: 0, max: 500 }), (oneOf, debts) => {
        const chosen = refer(debts, oneOf);
        for (const agency of oneOf) expect(Math.abs(ahead(chosen, oneOf, agency))).toBeLessThan(1);
      }),
    );
  });

  test('no agency of several is ahead of its share by one, so that none is behind by as many as there are others', () => {
    fc.assert(
      fc.property(shares(1, 8), fc.integer({ min: 0, max: 500 }), (oneOf, debts) => {
        const chosen = refer(debts, oneOf);
        for (const agency of oneOf) {
          const lead = ahead(chosen, oneOf, agency);
          expect(lead).toBeLessThan(1);
          expect(lead).toBeGreaterThan(-Math.max(1, oneOf.length - 1));
        }
      }),
    );
  });

  test('no capacity is exceeded, and none is left unused while debts wait', () => {
    const capacities = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(shares(3, 3), capacities, fc.integer({ min: 0, max: 150 }), (oneOf, rooms, debts) => {
        const limited = oneOf.map((agency, index) => ({ ...agency, capacity: rooms[index]! }));
        const chosen = refer(debts, limited);
        for (const { connector, capacity } of limited) {
          expect(count(chosen, connector)).toBeLessThanOrEqual(capacity);
        }
        const placed = chosen.filter((each) => each !== null).length;
        expect(placed).toBe(
          Math.min(
            debts,
            limited.reduce((sum, { capacity }) => sum + capacity, 0),
          ),
        );
      }),
    );
  });
});
