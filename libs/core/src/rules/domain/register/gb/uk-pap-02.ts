import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { heardOn, proofDays, provedOn } from '../proofs-about.js';
import { isUnderProtocol } from './pre-action-protocol.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/**
 * Whoever answers the letter of claim (`reply-form-received`) is given 30 days from the answer. Whoever asks for documents
 * (`documents-requested`) is given them (`documents-provided`) and 30 days from that day. Until then a claim is blocked.
 */
export const ukPap02: Rule<{ waitDays: number }> = {
  id: 'UK-PAP-02',
  title: 'Time after a reply, or after the documents asked for',
  jurisdictions: { countries: ['GB'] },
  acts: ['file-claim'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'PAP Debt Claims s.4-5',
  confirmed: 'no',
  note: 'The latest reply and the latest documents count. Documents count where they were provided on or after the day on which they were asked for.',
  parameters: { waitDays: 30 },
  judge(debt, _act, date, { waitDays }, clocks) {
    if (!isUnderProtocol(debt, date)) return PASS;
    const provided = provedOn(debt, GB_SUBJECTS.documentsProvided, date);
    const answers = heardOn(debt, GB_SUBJECTS.documentsRequested, date).map((asked) =>
      provided.find((on) => on >= asked),
    );
    if (answers.includes(undefined)) {
      return [
        {
          outcome: 'block',
          reason:
            'You have asked the office for documents about this debt. Until you have had them, no claim may be issued.',
          earliestOn: null,
          missing: 'the documents that the debtor asked for',
        },
      ];
    }
    const from = [
      ...heardOn(debt, GB_SUBJECTS.replyReceived, date),
      ...answers.filter((on) => on !== undefined),
    ].sort();
    const last = from.at(-1);
    if (last === undefined) return PASS;
    const earliestOn = addDays(clocks.nth('calendar', last, waitDays), 1);
    if (earliestOn <= date) return PASS;
    const reason = `You have answered the letter of claim. The office must leave ${waitDays} days to settle this, so no claim may be issued before ${earliestOn}.`;
    return [{ outcome: 'block', reason, earliestOn }];
  },
  turningDates: proofDays,
};
