import type { Queryable } from '../database/sql.js';
import { rows } from '../database/sql.js';

/** One place where the numbers do not agree. */
export interface Violation {
  readonly check: string;
  readonly subject: string;
  readonly found: string;
}

/** Each check finds rows that contradict it. The figures on both sides were written by different steps. */
const CHECKS: Readonly<Record<string, string>> = {
  'what was taken in with a debt is in its ledger': `
    select d.id as subject, format('taken in %s, in the ledger %s', d.intake_effect_minor, coalesce(sum(e.effect_minor), 0)) as found
    from cases.debt d
    left join cases.ledger_entry e on e.debt_id = d.id and e.idempotency_key like 'intake:%'
    where d.jurisdiction_id = $1
    group by d.id having d.intake_effect_minor <> coalesce(sum(e.effect_minor), 0)`,
  'entries are in the currency of their debt and office': `
    select e.id as subject, format('%s in a debt in %s', e.currency, d.currency) as found
    from cases.ledger_entry e join cases.debt d on d.id = e.debt_id join cases.jurisdiction j on j.id = d.jurisdiction_id
    where d.jurisdiction_id = $1 and (e.currency <> d.currency or d.currency <> j.currency)`,
  'the balance is its parts': `
    select d.id as subject, format('balance %s', s.balance_minor) as found
    from cases.debt d join cases_v1.ledger_sum s on s.debt_id = d.id
    where d.jurisdiction_id = $1 and s.balance_minor <>
      s.assessed_minor + s.interest_minor + s.fees_minor - s.paid_minor - s.adjusted_minor - s.written_off_minor`,
  'a reversal undoes exactly its entry': `
    select r.id as subject, format('%s %s of %s %s', r.effect_minor, r.reverses_kind, p.effect_minor, p.kind) as found
    from cases.ledger_entry r join cases.ledger_entry p on p.id = r.reverses join cases.debt d on d.id = r.debt_id
    where d.jurisdiction_id = $1
      and (p.kind <> coalesce(r.reverses_kind, 'payment') or p.amount_minor <> r.amount_minor
           or p.effect_minor <> -r.effect_minor or p.debt_id <> r.debt_id)`,
  'no more is paid back than was credited': `
    select e.debt_id as subject, format('%s paid back, %s credited', sum(e.effect_minor) filter (where e.out),
             -sum(e.effect_minor) filter (where not e.out)) as found
    from (select l.debt_id, l.effect_minor, coalesce(l.reverses_kind, l.kind) = 'refund' as out
          from cases.ledger_entry l join cases.debt d on d.id = l.debt_id
          where d.jurisdiction_id = $1 and (l.effect_minor < 0 or coalesce(l.reverses_kind, l.kind) = 'refund')) e
    group by e.debt_id
    having coalesce(sum(e.effect_minor) filter (where e.out), 0)
         > coalesce(-sum(e.effect_minor) filter (where not e.out), 0)`,
  'every version of a case has its change': `
    select c.id as subject, format('version %s with %s changes', c.version, count(h.version)) as found
    from cases.case_file c left join cases.change h on h.case_id = c.id
    where c.jurisdiction_id = $1 group by c.id having count(h.version) <> c.version`,
  'no partner holds more than was owed when it was told': `
    select p.id as subject, format('%s holds %s of %s', p.connector_id, p.known_amount_minor, coalesce(sum(e.effect_minor), 0)) as found
    from exchange_v1.position p
    join cases.debt d on d.id = p.subject_id
    left join cases.ledger_entry e on e.debt_id = d.id and e.case_version <= p.known_version
    where d.jurisdiction_id = $1 and p.known_state in ('active', 'restrained')
      and not exists (select 1 from exchange_v1.placement a where a.id = p.id)
    group by p.id, p.connector_id, p.known_amount_minor
    having p.known_amount_minor > greatest(0, coalesce(sum(e.effect_minor), 0))`,
  'what a partner collected is in the ledger or in suspense, once': `
    select f.exchange_id as subject, format('place %s is %s times in the ledger and %s times in suspense', f.sequence,
             count(distinct e.id), count(distinct s.id)) as found
    from exchange_v1.finding f
    join exchange_v1.connector c on c.id = f.connector_id
    left join cases.ledger_entry e
      on e.debt_id = f.subject_id and e.idempotency_key = 'partner:' || f.connector_id || ':' || f.natural_key
     and not exists (select 1 from cases.suspense x where x.entry_id = e.id)
    left join cases.suspense s on s.connector_id = f.connector_id and s.natural_key = f.natural_key
    where c.jurisdiction_id = $1 and f.status = 'applied' and f.kind in ('paid', 'payment-reversed')
      and exists (select 1 from cases.findings_taken t where t.exchange_id = f.exchange_id
                  and f.sequence between t.first_sequence and t.last_sequence)
    group by f.exchange_id, f.sequence having count(distinct e.id) + count(distinct s.id) <> 1`,
  'a payment in the ledger is the payment that the partner reported': `
    select e.id as subject, format('%s posted of %s', e.amount_minor, f.finding->>'amountMinor') as found
    from exchange_v1.finding f
    join exchange_v1.connector c on c.id = f.connector_id
    join cases.ledger_entry e
      on e.debt_id = f.subject_id and e.idempotency_key = 'partner:' || f.connector_id || ':' || f.natural_key
    where c.jurisdiction_id = $1 and f.kind in ('paid', 'payment-reversed') and f.status = 'applied'
      and (e.amount_minor <> (f.finding->>'amountMinor')::bigint
           or e.kind <> case f.kind when 'paid' then 'payment' else 'reversal' end)`,
  'suspense that was posted is in the ledger': `
    select s.id as subject, format('%s in suspense, %s in the ledger', s.amount_minor, e.amount_minor) as found
    from cases.suspense s left join cases.ledger_entry e on e.id = s.entry_id
    where s.jurisdiction_id = $1 and s.state = 'posted' and e.amount_minor is distinct from s.amount_minor`,
  // Only while the partner's picture is settled: nothing adopted with a difference, and none of its money in suspense.
  'an agency holds the balance less what it was not told': `
    select p.id as subject, format('%s holds %s of %s', p.connector_id, p.known_amount_minor, owed.minor) as found
    from exchange_v1.placement p
    join cases.debt d on d.id = p.subject_id
    cross join lateral (
      select coalesce(sum(e.effect_minor), 0) as minor from cases.ledger_entry e
      where e.debt_id = p.subject_id
        and (e.case_version <= p.placed_version or e.source = 'partner:' || p.connector_id
             or exists (select 1 from exchange_v1.record r
                        where r.position_id = p.id and r.entry_id = e.id and r.status = 'accepted'))) owed
    where d.jurisdiction_id = $1 and p.known_state in ('active', 'restrained') and p.adopted_on is null
      and p.known_amount_minor <> owed.minor
      and not exists (select 1 from cases.suspense s where s.debt_id = p.subject_id and s.connector_id = p.connector_id)`,
};

/** Looks for money that came from nowhere or went nowhere in one jurisdiction. An empty list is conservation. */
export async function violations(gateway: Queryable, jurisdictionId: string): Promise<Violation[]> {
  const found: Violation[] = [];
  for (const [check, statement] of Object.entries(CHECKS)) {
    const contradictions = await rows<{ subject: string; found: string }>(gateway, `${statement} limit 20`, [
      jurisdictionId,
    ]);
    found.push(...contradictions.map((row) => ({ check, ...row })));
  }
  return found;
}
