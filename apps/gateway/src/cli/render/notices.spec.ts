import { describe, expect, it } from '@jest/globals';
import type { Manifest } from '@concord/core/notices/batch-view';
import { batchTable, madeText, releasedText } from './notices.js';

const LEFT_OUT = {
  ...{ debtId: 'd-1', debtNumber: 1_000_017, code: 'stopped' as const },
  ...{ rule: 'STOP:dispute', citation: '12 CFR 1006.38(d)', reason: 'You dispute this debt.' },
};

describe('what came of letters, in words', () => {
  it('names the batch, and each debt that was left out with its reason', () => {
    const text = madeText({ batchId: 'b-1', noticeIds: ['n-1'], leftOut: [LEFT_OUT], goesOnAfter: 17, made: true });
    expect(text).toContain('Made: batch b-1. Letters: 1.');
    for (const part of ['1000017', 'd-1', 'stopped', LEFT_OUT.rule, LEFT_OUT.citation, LEFT_OUT.reason, '--after 17']) {
      expect(text).toContain(part);
    }
    expect(madeText({ batchId: null, noticeIds: [], leftOut: [], goesOnAfter: null, made: false })).toBe(
      'No letter could be made.',
    );
  });

  it('says what goes to print, what was taken out, and what changed', () => {
    const batch = {
      ...{ state: 'released', pages: 3, counts: { notices: 2, withdrawn: 1, returned: 0 } },
      totals: [{ currency: 'USD', minor: 102_500 }],
    } as unknown as Manifest;
    const text = releasedText({ released: true, takenOut: [{ noticeId: 'n-2', ...LEFT_OUT }], changed: 1, batch });
    expect(text).toContain('Letters: 2. Pages: 3. Asked for: $1,025.00.');
    expect(text).toContain('Taken out: 1');
    expect(text).toContain('With another balance than when they were made: 1.');
    expect(releasedText({ released: false, takenOut: [], changed: 0, batch })).toContain(
      'the batch is released already',
    );
  });

  it('says that there is nothing', () => {
    expect(batchTable([])).toBe('There are no batches of notices.');
  });
});
