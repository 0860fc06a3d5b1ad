import { describe, expect, it } from '@jest/globals';
import type { JsonValue, StopKind } from '@concord/plugin-sdk';
import { STOP_KINDS } from '@concord/plugin-sdk';
import { stopDetailFaults } from './stop-details.js';

const faults = (kind: StopKind, details: Record<string, JsonValue>, country = 'US', endsOn: string | null = null) =>
  stopDetailFaults({ kind, endsOn, details }, country);

describe('the details of a stop', () => {
  it.each<[StopKind, Record<string, JsonValue>, string, string | null]>([
    ['insolvency', { chapter: '13', filedOn: '2026-03-01' }, 'US', null],
    ['insolvency', { chapter: 7 }, 'US', null],
    ['insolvency', { procedure: 'proposal' }, 'CA', null],
    ['moratorium', {}, 'GB', '2026-05-14'],
    ['moratorium', { reviewOn: '2026-05-14' }, 'GB', null],
    ['hearing-pending', { hearingOn: '2026-06-01', court: 'Example Court' }, 'US', null],
  ])('of %s with %j are complete', (kind, details, country, endsOn) => {
    expect(faults(kind, details, country, endsOn)).toEqual([]);
  });

  it.each<[StopKind, Record<string, JsonValue>, string]>([
    ['insolvency', {}, 'US'],
    ['insolvency', { chapter: '14' }, 'US'],
    ['insolvency', { chapter: '7' }, 'CA'],
    ['insolvency', { procedure: ' ' }, 'GB'],
    ['insolvency', { chapter: '7', dischargedOn: '2026-03-01' }, 'US'],
    ['insolvency', { chapter: '7', filedOn: 'last week' }, 'US'],
    ['moratorium', {}, 'GB'],
    ['appeal', { filedOn: 20260301 }, 'US'],
  ])('of %s with %j are not (%s)', (kind, details, country) => {
    expect(faults(kind, details, country)).toHaveLength(1);
  });

  it('of every other kind need nothing', () => {
    for (const kind of STOP_KINDS) {
      if (kind !== 'insolvency' && kind !== 'moratorium') expect(faults(kind, {})).toEqual([]);
    }
  });
});
