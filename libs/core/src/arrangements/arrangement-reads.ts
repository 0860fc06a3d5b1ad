import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { readArrangement } from './arrangement-store.js';
import type { StoredArrangement } from './arrangement-store.js';
import type { OwedDebt } from './domain/allocation.js';
import type { Instalment, PlanTerms } from './domain/plan-terms.js';
import { complianceOn } from './domain/standing.js';
import type { Compliance, Received } from './domain/standing.js';

/** One schedule of an arrangement, as it was agreed. */
export interface ScheduleView {
  /** 1 for the first; an extension is the next one. */
  readonly revision: number;
  readonly agreedOn: IsoDate;
  readonly amountMinor: number;
  readonly terms: PlanTerms;
  readonly actor: string;
  readonly instalments: readonly Instalment[];
}

/** An arrangement with how it stands on a day, by the schedule that held on that day. */
export interface ArrangementView extends StoredArrangement, Compliance {
  readonly asOf: IsoDate;
  /** The debts, the oldest first, with what is owed on them on the day. */
  readonly debts: readonly OwedDebt[];
  readonly revision: number;
  readonly schedules: readonly ScheduleView[];
}

interface StoredSchedule extends Omit<ScheduleView, 'instalments'> {
  readonly caseVersion: number;
}

/**
 * An arrangement as of a day.
 *
 * @throws Refusal `arrangement-unknown`
 */
export async function viewArrangement(on: Queryable, id: string, asOf: IsoDate): Promise<ArrangementView> {
  const arrangement = await readArrangement(on, id);
  const stored = await schedulesOf(on, id);
  const instalments = await instalmentsOf(on, id);
  const schedules = stored.map((schedule) => ({
    ...schedule,
    instalments: instalments.filter(({ revision }) => revision === schedule.revision).map(plain),
  }));
  const place = Math.max(
    0,
    schedules.findLastIndex(({ agreedOn }) => agreedOn <= asOf),
  );
  const current = schedules[place]!;
  const received = await receivedFor(on, id, current.caseVersion, schedules[place + 1]?.caseVersion ?? null);
  const debts = await owedOn(on, id, asOf);
  const owed = debts.reduce((sum, { balanceMinor }) => sum + Math.max(0, balanceMinor), 0);
  return {
    ...arrangement,
    asOf,
    debts,
    revision: current.revision,
    ...complianceOn(current.instalments, received, owed, asOf),
    schedules: schedules.map(({ caseVersion: _, ...schedule }) => schedule),
  };
}

/** The arrangements of a debt as of a day, the newest first. */
export async function viewArrangementsOf(on: Queryable, debtId: string, asOf: IsoDate): Promise<ArrangementView[]> {
  const found = await rows<{ id: string }>(
    on,
    `select a.id from cases.arrangement_debt ad join cases.arrangement a on a.id = ad.arrangement_id
     where ad.debt_id = $1 order by a.recorded_at desc, a.id`,
    [debtId],
  );
  const views: ArrangementView[] = [];
  for (const { id } of found) views.push(await viewArrangement(on, id, asOf));
  return views;
}

function schedulesOf(on: Queryable, id: string): Promise<StoredSchedule[]> {
  return rows<StoredSchedule>(
    on,
    `select revision, agreed_on as "agreedOn", amount_minor as "amountMinor", terms, actor, case_version as "caseVersion"
     from cases.arrangement_schedule where arrangement_id = $1 order by revision`,
    [id],
  );
}

function instalmentsOf(on: Queryable, id: string): Promise<(Instalment & { readonly revision: number })[]> {
  return rows(
    on,
    `select revision, number, due_on as "dueOn", breaches_on as "breachesOn", amount_minor as "amountMinor"
     from cases.arrangement_instalment where arrangement_id = $1 order by revision, number`,
    [id],
  );
}

function plain({ revision: _, ...instalment }: Instalment & { readonly revision: number }): Instalment {
  return instalment;
}

/** Payments that were posted under a schedule, and the reversals of these whenever they came. */
function receivedFor(on: Queryable, id: string, after: number, until: number | null): Promise<Received[]> {
  return rows<Received>(
    on,
    `select e.effective_on as "on", -e.effect_minor as "amountMinor"
     from cases.arrangement_debt ad
     join cases.ledger_entry e on e.debt_id = ad.debt_id and e.kind in ('payment', 'reversal')
     left join cases.ledger_entry p on p.id = e.reverses
     where ad.arrangement_id = $1 and coalesce(p.case_version, e.case_version) > $2
       and ($3::bigint is null or coalesce(p.case_version, e.case_version) < $3)
     order by e.effective_on, e.case_version`,
    [id, after, until],
  );
}

/** What was taken off by the day; what was added counts whenever it was. */
function owedOn(on: Queryable, id: string, asOf: IsoDate): Promise<OwedDebt[]> {
  return rows<OwedDebt>(
    on,
    `select d.id as "debtId",
            coalesce(sum(e.effect_minor) filter (where e.effect_minor > 0 or e.effective_on <= $2), 0) as "balanceMinor"
     from cases.arrangement_debt ad join cases.debt d on d.id = ad.debt_id
     left join cases.ledger_entry e on e.debt_id = d.id
     where ad.arrangement_id = $1
     group by d.id order by coalesce(d.incurred_on, d.delinquent_on, d.registered_at::date), d.number`,
    [id, asOf],
  );
}
