/** Kinds of entries, buckets, and freezes of interest. Allocations are not stored: they follow from the entries. */
export const LEDGER_CASES = `
alter table cases.ledger_entry
  -- the only bucket that the entry is about; null where its kind or the order of allocation decides
  add column bucket text check (bucket in ('cost', 'fee', 'interest', 'principal')),
  -- kind of what a reversal undoes; null for a payment, which is all that could be reversed before
  add column reverses_kind text
    check (reverses_kind in ('payment', 'adjustment', 'credit-note', 'waiver', 'write-off', 'fee', 'refund')),
  add check (reverses_kind is null or kind = 'reversal'),
  drop constraint ledger_entry_kind_check;
alter table cases.ledger_entry add constraint ledger_entry_kind_check check (kind in ('assessment', 'interest', 'fee',
  'payment', 'reversal', 'adjustment', 'credit-note', 'waiver', 'write-off', 'refund'));
alter table cases.ledger_entry alter column effect_minor set expression as (
  case when kind in ('assessment', 'interest', 'fee', 'refund') then amount_minor
       when kind = 'reversal' and coalesce(reverses_kind, 'payment') not in ('fee', 'refund') then amount_minor
       else -amount_minor end);

-- while it stands, no interest accrues on the debt, because an officer said so
create table cases.interest_freeze (
  id uuid primary key,
  debt_id uuid not null references cases.debt,
  starts_on date not null,
  ends_on date check (ends_on >= starts_on - 1),
  reason text not null,
  idempotency_key text not null,
  actor text not null,
  recorded_at timestamptz not null,
  ended_by text,
  unique (debt_id, idempotency_key)
);
grant select, insert, update on cases.interest_freeze to concord_gateway;
`;

/** The kind whose sum an entry is part of: a reversal lowers the sum of what it undoes, a refund that of payments. */
const COUNTS_AS = `
  case coalesce(reverses_kind, case when kind = 'reversal' then 'payment' else kind end)
    when 'refund' then 'payment' when 'credit-note' then 'adjustment' when 'waiver' then 'adjustment'
    else coalesce(reverses_kind, case when kind = 'reversal' then 'payment' else kind end) end`;

/**
 * What partners are told of the new kinds. \`told_kind\` names an entry in the words that the plugin contract has: what it has
 * no word for is an adjustment, up or down by its effect.
 */
export const LEDGER_CASES_VIEWS = `
create or replace view cases_v1.ledger_entry as
  select id, debt_id, case_id, case_version, kind, amount_minor, effect_minor, effective_on, source,
         ${COUNTS_AS} as counts_as,
         case when kind in ('credit-note', 'waiver', 'refund') or coalesce(reverses_kind, 'payment') <> 'payment'
           then 'adjustment' else kind end as told_kind
  from cases.ledger_entry;

create or replace view cases_v1.ledger_sum as
  select debt_id,
         coalesce(sum(effect_minor) filter (where counts_as = 'assessment'), 0) as assessed_minor,
         coalesce(sum(effect_minor) filter (where counts_as = 'interest'), 0) as interest_minor,
         coalesce(sum(effect_minor) filter (where counts_as = 'fee'), 0) as fees_minor,
         coalesce(sum(-effect_minor) filter (where counts_as = 'payment'), 0) as paid_minor,
         coalesce(sum(-effect_minor) filter (where counts_as = 'adjustment'), 0) as adjusted_minor,
         coalesce(sum(-effect_minor) filter (where counts_as = 'write-off'), 0) as written_off_minor,
         coalesce(sum(effect_minor), 0) as balance_minor,
         coalesce(bool_or(settles), false) as settled
  from (select debt_id, effect_minor, ${COUNTS_AS} as counts_as,
               kind = 'adjustment' and reason = 'settlement'
                 -- entry by entry: an \`exists\` may be answered from a table of the whole ledger
                 and (select r.id from cases.ledger_entry r where r.reverses = l.id limit 1) is null as settles
        from cases.ledger_entry l) e
  group by debt_id;
`;
