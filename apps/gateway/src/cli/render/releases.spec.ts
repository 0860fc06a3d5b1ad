import { describe, expect, it } from '@jest/globals';
import type { ReleaseView } from '@concord/core/exchanges/release-reads';
import { releasesText } from './releases.js';

const release: ReleaseView = {
  jurisdiction: 'us-tx-example',
  connector: 'us-tx-example-harbor',
  partner: 'Harbor',
  mode: 'on',
  act: 'place',
  debtId: 'd',
  number: 1_000_001,
  sourceReference: 'EX-1',
  rule: 'US-BK-01',
  citation: '11 USC 362(a),(k)',
  withoutCitation: null,
  reason: 'You have filed for bankruptcy. No collection agency may collect this debt.',
  owedOn: '2026-03-16',
  dueOn: '2026-03-17',
  doneOn: null,
  daysLate: 2,
  held: 'active',
  heldMinor: 52_500,
  inFlight: 1,
};

describe('releases in words', () => {
  it('have their deadline, how late they are, the rule and its source', () => {
    const text = releasesText({ counts: { open: 1, overdue: 1 }, releases: [release] });
    expect(text).toContain('1 open, 1 of them overdue.');
    for (const shown of ['2026-03-17', '2 d', 'US-BK-01', '11 USC 362(a),(k)', 'active, 1 unanswered']) {
      expect(text).toContain(shown);
    }
  });

  it('say why no source is named', () => {
    const withoutCitation = 'The office decides whom it asks.';
    const ended = { ...release, rule: 'REFERRAL', citation: null, withoutCitation };
    expect(releasesText({ counts: { open: 1, overdue: 0 }, releases: [ended] })).toContain(`none: ${withoutCitation}`);
  });

  it('fit a terminal, however long their sources are, and name each source once', () => {
    const withoutCitation = 'The office decides whom it asks to act for it; what it no longer asks for is taken back.';
    const ended = { ...release, rule: 'REFERRAL', citation: null, withoutCitation };
    const text = releasesText({ counts: { open: 9, overdue: 9 }, releases: [ended, ended] }, 2);
    expect(text).toContain('9 open, 9 of them overdue. Listed are the first 2 by deadline.');
    expect(text.match(/The office decides/g)).toHaveLength(1);
    expect(Math.max(...text.split('\n').map((line) => (line.startsWith('│') ? line.length : 0)))).toBeLessThanOrEqual(
      110,
    );
    expect(text).not.toContain('Done');
    expect(releasesText({ counts: { open: 0, overdue: 0 }, releases: [{ ...ended, doneOn: '2026-03-20' }] })).toContain(
      'Done',
    );
  });

  it('are counted where none is listed', () => {
    expect(releasesText({ counts: { open: 0, overdue: 0 }, releases: [] })).toBe('0 open, 0 of them overdue.');
  });
});
