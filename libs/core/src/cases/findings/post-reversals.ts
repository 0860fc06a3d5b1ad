import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { PLACES, POSTING, postingParameters } from './ledger-statements.sql.js';
import type { FindingsPart } from './findings-part.js';

/**
 * Undoes payments that a partner takes back, in the caller's transaction: each exactly the payment that it names, in full
 * and once. A reversal of a payment that is itself in suspense cancels it there; what matches nothing goes to suspense.
 */
export async function postReversals(manager: EntityManager, part: FindingsPart): Promise<void> {
  await rows(
    manager,
    `with found as materialized (
       select part.place, f.natural_key as key, f.finding->>'reverses' as reverses_key,
              (f.finding->>'amountMinor')::bigint as amount_minor,
              (f.finding->>'commissionMinor')::bigint as commission_minor, f.finding->>'currency' as currency,
              (f.finding->>'reversedOn')::date as happened_on, f.business_date as booked_on,
              f.finding->>'reference' as reference, f.subject_id,
              row_number() over (partition by f.finding->>'reverses' order by part.place) as nth_of_payment
       from ${PLACES} cross join lateral (
         select f.natural_key, f.finding, f.business_date, f.subject_id from exchange_v1.finding f
         where f.exchange_id = $1 and f.sequence = part.place and f.kind = 'payment-reversed' and f.status = 'applied'
         limit 1) f),
     paid as materialized (
       select f.*, d.id as debt_id, d.case_id, p.id as payment_id, p.amount_minor as paid_minor,
              p.currency as paid_currency, s.id as suspended_id, s.amount_minor as suspended_minor,
              exists (select 1 from cases.ledger_entry r where r.reverses = p.id) as reversed
       from found f
       left join cases.debt d on d.id = f.subject_id
       left join cases.ledger_entry p
         on p.debt_id = d.id and p.idempotency_key = $5 || ':' || f.reverses_key and p.kind = 'payment'
       left join cases.suspense s
         on s.connector_id = $4 and s.natural_key = f.reverses_key and s.kind = 'payment' and s.state = 'open'),
     judged as materialized (
       select f.*,
              case when payment_id is not null and (reversed or nth_of_payment > 1) then 'already-reversed'
                   when payment_id is not null and paid_minor = amount_minor and paid_currency = currency then null
                   when payment_id is not null then 'amount-differs'
                   when suspended_id is not null and suspended_minor = amount_minor and nth_of_payment = 1 then 'cancels'
                   when suspended_id is not null then 'amount-differs'
                   else 'payment-unknown' end as code
       from paid f),
     reversing as materialized (select f.*, f.code is null as posts from judged f),
     cancelled as (
       update cases.suspense s set state = 'cancelled', settled_by = $5, settled_at = $7
       from judged f where f.code = 'cancels' and s.id = f.suspended_id and s.state = 'open'),
     suspended as (
       insert into cases.suspense (id, jurisdiction_id, connector_id, natural_key, kind, reverses_key, exchange_id, sequence,
         reference, debt_id, amount_minor, commission_minor, currency, happened_on, booked_on, code, reason, state,
         settled_by, settled_at)
       select gen_random_uuid(), $10, $4, key, 'reversal', reverses_key, $1, place, reference, debt_id, amount_minor,
              commission_minor, currency, happened_on, booked_on,
              case when code = 'cancels' then 'payment-unknown' else code end,
              case code when 'cancels' then 'the payment that it takes back was in suspense: both are cancelled'
                        when 'already-reversed' then 'the payment that it takes back was reversed before'
                        when 'amount-differs' then 'the payment that it takes back is of another amount'
                        else 'no payment is known that it could take back' end,
              case when code = 'cancels' then 'cancelled' else 'open' end,
              case when code = 'cancels' then $5 end, case when code = 'cancels' then $7::timestamptz end
       from judged where code is not null
       on conflict (connector_id, natural_key) do nothing),
     posted as (
       select debt_id, case_id, currency, 'reversal' as kind, amount_minor,
              least(commission_minor, amount_minor) as commission_minor, happened_on, booked_on, reference, key,
              payment_id as reverses, place
       from reversing where posts),
     ${POSTING}
     select count(*) from entered`,
    postingParameters(part, part.reviewsMore),
  );
}
