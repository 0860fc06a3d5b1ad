import type { FindingsPart } from './findings-part.js';

/**
 * The places of a part of a file, $2 to $3, to look each statement up by. A range over the statements says nothing of how
 * many there are while the file is new: it would be planned for as one row, and all that follows row against row.
 */
export const PLACES = 'generate_series($2::integer, $3::integer) as part (place)';

/**
 * The end of a statement that posts to the ledger: from the rows of a query named `posted` (debt_id, case_id, currency,
 * kind, amount_minor, commission_minor, happened_on, booked_on, reference, key, reverses, place: the order within the file)
 * it takes the next versions of the cases under their locks, and writes entries, changes and events, all set-based.
 *
 * Parameters: $1 exchange, $2 first, $3 last place, $4 connector, $5 source and actor, $6 correlation id, $7 instant,
 * $8 CloudEvents source, $9 the instant in words, $10 jurisdiction, $11 whether strategies look at the debts again.
 */
export const POSTING = `
  numbered as materialized (
    select p.*, gen_random_uuid() as entry_id, gen_random_uuid() as event_id,
           row_number() over (partition by p.case_id order by p.place) as nth
    from posted p),
  locked as materialized (
    select c.id from cases.case_file c
    where c.id in (select case_id from numbered) order by c.id for no key update),
  advanced as (
    update cases.case_file c set version = c.version + n.changes
    from (select case_id, count(*) as changes from numbered group by case_id) n join locked l on l.id = n.case_id
    where c.id = n.case_id returning c.id, c.version - n.changes as before),
  versioned as materialized (select n.*, a.before + n.nth as version from numbered n join advanced a on a.id = n.case_id),
  changed as (
    insert into cases.change (case_id, version, kind, subject_id, actor, correlation_id, occurred_at)
    select case_id, version, 'concord.ledger.posted.v1', entry_id, $5, $6, $7 from versioned),
  told as (
    insert into cases.outbox (case_id, event)
    select case_id, jsonb_build_object('specversion', '1.0', 'id', event_id, 'source', $8::text,
      'type', 'concord.ledger.posted.v1', 'subject', case_id, 'time', $9::text, 'datacontenttype', 'application/json',
      'partitionkey', case_id, 'caseversion', version, 'correlationid', $6::text,
      'data', jsonb_build_object('debtId', debt_id, 'entryId', entry_id))
    from versioned order by case_id, version),
  entered as (
    insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source,
      reference, idempotency_key, reverses, actor, recorded_at, booked_on, commission_minor)
    select entry_id, debt_id, case_id, version, kind, amount_minor, currency, happened_on, $5, reference, $5 || ':' || key,
      reverses, $5, $7, booked_on, commission_minor
    from versioned returning debt_id),
  reviewed as (
    update cases.debt d set strategy_review_on = least(d.strategy_review_on, v.on)
    from (select debt_id, min(happened_on) as on from versioned group by debt_id) v
    where $11 and d.id = v.debt_id)`;

/**
 * The parameters of a statement that ends with {@link POSTING}.
 *
 * @param reviews whether a strategy may choose otherwise once the balances have changed
 */
export function postingParameters(part: FindingsPart, reviews: boolean): readonly unknown[] {
  const { exchangeId, first, last, connectorId, source, jurisdictionId, context } = part;
  return [
    exchangeId,
    first,
    last,
    connectorId,
    source,
    context.correlationId,
    context.at,
    `/concord/cases/${jurisdictionId}`,
    context.at.toISOString(),
    jurisdictionId,
    reviews,
  ];
}
