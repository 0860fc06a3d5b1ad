import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import { isPaid } from '../debt-ending.js';
import { block, dollars } from './objections.js';

interface Terms {
  readonly [name: string]: number | string;
  readonly waitDays: number;
  readonly aboveMinor: number;
  readonly banned: string;
}

/** Kinds of original creditor as bureaus number them; 02 is medical. */
const MEDICAL_CREDITORS = ['02', '2'];

/**
 * A medical debt waits 365 days from its first delinquency before it is reported, so that an insurer can pay. One of
 * $500 or less is not reported, and a paid one is deleted, whoever paid it: both are withdrawn. Where the office's
 * State bans it, every one is.
 */
export const usNcap03: Rule<Terms> = {
  id: 'US-NCAP-03',
  title: 'Medical debts later, and only large ones that are unpaid',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'NCAP + state law',
  confirmed: 'partly',
  note: "The first policy, 180 days and deletion of what insurance paid, is confirmed; the later one that is used here, 365 days and balances above $500, is not. Several States ban it: the office's counsel sets `banned` to `yes`. A debt is medical by its kind, or by the kind of its original creditor.",
  parameters: { waitDays: 365, aboveMinor: 50_000, banned: 'no' },
  judge(debt, _act, date, { waitDays, aboveMinor, banned }) {
    if (!isMedical(debt)) return PASS;
    // Any other word than `no` is taken for a ban that somebody meant to set.
    if (banned !== 'no') return [withdraw('In your State no medical debt may be on a credit report.')];
    if (isPaid(debt.ledger))
      return [withdraw('This medical bill is paid or no longer owed. It is taken off your report.')];
    if (debt.ledger.balanceMinor <= aboveMinor) {
      return [withdraw(`A medical debt of ${dollars(aboveMinor)} or less is not on a credit report.`)];
    }
    const reportableOn = waitsUntil(debt, waitDays);
    // Without a date of first delinquency US-FCRA-04 blocks.
    if (reportableOn === null || reportableOn <= date) return PASS;
    const reason = `A medical debt may be reported ${waitDays} days after it was first overdue: from ${reportableOn}.`;
    return [block(reason, { earliestOn: reportableOn })];
  },
  turningDates(debt, { waitDays }) {
    const reportableOn = waitsUntil(debt, waitDays);
    return isMedical(debt) && reportableOn !== null ? [reportableOn] : [];
  },
};

function isMedical({ debt }: DebtSnapshot): boolean {
  return debt.family === 'medical' || MEDICAL_CREDITORS.includes(debt.originalCreditor?.classification ?? '');
}

function waitsUntil({ debt }: DebtSnapshot, waitDays: number): IsoDate | null {
  return debt.delinquentOn === null ? null : addDays(debt.delinquentOn, waitDays);
}

function withdraw(reason: string): Objection {
  return { outcome: 'withdraw', reason, earliestOn: null };
}
