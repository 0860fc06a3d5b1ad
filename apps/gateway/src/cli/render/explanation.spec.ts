import { describe, expect, it } from '@jest/globals';
import type { ExplainedAct } from '@concord/core/rules/rule-queries';
import { explanationText } from './explanation.js';

const act = (changes: Partial<ExplainedAct> = {}): ExplainedAct => ({
  act: 'report',
  allowed: false,
  outcome: 'block',
  earliestOn: '2026-03-30',
  says: 'On 2026-03-16 the office may not report this debt to a credit bureau.',
  reasons: [
    {
      rule: 'US-REGF-01',
      outcome: 'block',
      reason: 'The office has written to you about this debt.',
      citation: '12 CFR 1006.30(a)(1)',
      earliestOn: '2026-03-30',
      withoutCitation: null,
    },
  ],
  passed: [
    { rule: 'US-FCRA-04', title: 'Known', citation: null, confirmed: 'yes', proofs: [] },
    {
      rule: 'US-NC-01',
      title: 'Told',
      citation: null,
      confirmed: 'yes',
      proofs: [{ kind: 'notice-sent', on: '2026-01-02', subject: 'set-off-notice' }],
    },
  ],
  partners: [
    {
      connectorId: 'bureau',
      title: 'Example Bureau',
      mode: 'paused',
      referred: false,
      says: 'The office has not referred this debt to this partner.',
    },
  ],
  ...changes,
});
const text = (...acts: ExplainedAct[]): string =>
  explanationText({
    debtId: 'd',
    number: '1000001',
    jurisdictionId: 'us-tx-example',
    on: '2026-03-16',
    acts,
  });

describe('an explanation in words', () => {
  it('reads as sentences, with the law in brackets', () => {
    expect(text(act()).split('\n')).toEqual([
      'Debt 1000001, us-tx-example. As on record now, for 2026-03-16.',
      '',
      'report: On 2026-03-16 the office may not report this debt to a credit bureau.',
      '  - The office has written to you about this debt. [block, US-REGF-01, 12 CFR 1006.30(a)(1); not before 2026-03-30]',
      '  Passed: US-FCRA-04; US-NC-01 on set-off-notice of 2026-01-02.',
      '  Example Bureau (paused): The office has not referred this debt to this partner.',
    ]);
  });

  it('names the missing proof, and says where no statute stands behind a reason', () => {
    const [reason] = act().reasons;
    const reasons = [{ ...reason!, citation: null, earliestOn: null, missing: 'a notice that was sent' }];
    expect(text(act({ reasons }))).toContain(
      'Missing: a notice that was sent. [block, US-REGF-01, no statute: chosen to protect the debtor]',
    );
    const why = [{ ...reasons[0]!, withoutCitation: 'That every act ends with the debt needs no source.' }];
    expect(text(act({ reasons: why }))).toContain('no statute: That every act ends with the debt needs no source]');
  });

  it('says once what holds back and marks at once, or stands there twice', () => {
    const [reason] = act().reasons;
    const marked = { ...reason!, outcome: 'restrain' as const };
    const said = text(act({ reasons: [reason!, reason!, marked] }));
    expect(said).toContain('[block and restrain, US-REGF-01, 12 CFR 1006.30(a)(1); not before 2026-03-30]');
    expect(said.match(/has written to you/g)).toHaveLength(1);
  });

  it('says that the office writes its letters itself', () => {
    expect(text(act({ act: 'contact', partners: [] }))).toContain('  The office does this itself.');
  });

  it('says that nobody does an act for the office, and spells out what a terminal would obey', () => {
    const shown = text(act({ partners: [], says: 'a\u001b[2Jb' }));
    expect(shown).toContain('No partner of this office does this');
    expect(shown).toContain('a\\u{1b}[2Jb');
  });
});
