import type { Act, DebtSnapshot, IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import { addDays, LAST_DATE } from '../../../../calendar/domain/iso-date.js';
import type { Objection, Verdict } from '../../rule.js';
import { PASS } from '../../rule.js';
import { NOT_DONE } from '../acts-in-words.js';
import { lastProvedOn } from '../proofs-about.js';
import { GB_SUBJECTS } from './proof-subjects.js';

/** `scheme` in the details of a moratorium in a mental health crisis; every other moratorium is a standard one. */
export const CRISIS_SCHEME = 'mental-health-crisis';

/**
 * What a moratorium does where it does not take back what stands: a running claim is not dropped, but the court is told;
 * collections rest while the payer's instruction is kept; a charge that is registered stays as security; and a letter leaves
 * nothing to take back.
 */
const EFFECTS: { readonly [act in Act]?: readonly Objection['outcome'][] } = {
  'file-claim': ['block', 'restrain'],
  lien: ['block'],
  'direct-debit': ['block', 'restrain'],
  contact: ['block'],
};

/** What is said of one moratorium. */
export interface Protection {
  /** Last day on which it protects; null where that is not known. */
  readonly lastOn: IsoDate | null;
  /** First sentence of the reason. */
  readonly because: string;
  readonly releaseBusinessDays: number;
}

/** The moratoria that have begun by a date, over or not: one that was lifted is no longer among a debt's stops. */
export function moratoria(debt: Pick<DebtSnapshot, 'stops'>, date: IsoDate): readonly StopSnapshot[] {
  return debt.stops.filter(({ kind, startsOn }) => kind === 'moratorium' && startsOn <= date);
}

export function isCrisis({ details }: StopSnapshot): boolean {
  return details['scheme'] === CRISIS_SCHEME;
}

/**
 * What a moratorium holds back on a date. After its last day nothing is taken back any more, but nothing is begun either
 * until the office has been told that it has ended: the stop is lifted, or the notice is on record.
 */
export function protectedBy(
  stop: StopSnapshot,
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  { lastOn, because, releaseBusinessDays }: Protection,
): Verdict {
  if (lastOn === null || date <= lastOn) {
    const reason = `${because} ${NOT_DONE[act]} while it lasts.`;
    const earliestOn = lastOn === null || lastOn >= LAST_DATE ? null : addDays(lastOn, 1);
    const release = { withinBusinessDays: releaseBusinessDays };
    return (EFFECTS[act] ?? ['withdraw']).map((outcome) => ({ outcome, reason, earliestOn, release }));
  }
  const toldOn = lastProvedOn(debt, [GB_SUBJECTS.breathingSpaceEnded], date);
  if (toldOn !== null && toldOn > stop.startsOn) return PASS;
  return [
    {
      outcome: 'block',
      reason: `${NOT_DONE[act]} until the office has been told that your breathing space has ended.`,
      earliestOn: null,
      missing: 'the notice that the breathing space has ended',
    },
  ];
}
