import type { IsoDate, StopSnapshot } from '@concord/plugin-sdk';
import { addDays, isIsoDate } from '../../../../calendar/domain/iso-date.js';
import type { Clocks } from '../../clocks.js';
import type { Rule } from '../../rule.js';
import { proofDays } from '../proofs-about.js';
import { isCrisis, moratoria, protectedBy } from './breathing-space.js';
import { ukBs01 } from './uk-bs-01.js';

/**
 * Breathing space in a mental health crisis lasts as long as the treatment and 30 days more, whatever last day the stop has.
 * It is a moratorium with `scheme: mental-health-crisis` in its details. While nobody has told the office when the treatment
 * ended (`treatmentEndedOn` in the details), it goes on. What it does to each act, and what ends it, is as for UK-BS-01.
 */
export const ukBs02: Rule<{ daysAfterTreatment: number; releaseBusinessDays: number }> = {
  id: 'UK-BS-02',
  title: 'Breathing space in a mental health crisis',
  jurisdictions: { countries: ['GB'] },
  acts: ukBs01.acts,
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'SI 2020/1311',
  confirmed: 'yes',
  note: 'Confirmed as in the register: by guidance to creditors, not by the instrument. What it holds back is as for UK-BS-01, with the same choices.',
  parameters: { daysAfterTreatment: 30, releaseBusinessDays: 0 },
  judge: (debt, act, date, { daysAfterTreatment, releaseBusinessDays }, clocks) =>
    moratoria(debt, date)
      .filter(isCrisis)
      .flatMap((stop) =>
        protectedBy(stop, debt, act, date, {
          lastOn: lastDay(stop, daysAfterTreatment, clocks),
          because: `Breathing space protects you during crisis treatment and for ${daysAfterTreatment} days after it.`,
          releaseBusinessDays,
        }),
      ),
  turningDates: (debt, { daysAfterTreatment }, clocks) => [
    ...proofDays(debt),
    ...debt.stops
      .filter((stop) => stop.kind === 'moratorium' && isCrisis(stop))
      .flatMap((stop) => lastDay(stop, daysAfterTreatment, clocks) ?? [])
      .map((on) => addDays(on, 1)),
  ],
};

/** The later of the stop's own last day and the last of the days after the treatment; null while the treatment has no end. */
function lastDay({ endsOn, details }: StopSnapshot, days: number, clocks: Clocks): IsoDate | null {
  const ended = details['treatmentEndedOn'];
  if (typeof ended !== 'string' || !isIsoDate(ended)) return null;
  const last = clocks.nth('calendar', ended, days);
  return endsOn !== null && endsOn > last ? endsOn : last;
}
