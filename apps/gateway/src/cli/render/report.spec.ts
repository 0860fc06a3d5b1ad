import { describe, expect, test } from '@jest/globals';
import type { ReportShown } from '../operations/reports.js';
import { reportTable } from './report.js';

const shown = (changes: Partial<ReportShown> = {}): ReportShown => ({
  frame: {
    ...{ report: 'ageing', title: 'Ageing', jurisdiction: 'us-example', from: null, to: '2026-03-31' },
    columns: [
      { key: 'type', title: 'Type', kind: 'text' },
      { key: 'balanceMinor', title: 'Owed', kind: 'money', total: true },
      { key: 'rules', title: 'Rules', kind: 'list' },
    ],
  },
  rows: [{ type: '\u001b[2Jutility', balanceMinor: -1_250, currency: 'USD', rules: ['A', 'B'] }],
  totals: [{ currency: 'USD', balanceMinor: -1_250 }],
  contentHash: 'abc',
  ...changes,
});

describe('a report as people read it', () => {
  test('has money as people write it, totals, its days and its hash, and nothing that a terminal would obey', () => {
    const text = reportTable(shown());
    expect(text).toMatch(/^Ageing, us-example, as of 2026-03-31\n/);
    expect(text).toMatch(/utility.*-\$12\.50.*A; B/);
    expect(text).toMatch(/Total USD.*-\$12\.50/);
    expect(text).toMatch(/Content abc$/);
    expect(text).not.toContain('\u001b');
  });

  test('says when there is nothing', () => {
    expect(reportTable(shown({ rows: [], totals: [] }))).toContain('Nothing to tell.');
  });
});
