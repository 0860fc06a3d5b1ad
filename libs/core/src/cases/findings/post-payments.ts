import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { PLACES, POSTING, postingParameters } from './ledger-statements.sql.js';
import type { FindingsPart } from './findings-part.js';

/** Why a payment of a partner can't be posted, in order of what is looked at first; null where it can. */
const PAYMENT_FAULT = `
  case when f.debt_id is null then 'reference-unknown'
       when f.currency <> f.debt_currency then 'currency-differs'
       when f.amount_minor = 0 then 'amount-zero'
       when f.commission_minor > f.amount_minor then 'commission-too-high' end`;

const REASONS = `
  case f.code when 'reference-unknown' then 'no debt was ever placed with the partner under ' || f.reference
              when 'currency-differs' then 'the debt is in ' || f.debt_currency || ', the payment in ' || f.currency
              when 'amount-zero' then 'the payment is of nothing'
              else 'the partner kept more than was paid' end`;

/**
 * Posts what a partner collected, one ledger entry a payment, in the caller's transaction. What can't be posted is kept in
 * suspense with its source. A key that is in the ledger of the debt is not posted again.
 */
export async function postPayments(manager: EntityManager, part: FindingsPart): Promise<void> {
  await rows(
    manager,
    `with found as materialized (
       select part.place, f.natural_key as key, f.debt_id, f.case_id, f.debt_currency,
              (f.finding->>'amountMinor')::bigint as amount_minor,
              (f.finding->>'commissionMinor')::bigint as commission_minor, f.finding->>'currency' as currency,
              (f.finding->>'paidOn')::date as happened_on, f.business_date as booked_on,
              f.finding->>'reference' as reference
       from ${PLACES} cross join lateral (
         select f.natural_key, f.finding, f.business_date, d.id as debt_id, d.case_id, d.currency as debt_currency
         from exchange_v1.finding f left join cases.debt d on d.id = f.subject_id
         where f.exchange_id = $1 and f.sequence = part.place and f.kind = 'paid' and f.status = 'applied' limit 1) f),
     judged as materialized (
       select f.*, f.code is null and (
                -- key by key: an \`exists\` may be answered from a table of the whole ledger
                select e.id from cases.ledger_entry e
                where e.debt_id = f.debt_id and e.idempotency_key = $5 || ':' || f.key limit 1) is null as posts
       from (select f.*, ${PAYMENT_FAULT} as code from found f) f),
     suspended as (
       insert into cases.suspense (id, jurisdiction_id, connector_id, natural_key, kind, exchange_id, sequence, reference,
         debt_id, amount_minor, commission_minor, currency, happened_on, booked_on, code, reason)
       select gen_random_uuid(), $10, $4, key, 'payment', $1, place, reference, debt_id, amount_minor, commission_minor,
              currency, happened_on, booked_on, code, ${REASONS}
       from judged f where code is not null
       on conflict (connector_id, natural_key) do nothing returning 1),
     posted as (
       select debt_id, case_id, currency, 'payment' as kind, amount_minor, commission_minor, happened_on, booked_on,
              reference, key, null::uuid as reverses, place
       from judged where posts),
     ${POSTING}
     select count(*) from entered`,
    postingParameters(part, part.reviewsLess),
  );
}
