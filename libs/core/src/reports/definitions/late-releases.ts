import { CURRENCY, DEBT_COLUMNS, money } from '../domain/report.js';
import { whoMustAct } from '../domain/must-act.js';
import type { ReportDefinition } from '../report-definition.js';

interface Found {
  readonly connector: string;
  readonly partner: string;
  readonly mode: string;
  readonly number: number;
  readonly sourceReference: string;
  readonly type: string;
  readonly currency: string;
  readonly held: string;
  readonly heldMinor: number;
  readonly rule: string;
  readonly owedOn: string;
  readonly dueOn: string;
  readonly doneOn: string | null;
  readonly daysLate: number;
  readonly inFlight: number;
  readonly lastStatus: string | null;
}

/** Duties that were past their deadline on some day from $2 to $3: done late, or not done by the last of these days. */
const LATE = `
  with late as (
    select d.position_id, d.connector_id, d.rule, d.owed_on, d.due_on,
           case when d.done_on <= $3::date then d.done_on end as done_on
    from exchange_v1.release_duty d join exchange_v1.connector c on c.id = d.connector_id
    where c.jurisdiction_id = $1 and d.owed_on <= $3::date and (d.done_on is null or d.done_on >= $2::date)
      and d.due_on < least(d.done_on, $3::date)),
  told as (
    select distinct on (r.position_id) r.position_id, r.status
    from exchange_v1.told_record r
    where r.entry_id is null and r.position_id in (select position_id from late)
    order by r.position_id, r.release_number desc, r.sequence desc)
  select c.id as connector, c.title as partner, c.mode, d.number, d.source_reference as "sourceReference", d.type, d.currency,
         p.known_state as held, p.known_amount_minor as "heldMinor", l.rule, l.owed_on as "owedOn", l.due_on as "dueOn",
         l.done_on as "doneOn", coalesce(l.done_on, $3::date) - l.due_on as "daysLate", p.in_flight as "inFlight",
         told.status as "lastStatus"
  from late l
  join exchange_v1.connector c on c.id = l.connector_id
  join exchange_v1.position p on p.id = l.position_id
  join cases.debt d on d.id = p.subject_id
  left join told on told.position_id = l.position_id
  order by "daysLate" desc, c.id, d.number, l.due_on`;

/** A release late is a debtor who is harmed: each has a name of who must act. What the partner holds is as of now. */
export const lateReleases: ReportDefinition = {
  name: 'late-releases',
  title: 'Releases late',
  about: 'Positions that a partner had to release by a day that passed: how late, where, and who must act now.',
  takes: 'span',
  columns: [
    { key: 'connector', title: 'Connector', kind: 'text' },
    { key: 'partner', title: 'Partner', kind: 'text' },
    ...DEBT_COLUMNS,
    CURRENCY,
    { key: 'held', title: 'Held now', kind: 'text' },
    money('heldMinor', 'Amount held'),
    { key: 'rule', title: 'Rule', kind: 'text' },
    { key: 'owedOn', title: 'Owed since', kind: 'date' },
    { key: 'dueOn', title: 'Due', kind: 'date' },
    { key: 'doneOn', title: 'Released', kind: 'date' },
    { key: 'daysLate', title: 'Days late', kind: 'days' },
    { key: 'mustAct', title: 'Must act', kind: 'text' },
  ],
  async *rows({ jurisdiction, from, to }, read) {
    for await (const found of read<Found>(LATE, [jurisdiction.id, from, to])) {
      yield found.map(({ mode, inFlight, lastStatus, ...late }) => ({
        ...late,
        mustAct: whoMustAct({ mode, inFlight, lastStatus, done: late.doneOn !== null }),
      }));
    }
  },
};
