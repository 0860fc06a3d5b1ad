import type { DebtSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import { US_PROOF_SUBJECTS } from './proof-subjects.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { afterFullDays } from './anniversary.js';
import { block } from './objections.js';
import { paperDates, papersOn } from './stored-proof.js';

/**
 * No judgment by default against somebody who may be on active duty. Before the office files in court about a person's
 * debt, a certificate of the Department of Defense (a proof `active-duty-certificate`), at most 30 days old, says that
 * the person is not on active duty. While a stop `active-duty` stands, nothing is filed whatever is certified: the
 * court decides with an attorney for the person, after a stay. A claim names everybody who owes the debt, so the
 * service of a co-debtor holds it as well.
 */
export const usScra01: Rule<{ certificateValidDays: number }> = {
  id: 'US-SCRA-01',
  title: 'No default judgment without a certificate on military service',
  jurisdictions: { countries: ['US'] },
  acts: ['file-claim'],
  seesCoDebtors: true,
  effectiveFrom: null,
  effectiveTo: null,
  citation: '50 USC 3931',
  confirmed: 'yes',
  note: "The certificate is for the judgment by default; it is asked for before anything is filed, because one act stands for all filings. How old it may be is chosen here. The stay of 90 days or more is the court's to grant, and not counted. A certificate does not say whose service it is about: that there is one for everybody who is sued is for the office to see to. Only what a person owes is judged.",
  parameters: { certificateValidDays: 30 },
  judge(debt, _act, date, { certificateValidDays }) {
    if (!isOwedByPerson(debt)) return PASS;
    const serving = stopsInForce(debt, date, 'active-duty');
    if (serving.length > 0) {
      return serving.map((stop) => block(inService(debt, stop), { earliestOn: dayAfterEnd(stop) }));
    }
    const valid = papersOn(debt, US_PROOF_SUBJECTS.activeDutyCertificate, date).some(
      ({ on }) => date <= addDays(on, certificateValidDays),
    );
    if (valid) return PASS;
    const reason = 'It is not certified that you are not on active military service.';
    return [block(reason, { missing: `a certificate on military service, at most ${certificateValidDays} days old` })];
  },
  turningDates: (debt, { certificateValidDays }) =>
    paperDates(debt, US_PROOF_SUBJECTS.activeDutyCertificate).flatMap((on) => [
      on,
      afterFullDays(on, certificateValidDays),
    ]),
};

function isOwedByPerson({ parties }: DebtSnapshot): boolean {
  return parties.some(({ kind }) => kind === 'person');
}

function inService({ parties }: DebtSnapshot, { partyId }: StopSnapshot): string {
  const isAnothers = parties.some(({ role, id }) => role !== 'debtor' && id === partyId);
  return isAnothers
    ? 'Somebody who owes this debt with you is on active military service. No judgment may be taken by default: the court names an attorney for them and stays the case.'
    : 'You are on active military service. No judgment may be taken by default: the court names an attorney for you and stays the case.';
}
