import type { DebtSnapshot, Decision, IsoDate } from '@concord/plugin-sdk';
import { nextCutoff } from '../calendar/domain/cutoff.js';
import { addDays } from '../calendar/domain/iso-date.js';
import { instantOf } from '../calendar/domain/time-zone.js';
import type { Connector } from '../connectors/connector.js';
import { strictestReleaseDuty } from '../rules/domain/judge.js';
import type { DutyRow } from './release-duties.js';

/** What the law says of a balance that a partner holds too high: corrected with the next file. */
const CORRECTION = 'CORRECTION';

/** The rule by which a release is owed where none sets a time of its own. */
export function ruleOf({ reasons }: Decision): string {
  return reasons[0]?.rule ?? CORRECTION;
}

/**
 * By when a release is owed, and the rule that says so: the shortest time that a rule sets, else the partner's next cutoff
 * and the strictest reason. A rule that leaves more time than the first cutoff after today does not put a release off.
 */
export function deadline(
  connector: Connector,
  debt: DebtSnapshot,
  decision: Decision,
  date: IsoDate,
): Pick<DutyRow, 'dueOn' | 'rule'> {
  const rule = ruleOf(decision);
  const duty = strictestReleaseDuty(debt, connector.act, date, connector.judging);
  if (duty === null) return { dueOn: cutoffFrom(connector, date), rule };
  const dueOn = connector.officeCalendar.addBusinessDays(date, duty.withinBusinessDays);
  const cutoffOn = cutoffFrom(connector, addDays(date, 1));
  return { dueOn: dueOn < cutoffOn ? dueOn : cutoffOn, rule: duty.rule };
}

/** The partner's first cutoff on a day or later. */
function cutoffFrom({ body, calendar, timeZone }: Connector, day: IsoDate): IsoDate {
  return nextCutoff(body.schedule, calendar, instantOf(day, '00:00', timeZone), timeZone).date;
}
