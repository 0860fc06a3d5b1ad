import type { DataSource, EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';

/** Whose cases wait for one step: few enough that nobody notices. */
const STEP = 2_000;

/** A content in force that has not had everything looked at again. */
interface Unmarked {
  readonly id: number;
  readonly strategyId: string;
  readonly debtTypes: readonly string[];
  readonly debtsTo: number | null;
  readonly referralsTo: string | null;
}

/**
 * Has every debt and referral looked at again that a content concerns since it came into force. Each step is a transaction
 * of its own that keeps how far it came: whoever was ended goes on there, and of two that do it at once each has
 * contents of its own.
 *
 * @param today the office's date
 */
export async function markForReview(gateway: DataSource, jurisdictionId: string, today: string): Promise<void> {
  for (;;) {
    if (!(await gateway.transaction((manager) => markNext(manager, jurisdictionId, today)))) return;
  }
}

/** @returns whether there may be more */
async function markNext(manager: EntityManager, jurisdictionId: string, today: string): Promise<boolean> {
  const [content] = await rows<Unmarked>(
    manager,
    `select id, strategy_id as "strategyId", content->'debtTypes' as "debtTypes", debts_marked_to as "debtsTo",
            referrals_marked_to as "referralsTo"
     from cases.strategy_version
     where jurisdiction_id = $1 and state = 'in-force' and (debts_marked_to is not null or referrals_marked_to is not null)
     order by id limit 1 for no key update skip locked`,
    [jurisdictionId],
  );
  if (content === undefined) return false;
  if (content.debtsTo === null) await markReferrals(manager, jurisdictionId, content, today);
  else await markDebts(manager, jurisdictionId, content, today);
  return true;
}

/** Whoever changes a debt holds its case: in the same order everywhere, so that nobody waits in a circle. */
async function markDebts(
  manager: EntityManager,
  jurisdictionId: string,
  { id, debtTypes, debtsTo }: Unmarked,
  today: string,
): Promise<void> {
  await rows(
    manager,
    `with next as materialized (
       select id, case_id, number, strategy_review_on from cases.debt
       where jurisdiction_id = $1 and type = any($2::text[]) and number > $3 order by number limit ${STEP}),
     held as materialized (
       select c.id from cases.case_file c
       where c.id in (select case_id from next where strategy_review_on is null or strategy_review_on > $4::date)
       order by c.id for no key update of c),
     marked as (
       update cases.debt d set strategy_review_on = $4::date
       from next n join held h on h.id = n.case_id
       where d.id = n.id and (d.strategy_review_on is null or d.strategy_review_on > $4::date))
     update cases.strategy_version set debts_marked_to = (select max(number) from next) where id = $5`,
    [jurisdictionId, debtTypes, debtsTo, today, id],
  );
}

async function markReferrals(
  manager: EntityManager,
  jurisdictionId: string,
  { id, strategyId, referralsTo }: Unmarked,
  today: string,
): Promise<void> {
  await rows(
    manager,
    `with next as materialized (
       select r.id, r.case_id from cases.referral r join cases.case_file c on c.id = r.case_id
       where c.jurisdiction_id = $1 and r.made_by = 'strategy' and r.strategy_id = $2 and r.withdrawn_on is null
         and r.id > $3::uuid
       order by r.id limit ${STEP}),
     held as materialized (
       select c.id from cases.case_file c where c.id in (select case_id from next) order by c.id for no key update of c),
     marked as (
       update cases.referral r set recall_review_on = $4::date
       from next n join held h on h.id = n.case_id
       where r.id = n.id and r.withdrawn_on is null and (r.recall_review_on is null or r.recall_review_on > $4::date))
     update cases.strategy_version set referrals_marked_to = (select id from next order by id desc limit 1) where id = $5`,
    [jurisdictionId, strategyId, referralsTo, today, id],
  );
}
