import { ACTS } from '@concord/plugin-sdk';
import type { Rule } from '../rule.js';
import { PASS } from '../rule.js';
import { endingInWords, isPaid } from './debt-ending.js';

/**
 * A debt with nothing left to pay is told its end; that it was once owed is not taken back. Every partner but a bureau is
 * told so for a settled debt as well, even where the account shows a rest: the office has agreed to ask for no more. A
 * letter leaves nothing standing that could end, so none is sent.
 */
export const paid: Rule = {
  id: 'PAID',
  title: 'Nothing is owed any more',
  jurisdictions: {},
  acts: ACTS,
  yieldsTo: 'US-REGF-08',
  effectiveFrom: null,
  effectiveTo: null,
  citation: null,
  confirmed: 'partly',
  note: 'Collection-industry reference on Metro 2: a paid collection is reported as paid, not deleted for being paid. That every other act ends with the debt needs no source, and has none here.',
  parameters: {},
  judge: ({ ledger }, act) =>
    isPaid(ledger) || (act !== 'report' && ledger.settled)
      ? [{ outcome: act === 'contact' ? 'block' : 'close', reason: endingInWords(ledger), earliestOn: null }]
      : PASS,
};
